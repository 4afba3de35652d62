using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace Abm.Privacy.Masking.Characters;

internal readonly struct Utf16Text : ITextEncoding<char>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static char Unit(char ascii) => ascii;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Value(char unit) => unit;

    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAnyInRange('\uD800', '\uDFFF') is var surrogate and >= 0)
        {
            text = text[surrogate..];
            if (text.Length < 2 || !char.IsSurrogatePair(text[0], text[1]))
            {
                return false;
            }

            text = text[2..];
        }

        return true;
    }

    public static bool HasAtMost(ReadOnlySpan<char> text, int chars) => text.Length <= chars;

    public static OperationStatus DecodeRune(ReadOnlySpan<char> text, out Rune rune, out int length) =>
        Rune.DecodeFromUtf16(text, out rune, out length);

    public static int EncodeRune(Rune rune, Span<char> destination) => rune.EncodeToUtf16(destination);

    public static bool TryMask(Treatment treatment, ReadOnlySpan<char> source, Span<char> destination, out int written) =>
        treatment.TryMask(source, destination, out written);

    public static void DecodeRuneBefore(ReadOnlySpan<char> text, out Rune rune, out int length) =>
        Rune.DecodeLastFromUtf16(text, out rune, out length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int PlainLength(ReadOnlySpan<char> text, int at) => Grapheme.IsPlain(text[at]) ? 1 : 0;

    public static Grapheme NextGrapheme(ReadOnlySpan<char> text)
    {
        if (Grapheme.IsPlain(text[0]) && (text.Length == 1 || Grapheme.IsPlain(text[1])))
        {
            return Grapheme.One;
        }

        var length = Grapheme.MeasureWindow(text[..Math.Min(text.Length, Grapheme.Window)]);
        var runes = length;
        foreach (var c in text[..length])
        {
            runes -= char.IsLowSurrogate(c) ? 1 : 0;
        }

        return new Grapheme(length, runes, length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Load16(ref readonly char start, int offset)
    {
        ref var units = ref Unsafe.As<char, ushort>(ref Unsafe.AsRef(in start));
        return Narrow(Vector128.LoadUnsafe(ref units, (nuint)offset), Vector128.LoadUnsafe(ref units, (nuint)offset + 8));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Load32(ref readonly char start, int offset)
    {
        ref var units = ref Unsafe.As<char, ushort>(ref Unsafe.AsRef(in start));
        return Vector256.NarrowWithSaturation(
            Vector256.LoadUnsafe(ref units, (nuint)offset),
            Vector256.LoadUnsafe(ref units, (nuint)offset + 16));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> Load64(ref readonly char start, int offset)
    {
        ref var units = ref Unsafe.As<char, ushort>(ref Unsafe.AsRef(in start));
        return Vector512.NarrowWithSaturation(
            Vector512.LoadUnsafe(ref units, (nuint)offset),
            Vector512.LoadUnsafe(ref units, (nuint)offset + 32));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> LoadTwice8(ref readonly char start, int offset)
    {
        ref var units = ref Unsafe.As<char, ushort>(ref Unsafe.AsRef(in start));
        return Narrow(Vector128.LoadUnsafe(ref units), Vector128.LoadUnsafe(ref units, (nuint)offset));
    }

    /// <summary>One instruction where there is one; it takes units for signed and makes those from U+8000 on NUL.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Narrow(Vector128<ushort> lower, Vector128<ushort> upper) =>
        Sse2.IsSupported ? Sse2.PackUnsignedSaturate(lower.AsInt16(), upper.AsInt16()) : Vector128.NarrowWithSaturation(lower, upper);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteInitial(ref char destination, char initial)
    {
        // the first unit is the lowest where the lowest comes first
        var four = 0x002A_002A_002A_0000UL | initial;
        Unsafe.WriteUnaligned(ref Unsafe.As<char, byte>(ref destination), BitConverter.IsLittleEndian ? four : BigEndian(initial));
    }

    private static ulong BigEndian(char initial) => (ulong)initial << 48 | 0x002A_002A_002AUL;
}
