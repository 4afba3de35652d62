using System.Diagnostics;

namespace QuickStart.Contacts;

/// <summary>One row as the file has it.</summary>
/// <param name="Line">The line on which it starts.</param>
/// <param name="Cells">As many as the header has columns, or empty if the row is <paramref name="Malformed"/>.</param>
/// <param name="Malformed">Why it is not a row of this file, as a sentence; null if it is one.</param>
/// <param name="Raw">The row's text.</param>
[DebuggerDisplay("{ToString(),nq}")]
internal readonly record struct ContactRow(int Line, string[] Cells, string? Malformed, string Raw)
{
    public override string ToString() => $"[row of line {Line}]";
}
