using Abm.Privacy.Masking.Characters;
using Abm.Privacy.Masking.Text.Scanning;

namespace Abm.Privacy.Masking.Text;

/// <summary>The matches of a UTF-16 text, found one after the other: made by <see cref="TextScanner"/>, for <c>foreach</c>.</summary>
public ref struct TextMatches
{
    private MatchScan<char, Utf16Text> _scan;

    internal TextMatches(ReadOnlySpan<char> text, ScanPlan plan) => _scan = new MatchScan<char, Utf16Text>(text, plan);

    /// <summary>The match that was found last.</summary>
    public readonly TextMatch Current => _scan.Current;

    /// <summary>This enumerator.</summary>
    /// <returns>A copy that begins where this one stands.</returns>
    public readonly TextMatches GetEnumerator() => this;

    /// <summary>Finds the next match.</summary>
    /// <returns>False if there is none.</returns>
    public bool MoveNext() => _scan.MoveNext();
}
