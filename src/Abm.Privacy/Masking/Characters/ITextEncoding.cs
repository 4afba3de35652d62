using System.Buffers;
using System.Runtime.Intrinsics;
using System.Text;

namespace Abm.Privacy.Masking.Characters;

/// <summary>
/// What a mask needs to know of UTF-16 or UTF-8, so that each mask is written once. Implemented by empty structs: the
/// compiler makes one specialized body for each encoding.
/// </summary>
/// <typeparam name="TUnit">The code unit: <see cref="char"/> or <see cref="byte"/>.</typeparam>
internal interface ITextEncoding<TUnit>
    where TUnit : unmanaged, IEquatable<TUnit>
{
    static abstract TUnit Unit(char ascii);

    static abstract int Value(TUnit unit);

    static abstract bool IsWellFormed(ReadOnlySpan<TUnit> text);

    /// <summary>Whether a well-formed text has at most so many UTF-16 units.</summary>
    static abstract bool HasAtMost(ReadOnlySpan<TUnit> text, int chars);

    static abstract OperationStatus DecodeRune(ReadOnlySpan<TUnit> text, out Rune rune, out int length);

    /// <summary>Writes a code point into four units or more.</summary>
    static abstract int EncodeRune(Rune rune, Span<TUnit> destination);

    /// <summary>Masks behind a virtual call.</summary>
    static abstract bool TryMask(Treatment treatment, ReadOnlySpan<TUnit> source, Span<TUnit> destination, out int written);

    /// <summary>The last code point of a text that is not empty; the replacement character if it is not valid.</summary>
    static abstract void DecodeRuneBefore(ReadOnlySpan<TUnit> text, out Rune rune, out int length);

    /// <summary>The first grapheme cluster of a text that is well formed and not empty.</summary>
    static abstract Grapheme NextGrapheme(ReadOnlySpan<TUnit> text);

    /// <summary>
    /// The length of the character at a place if it is plain, as <see cref="Grapheme.IsPlain"/> says; 0 if it is not, or not valid.
    /// </summary>
    static abstract int PlainLength(ReadOnlySpan<TUnit> text, int at);

    /// <summary>Sixteen units as bytes; a unit that is not ASCII becomes a byte that is not ASCII, or NUL.</summary>
    static abstract Vector128<byte> Load16(ref readonly TUnit start, int offset);

    /// <summary>32 units as bytes; a unit that is not ASCII becomes a byte that is not ASCII, U+00A0 in UTF-16 the byte A0.</summary>
    static abstract Vector256<byte> Load32(ref readonly TUnit start, int offset);

    /// <summary>64 units as bytes, in the same way.</summary>
    static abstract Vector512<byte> Load64(ref readonly TUnit start, int offset);

    /// <summary>The eight units at the start and the eight units at the offset, as bytes.</summary>
    static abstract Vector128<byte> LoadTwice8(ref readonly TUnit start, int offset);

    /// <summary>Writes one unit and the run of mask characters: four units, whose place is the caller's to check.</summary>
    static abstract void WriteInitial(ref TUnit destination, TUnit initial);
}
