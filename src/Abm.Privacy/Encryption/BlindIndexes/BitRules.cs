using System.Numerics;

namespace Abm.Privacy.Encryption.BlindIndexes;

/// <summary>The two published rules for the length of a truncated index, in whole numbers.</summary>
internal static class BitRules
{
    /// <summary>The square root of X &lt; 2^N &lt; X / 2.</summary>
    public static BlindIndexBitRange? OfDistinctValues(long values) =>
        Range((FloorLog2(values) + 2) / 2, values > 1 ? FloorLog2(values - 1) - 1 : 0);

    /// <summary>2 &lt;= R / 2^N &lt;= the square root of R.</summary>
    public static BlindIndexBitRange? OfRows(long rows) =>
        Range(rows > 1 ? (FloorLog2(rows - 1) + 2) / 2 : 0, FloorLog2(rows) - 1);

    private static BlindIndexBitRange? Range(int min, int max) => min <= max && max > 0 ? new BlindIndexBitRange(min, max) : null;

    private static int FloorLog2(long value) => BitOperations.Log2((ulong)value);
}
