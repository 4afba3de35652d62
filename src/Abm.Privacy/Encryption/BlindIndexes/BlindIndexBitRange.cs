using System.Globalization;

namespace Abm.Privacy.Encryption.BlindIndexes;

/// <summary>Lengths of an index value, both ends included.</summary>
/// <param name="Min">The shortest length in bits.</param>
/// <param name="Max">The longest length in bits.</param>
public readonly record struct BlindIndexBitRange(int Min, int Max)
{
    /// <summary>Whether a length lies in the range.</summary>
    /// <param name="bits">The length in bits.</param>
    /// <returns>True from <see cref="Min"/> to <see cref="Max"/>.</returns>
    public bool Contains(int bits) => bits >= Min && bits <= Max;

    /// <summary>The range in words.</summary>
    /// <returns>For example <c>9 to 15 bits</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Min} to {Max} bits");
}
