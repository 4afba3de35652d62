using Abm.Privacy.Masking.Characters;
using Abm.Privacy.Masking.Text.Scanning;

namespace Abm.Privacy.Masking.Text;

/// <summary>The matches of a UTF-8 text, found one after the other: made by <see cref="TextScanner"/>, for <c>foreach</c>.</summary>
public ref struct Utf8TextMatches
{
    private MatchScan<byte, Utf8Text> _scan;

    internal Utf8TextMatches(ReadOnlySpan<byte> text, ScanPlan plan) => _scan = new MatchScan<byte, Utf8Text>(text, plan);

    /// <summary>The match that was found last.</summary>
    public readonly TextMatch Current => _scan.Current;

    /// <summary>This enumerator.</summary>
    /// <returns>A copy that begins where this one stands.</returns>
    public readonly Utf8TextMatches GetEnumerator() => this;

    /// <summary>Finds the next match.</summary>
    /// <returns>False if there is none.</returns>
    public bool MoveNext() => _scan.MoveNext();
}
