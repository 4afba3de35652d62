using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Abm.Privacy.Masking.Logging;

/// <summary>
/// Tells the lines in which a number could read differently than it does by itself: "17 4111111111111111" is no card
/// number, the second of two values that were put together so is one.
/// </summary>
internal static class NumberNeighbors
{
    /// <summary>No kind of number has fewer digits than this.</summary>
    private const int MinDigits = 6;

    private const int BlockLength = 64;

    /// <returns>
    /// False if no stretch of the line, from one word to the next, has enough digits for a number, and all is ASCII. True
    /// only says that values must be looked at one by one.
    /// </returns>
    public static bool MayHide(ReadOnlySpan<char> line)
    {
        var digitsBefore = 0;
        for (var start = 0; start < line.Length; start += BlockLength)
        {
            if (!TryRead(line[start..], out var digits, out var letters, out var spaces))
            {
                return true;
            }

            var all = BitOperations.PopCount(digits);
            if (digitsBefore + all < MinDigits)
            {
                digitsBefore += all;
                continue;
            }

            // words of two letters or more with a space on either side: no number goes on behind one
            var words = letters & ~(letters << 1) & (letters >> 1) & (spaces << 1 | (start == 0 ? 1UL : 0UL));
            var from = 0;
            for (var ends = (words + letters) & ~letters & spaces; ends != 0; ends &= ends - 1)
            {
                var end = BitOperations.TrailingZeroCount(ends);
                if (digitsBefore + BitOperations.PopCount(digits & ((1UL << end) - 1) & ~((1UL << from) - 1)) >= MinDigits)
                {
                    return true;
                }

                (digitsBefore, from) = (0, end);
            }

            digitsBefore += BitOperations.PopCount(digits >> from);
            if (digitsBefore >= MinDigits)
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryRead(ReadOnlySpan<char> line, out ulong digits, out ulong letters, out ulong spaces)
    {
        digits = letters = spaces = 0;
        Span<ushort> block = stackalloc ushort[BlockLength];
        var length = Math.Min(line.Length, BlockLength);
        block[length..].Clear();
        MemoryMarshal.Cast<char, ushort>(line[..length]).CopyTo(block);
        for (var i = 0; i < length; i += Vector256<ushort>.Count)
        {
            var units = Vector256.Create((ReadOnlySpan<ushort>)block[i..]);
            if (Vector256.GreaterThanAny(units, Vector256.Create((ushort)0x7F)))
            {
                return false;
            }

            digits |= Bits(Vector256.LessThan(units - Vector256.Create((ushort)'0'), Vector256.Create((ushort)10))) << i;
            letters |= Bits(Vector256.LessThan((units | Vector256.Create((ushort)0x20)) - Vector256.Create((ushort)'a'), Vector256.Create((ushort)26))) << i;
            spaces |= Bits(Vector256.Equals(units, Vector256.Create((ushort)' '))) << i;
        }

        return true;
    }

    private static ulong Bits(Vector256<ushort> found) => found.ExtractMostSignificantBits();
}
