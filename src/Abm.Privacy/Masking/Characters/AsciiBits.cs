using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Abm.Privacy.Masking.Characters;

/// <summary>Turns a short text into bits, one for each code unit, so that its form is checked without a loop.</summary>
internal static class AsciiBits
{
    public const int MinLength = 8;
    public const int MaxLength = 64;

    public static bool IsReadable(int length) => (uint)(length - MinLength) <= MaxLength - MinLength;

    /// <summary>A one for each of the first units.</summary>
    public static ulong First(int count) => ulong.MaxValue >>> (64 - count);

    /// <summary>The units that each of three sets holds; the text's length must be readable.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (ulong First, ulong Second, ulong Third) Read<TUnit, TText>(
        ReadOnlySpan<TUnit> text, AsciiSet first, AsciiSet second, AsciiSet third)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        ref var start = ref MemoryMarshal.GetReference(text);
        var tail = text.Length - 16;
        if (tail < 0)
        {
            // two overlapping halves: the upper eight bits belong to the last eight units
            var halves = TText.LoadTwice8(in start, text.Length - 8);
            var halfRows = AsciiSet.Rows(halves);
            var shift = text.Length - 8;
            return (
                Join(first.Match(halves, halfRows), shift),
                Join(second.Match(halves, halfRows), shift),
                Join(third.Match(halves, halfRows), shift));
        }

        ulong a = 0, b = 0, c = 0;
        for (var offset = 0; ; offset = Math.Min(offset + 16, tail))
        {
            var block = TText.Load16(in start, offset);
            var rows = AsciiSet.Rows(block);
            a |= (ulong)first.Match(block, rows) << offset;
            b |= (ulong)second.Match(block, rows) << offset;
            c |= (ulong)third.Match(block, rows) << offset;
            if (offset == tail)
            {
                return (a, b, c);
            }
        }
    }

    private static ulong Join(uint halves, int shift) => (halves & 0xFF) | (ulong)(halves >>> 8) << shift;
}
