using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Abm.Privacy.Masking.Characters;

/// <summary>
/// Loads a short text into a vector of bytes, so that its form is checked as bits, one for each unit, without a loop
/// over the units. A unit that is not ASCII becomes a byte that is not ASCII, or NUL; what lies behind the text is not defined.
/// </summary>
internal static class AsciiBlock
{
    public const int MinLength = 8;
    public const int MaxLength = 32;

    /// <summary>Sixteen indexes from 0, then sixteen that select nothing: a window of it moves bytes down.</summary>
    private static ReadOnlySpan<byte> Slide =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128,
    ];

    /// <summary>A one for each unit of a text of 1 to 64 units.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong All(int length) => ulong.MaxValue >>> -length;

    /// <summary>Loads 8 to 32 units; nothing beyond the text is read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Load<TUnit, TText>(ref readonly TUnit start, int length)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        if (length >= 16)
        {
            // the last sixteen units overlap the first: their new part moves down
            var last = Down(TText.Load16(in start, length - 16), 32 - length);
            return Vector256.Create(TText.Load16(in start, 0), last);
        }

        var halves = TText.LoadTwice8(in start, length - 8).AsUInt64();
        return Vector256.Create(halves[0], halves[1] >>> (8 * (16 - length)), 0, 0).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Down(Vector128<byte> bytes, int count)
    {
        var indexes = Vector128.LoadUnsafe(in MemoryMarshal.GetReference(Slide), (nuint)count);
        return Ssse3.IsSupported ? Ssse3.Shuffle(bytes, indexes) : Vector128.Shuffle(bytes, indexes);
    }
}
