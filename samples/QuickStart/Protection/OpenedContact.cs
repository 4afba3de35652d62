using System.Diagnostics;

namespace QuickStart.Protection;

/// <summary>A stored contact after decryption.</summary>
/// <param name="Stored">What was stored.</param>
/// <param name="Values">The values by column.</param>
/// <param name="Faults">What did not open.</param>
[DebuggerDisplay("{ToString(),nq}")]
internal sealed record OpenedContact(StoredContact Stored, IReadOnlyDictionary<string, string> Values, IReadOnlyList<StoredFault> Faults)
{
    public override string ToString() => $"[opened contact of line {Stored.Line}]";
}
