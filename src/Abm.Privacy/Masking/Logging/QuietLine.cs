using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Abm.Privacy.Masking.Logging;

/// <summary>Tells at a glance what most lines are: such that neither they nor any part of them could be personal data.</summary>
internal static class QuietLine
{
    /// <summary>No kind of number has fewer digits than this.</summary>
    private const int MinDigits = 6;

    /// <summary>Whatever has neither digits nor one of the signs looked for is a key or a code, and at least this long.</summary>
    private const int MinWord = 16;

    private const int BlockLength = 64;

    /// <returns>True if no kind that a scanner knows can be in the line, nor in a part of it.</returns>
    public static bool IsQuiet(ReadOnlySpan<char> line)
    {
        var run = 0;
        for (var start = 0; start < line.Length; start += BlockLength)
        {
            if (!TryRead(line[start..], out _, out _, out var spaces, out var signs))
            {
                return false;
            }

            var rest = Math.Min(line.Length - start, BlockLength);
            var solid = ~spaces & (rest == BlockLength ? ulong.MaxValue : (1UL << rest) - 1);
            var long16 = solid & solid >> 1;
            long16 &= long16 >> 2;
            long16 &= long16 >> 4;
            long16 &= long16 >> 8;
            if (signs != 0 || long16 != 0 || run + BitOperations.TrailingZeroCount(~solid) >= MinWord)
            {
                return false;
            }

            run = BitOperations.LeadingZeroCount(~solid);
        }

        return !MayHide(line);
    }

    /// <summary>
    /// Whether a number could read differently in a line than by itself: "17 4111111111111111" is no card number, the
    /// second of the two values is one.
    /// </summary>
    /// <returns>
    /// False if no stretch of the line, from one word to the next, has enough digits for a number, and all is ASCII. True
    /// only says that values must be looked at one by one.
    /// </returns>
    public static bool MayHide(ReadOnlySpan<char> line)
    {
        var digitsBefore = 0;
        for (var start = 0; start < line.Length; start += BlockLength)
        {
            if (!TryRead(line[start..], out var digits, out var letters, out var spaces, out _))
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

    private static bool TryRead(ReadOnlySpan<char> line, out ulong digits, out ulong letters, out ulong spaces, out ulong signs)
    {
        digits = letters = spaces = signs = 0;
        var dots = 0UL;
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
            signs |= Bits(Vector256.Equals(units, Vector256.Create((ushort)'@')) | Vector256.Equals(units, Vector256.Create((ushort)':'))) << i;
            dots |= Bits(Vector256.Equals(units, Vector256.Create((ushort)'.'))) << i;
        }

        // a dot that ends a sentence is none of a number's, a host's or a key's
        signs |= dots & ~(spaces >> 1 | (line.Length <= BlockLength ? 1UL << (length - 1) : 0));

        return true;
    }

    private static ulong Bits(Vector256<ushort> found) => found.ExtractMostSignificantBits();
}
