using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Unicode;

namespace Abm.Privacy.Masking.Characters;

internal readonly struct Utf8Text : ITextEncoding<byte>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte Unit(char ascii) => (byte)ascii;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Value(byte unit) => unit;

    public static bool IsWellFormed(ReadOnlySpan<byte> text) => Utf8.IsValid(text);

    public static bool HasAtMost(ReadOnlySpan<byte> text, int chars) =>
        text.Length <= 3 * (long)chars && Encoding.UTF8.GetCharCount(text) <= chars;

    public static OperationStatus DecodeRune(ReadOnlySpan<byte> text, out Rune rune, out int length) =>
        Rune.DecodeFromUtf8(text, out rune, out length);

    public static int EncodeRune(Rune rune, Span<byte> destination) => rune.EncodeToUtf8(destination);

    public static bool TryMask(Treatment treatment, ReadOnlySpan<byte> source, Span<byte> destination, out int written) =>
        treatment.TryMask(source, destination, out written);

    public static void DecodeRuneBefore(ReadOnlySpan<byte> text, out Rune rune, out int length) =>
        Rune.DecodeLastFromUtf8(text, out rune, out length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int PlainLength(ReadOnlySpan<byte> text, int at) =>
        Grapheme.IsPrintableAscii(text[at]) ? 1
        : Grapheme.IsPlainLead(text[at]) && at + 1 < text.Length && (text[at + 1] & 0xC0) == 0x80 ? 2
        : 0;

    public static Grapheme NextGrapheme(ReadOnlySpan<byte> text)
    {
        var plain = PlainLength(text, 0);
        if (plain > 0 && (text.Length == plain || Grapheme.IsPrintableAscii(text[plain]) || Grapheme.IsPlainLead(text[plain])))
        {
            return new Grapheme(plain, 1, 1);
        }

        Span<char> window = stackalloc char[Grapheme.Window];
        var filled = 0;
        for (var rest = text; rest.Length > 0;)
        {
            Rune.DecodeFromUtf8(rest, out var rune, out var consumed);
            if (!rune.TryEncodeToUtf16(window[filled..], out var chars))
            {
                break;
            }

            filled += chars;
            rest = rest[consumed..];
        }

        var length = Grapheme.MeasureWindow(window[..filled]);
        int bytes = 0, runes = 0;
        for (var position = 0; position < length; runes++)
        {
            Rune.DecodeFromUtf8(text[bytes..], out var rune, out var consumed);
            position += rune.Utf16SequenceLength;
            bytes += consumed;
        }

        return new Grapheme(bytes, runes, length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Load16(ref readonly byte start, int offset) =>
        Vector128.LoadUnsafe(in start, (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Load32(ref readonly byte start, int offset) =>
        Vector256.LoadUnsafe(in start, (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> Load64(ref readonly byte start, int offset) =>
        Vector512.LoadUnsafe(in start, (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> LoadTwice8(ref readonly byte start, int offset) =>
        Vector128.Create(Vector64.LoadUnsafe(in start), Vector64.LoadUnsafe(in start, (nuint)offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteInitial(ref byte destination, byte initial)
    {
        // the first unit is the lowest where the lowest comes first
        var four = 0x2A2A_2A00U | initial;
        Unsafe.WriteUnaligned(ref Unsafe.As<byte, byte>(ref destination), BitConverter.IsLittleEndian ? four : BigEndian(initial));
    }

    private static uint BigEndian(byte initial) => (uint)initial << 24 | 0x2A_2A2AU;
}
