using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Abm.Privacy.Masking.Characters;

/// <summary>
/// A text of 8 to 64 code units in vector registers, so that its form is checked as bits, one for each unit, without a
/// loop over the units. A unit that is not ASCII is a byte that is not ASCII.
/// </summary>
internal readonly struct AsciiBlock
{
    public const int MinLength = 8;
    public const int MaxLength = 64;

    private readonly Vector256<byte> _head;
    private readonly Vector256<byte> _tail;
    private readonly int _length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private AsciiBlock(Vector256<byte> head, Vector256<byte> tail, int length)
    {
        _head = head;
        _tail = tail;
        _length = length;
    }

    /// <summary>A one for each unit of the text.</summary>
    public ulong All => ulong.MaxValue >>> -_length;

    /// <summary>Sixteen indexes from 0, then sixteen that select nothing: a window of it moves bytes down.</summary>
    private static ReadOnlySpan<byte> Slide =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128,
    ];

    public static bool CanLoad(int length) => (uint)(length - MinLength) <= MaxLength - MinLength;

    /// <summary>Loads a text whose length allows it; nothing beyond the text is read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static AsciiBlock Load<TUnit, TText>(ReadOnlySpan<TUnit> text)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        ref var start = ref MemoryMarshal.GetReference(text);
        var length = text.Length;
        if (length is >= 16 and <= 32)
        {
            // the last sixteen units overlap the first: their new part moves down
            var last = Down(TText.Load16(in start, length - 16), 32 - length);
            return new(Vector256.Create(TText.Load16(in start, 0), last), default, length);
        }

        if (length < 16)
        {
            // of eight units both halves are the same; the bits beyond the text are cut off when they are read
            var halves = TText.LoadTwice8(in start, length - 8).AsUInt64();
            var bytes = Vector128.Create(halves[0], halves[1] >>> (8 * (16 - length))).AsByte();
            return new(Vector256.Create(bytes, Vector128<byte>.Zero), default, length);
        }

        return new(
            Vector256.Create(TText.Load16(in start, 0), TText.Load16(in start, 16)),
            Vector256.Create(TText.Load16(in start, length - 32), TText.Load16(in start, length - 16)),
            length);
    }

    /// <summary>The units that are in a set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong In(AsciiSet set) => NotIn(set) ^ All;

    /// <summary>The units that are not in a set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong NotIn(AsciiSet set)
    {
        ulong bits = set.Misses(_head);
        return (_length <= 32 ? bits : bits | (ulong)set.Misses(_tail) << (_length - 32)) & All;
    }

    /// <summary>The units that are one character, which is not NUL.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Are(char ascii)
    {
        var wanted = Vector256.Create((byte)ascii);
        ulong bits = Vector256.Equals(_head, wanted).ExtractMostSignificantBits();
        return (_length <= 32 ? bits : bits | (ulong)Vector256.Equals(_tail, wanted).ExtractMostSignificantBits() << (_length - 32)) & All;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Down(Vector128<byte> bytes, int count)
    {
        var indexes = Vector128.LoadUnsafe(in MemoryMarshal.GetReference(Slide), (nuint)count);
        return Ssse3.IsSupported ? Ssse3.Shuffle(bytes, indexes) : Vector128.Shuffle(bytes, indexes);
    }
}
