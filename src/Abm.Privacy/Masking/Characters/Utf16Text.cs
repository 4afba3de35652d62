using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
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

    public static Grapheme NextGrapheme(ReadOnlySpan<char> text)
    {
        if (Grapheme.IsPrintableAscii(text[0]) && (text.Length == 1 || Grapheme.IsPrintableAscii(text[1])))
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
        return Vector128.NarrowWithSaturation(
            Vector128.LoadUnsafe(ref units, (nuint)offset),
            Vector128.LoadUnsafe(ref units, (nuint)offset + 8));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> LoadTwice8(ref readonly char start, int offset)
    {
        ref var units = ref Unsafe.As<char, ushort>(ref Unsafe.AsRef(in start));
        return Vector128.NarrowWithSaturation(Vector128.LoadUnsafe(ref units), Vector128.LoadUnsafe(ref units, (nuint)offset));
    }
}
