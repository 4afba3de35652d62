namespace Abm.Privacy.Masking.Text;

/// <summary>Where a <see cref="TextScanner"/> found something. It does not hold the text.</summary>
/// <param name="Start">The offset of the first unit: UTF-16 characters of a text, or bytes of UTF-8.</param>
/// <param name="Length">The number of units; never 0.</param>
/// <param name="Kind">What was found.</param>
/// <param name="Score">How sure the finding is: above 0, at most 1.</param>
/// <param name="Pattern">The name of the pattern for <see cref="TextKind.Custom"/>; null for every other kind.</param>
public readonly record struct TextMatch(int Start, int Length, TextKind Kind, double Score, string? Pattern = null)
{
    /// <summary>The offset behind the last unit.</summary>
    public int End => Start + Length;
}
