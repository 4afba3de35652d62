using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Abm.Privacy.Masking.Logging;

/// <summary>Tells at a glance what most lines are: such that neither they nor any part of them could be personal data.</summary>
internal static class QuietLine
{
    /// <summary>No kind of number has fewer digits than this.</summary>
    private const int MinDigits = 6;

    /// <summary>What has neither digits nor a sign nor a name before it is a key or a code, and at least this long.</summary>
    private const int MinWord = 16;

    private const int BlockLength = 64;

    /// <summary>Names before credentials of any form.</summary>
    private static readonly SearchValues<string> Names = SearchValues.Create(["bearer ", "basic ", "private key"], StringComparison.OrdinalIgnoreCase);

    /// <returns>True if no kind that a scanner knows can be in the line, nor in a part of it.</returns>
    public static bool IsQuiet(ReadOnlySpan<char> line)
    {
        var (digitsBefore, solidBefore) = (0, 0);
        for (var start = 0; start < line.Length; start += BlockLength)
        {
            if (!TryRead(line[start..], out var block) || block.Signs != 0 || HasLongWord(block, ref solidBefore) || HasNumber(block, start == 0, ref digitsBefore))
            {
                return false;
            }
        }

        return !line.ContainsAny(Names);
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
            if (!TryRead(line[start..], out var block) || HasNumber(block, start == 0, ref digitsBefore))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasLongWord(in Block block, ref int solidBefore)
    {
        var solid = ~block.Spaces & (block.Length == BlockLength ? ulong.MaxValue : (1UL << block.Length) - 1);
        var words = solid & solid >> 1;
        words &= words >> 2;
        words &= words >> 4;
        words &= words >> 8;
        var found = words != 0 || solidBefore + BitOperations.TrailingZeroCount(~solid) >= MinWord;
        solidBefore = BitOperations.LeadingZeroCount(~solid);
        return found;
    }

    private static bool HasNumber(in Block block, bool isFirst, ref int digitsBefore)
    {
        var all = BitOperations.PopCount(block.Digits);
        if (digitsBefore + all < MinDigits)
        {
            digitsBefore += all;
            return false;
        }

        // words of two letters or more with a space on either side: no number goes on behind one
        var (letters, from) = (block.Letters, 0);
        var words = letters & ~(letters << 1) & (letters >> 1) & (block.Spaces << 1 | (isFirst ? 1UL : 0UL));
        for (var ends = (words + letters) & ~letters & block.Spaces; ends != 0; ends &= ends - 1)
        {
            var end = BitOperations.TrailingZeroCount(ends);
            if (digitsBefore + BitOperations.PopCount(block.Digits & ((1UL << end) - 1) & ~((1UL << from) - 1)) >= MinDigits)
            {
                return true;
            }

            (digitsBefore, from) = (0, end);
        }

        digitsBefore += BitOperations.PopCount(block.Digits >> from);
        return digitsBefore >= MinDigits;
    }

    private static bool TryRead(ReadOnlySpan<char> line, out Block block)
    {
        block = new Block { Length = Math.Min(line.Length, BlockLength) };
        var text = MemoryMarshal.Cast<char, ushort>(line[..block.Length]);
        var dots = 0UL;
        for (var i = 0; i < text.Length; i += Vector256<ushort>.Count)
        {
            Vector256<ushort> units;
            if (text.Length - i >= Vector256<ushort>.Count)
            {
                units = Vector256.Create(text[i..]);
            }
            else
            {
                Span<ushort> padded = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
                text[i..].CopyTo(padded);
                units = Vector256.Create((ReadOnlySpan<ushort>)padded);
            }

            if (Vector256.GreaterThanAny(units, Vector256.Create((ushort)0x7F)))
            {
                return false;
            }

            block.Digits |= Bits(Vector256.LessThan(units - Vector256.Create((ushort)'0'), Vector256.Create((ushort)10))) << i;
            block.Letters |= Bits(Vector256.LessThan((units | Vector256.Create((ushort)0x20)) - Vector256.Create((ushort)'a'), Vector256.Create((ushort)26))) << i;
            block.Spaces |= Bits(Vector256.Equals(units, Vector256.Create((ushort)' '))) << i;
            block.Signs |= Bits(Vector256.Equals(units, Vector256.Create((ushort)'@')) | Vector256.Equals(units, Vector256.Create((ushort)':')) | Vector256.Equals(units, Vector256.Create((ushort)'='))) << i;
            dots |= Bits(Vector256.Equals(units, Vector256.Create((ushort)'.'))) << i;
        }

        // a dot that ends a sentence is none of a number's, a host's or a key's
        block.Signs |= dots & ~(block.Spaces >> 1 | (line.Length <= BlockLength ? 1UL << (block.Length - 1) : 0));
        return true;
    }

    private static ulong Bits(Vector256<ushort> found) => found.ExtractMostSignificantBits();

    /// <summary>What the characters of a block are, one bit for each.</summary>
    private struct Block
    {
        public int Length;
        public ulong Digits;
        public ulong Letters;
        public ulong Spaces;
        public ulong Signs;
    }
}
