using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Text.Scanning;

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
        var (digitsBefore, solidBefore, mayName) = (0, 0, false);
        for (var start = 0; start < line.Length; start += BlockLength)
        {
            if (!TryRead(line[start..], out var block) || (block.Signs | block.Codes) != 0 || HasLongWord(block, ref solidBefore) || HasNumber(block, start == 0, ref digitsBefore))
            {
                return false;
            }

            mayName |= block.MayName;
        }

        return !mayName || !line.ContainsAny(Names);
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
        if (line.Contains('='))
        {
            // a connection string ends where it does by itself
            return true;
        }

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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryRead(ReadOnlySpan<char> line, out Block block)
    {
        const int Half = BlockLength / 2;
        block = new Block { Length = Math.Min(line.Length, BlockLength) };
        Vector256<byte> low, high;
        var second = 0;
        if (line.Length >= Half)
        {
            // the two halves of a shorter block overlap
            second = block.Length - Half;
            ref readonly var first = ref MemoryMarshal.GetReference(line);
            (low, high) = (Utf16Text.Load32(in first, 0), Utf16Text.Load32(in first, second));
        }
        else
        {
            Span<char> padded = stackalloc char[Half];
            padded.Clear();
            line.CopyTo(padded);
            (low, high) = (Utf16Text.Load32(in padded[0], 0), Vector256<byte>.Zero);
        }

        if ((low | high).ExtractMostSignificantBits() != 0)
        {
            return false;
        }

        var (lower, lowerHigh) = (low | Vector256.Create((byte)0x20), high | Vector256.Create((byte)0x20));
        block.Digits = BlockBits.InRange(low, '0', 9) | (ulong)BlockBits.InRange(high, '0', 9) << second;
        block.Letters = BlockBits.InRange(lower, 'a', 25) | (ulong)BlockBits.InRange(lowerHigh, 'a', 25) << second;
        block.Spaces = BlockBits.Are(low, ' ') | (ulong)BlockBits.Are(high, ' ') << second;
        var dots = BlockBits.Are(low, '.') | (ulong)BlockBits.Are(high, '.') << second;

        // a dot that ends a sentence is none of a number's, a host's or a key's
        block.Signs = AreSigns(low) | (ulong)AreSigns(high) << second
            | dots & ~(block.Spaces >> 1 | (line.Length <= BlockLength ? 1UL << (block.Length - 1) : 0));

        // what goes on in the next block, or began in the one before, counts
        var after = line.Length > BlockLength ? 1UL << (BlockLength - 1) : 0;
        var named = (BlockBits.Are(lower, 'b') | (ulong)BlockBits.Are(lowerHigh, 'b') << second)
            & ((AreAny(lower, 'e', 'a') | (ulong)AreAny(lowerHigh, 'e', 'a') << second) >> 1 | after)
            & ((AreAny(lower, 'a', 's') | (ulong)AreAny(lowerHigh, 'a', 's') << second) >> 2 | after | after >> 1);
        var keys = (BlockBits.Are(lower, 'k') | (ulong)BlockBits.Are(lowerHigh, 'k') << second) & (block.Spaces << 1 | 1);
        block.MayName = (named | keys) != 0;

        // how the shortest account numbers begin, of which letters may part the digits
        var words = block.Letters | block.Digits;
        block.Codes = block.Letters & ~(words << 1) & block.Letters >> 1 & block.Digits >> 2 & block.Digits >> 3;
        for (var i = BlockLength - 3; i < BlockLength && i + 3 < line.Length; i++)
        {
            // those that reach into the next block
            block.Codes |= char.IsAsciiLetter(line[i]) && char.IsAsciiLetter(line[i + 1]) && char.IsAsciiDigit(line[i + 2]) && char.IsAsciiDigit(line[i + 3]) ? 1UL << i : 0;
        }
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint AreSigns(Vector256<byte> units) =>
        (Vector256.Equals(units, Vector256.Create((byte)'@')) | Vector256.Equals(units, Vector256.Create((byte)':')) | Vector256.Equals(units, Vector256.Create((byte)'='))).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint AreAny(Vector256<byte> units, char one, char other) =>
        (Vector256.Equals(units, Vector256.Create((byte)one)) | Vector256.Equals(units, Vector256.Create((byte)other))).ExtractMostSignificantBits();

    /// <summary>What the characters of a block are, one bit for each.</summary>
    private struct Block
    {
        public int Length;
        public ulong Digits;
        public ulong Letters;
        public ulong Spaces;
        public ulong Signs;

        /// <summary>Two letters and two digits that begin a word.</summary>
        public ulong Codes;

        /// <summary>False only if none of the names before credentials is here in part: bea…, bas… or … k.</summary>
        public bool MayName;
    }
}
