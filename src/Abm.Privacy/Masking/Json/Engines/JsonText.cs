using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Json.Engines;

/// <summary>What stands between the quotes of a JSON string.</summary>
internal static class JsonText
{
    /// <summary>No byte of a value becomes more than so many when it is escaped.</summary>
    public const int MaxEscaped = 6;

    /// <summary>
    /// Escapes what a serializer of the platform escapes, so that text which was safe inside HTML stays so; letters of other
    /// scripts stay readable.
    /// </summary>
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);

    /// <summary>What the encoder leaves as it is, within ASCII.</summary>
    private static readonly SearchValues<byte> SafeAscii = SearchValues.Create(
        [.. Enumerable.Range(0, 128).Select(i => (byte)i).Where(b => Encoder.FindFirstCharacterToEncodeUtf8([b]) < 0)]);

    private static readonly AsciiSet SafeSet = new(string.Concat(Enumerable.Range(1, 127).Select(i => (char)i).Where(c => SafeAscii.Contains((byte)c))));

    /// <summary>Whether a text of valid UTF-8 may stand in a JSON string as it is. False for invalid UTF-8 too.</summary>
    public static bool IsSafe(ReadOnlySpan<byte> text) =>
        text.IndexOfAnyExcept(SafeAscii) < 0 || Encoder.FindFirstCharacterToEncodeUtf8(text) < 0;

    /// <summary>The same for a part of some memory; what lies behind it may be read too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsSafe(ReadOnlySpan<byte> memory, int start, int length)
    {
        if (length > Vector256<byte>.Count || memory.Length - start < Vector256<byte>.Count)
        {
            return IsSafe(memory.Slice(start, length));
        }

        var misses = SafeSet.Misses(Vector256.LoadUnsafe(in MemoryMarshal.GetReference(memory), (nuint)start)) & ((1UL << length) - 1);
        return misses == 0 || IsSafe(memory.Slice(start, length));
    }

    public static int Escape(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        var status = Encoder.EncodeUtf8(text, destination, out _, out var written);
        return status == OperationStatus.Done ? written : throw new InvalidOperationException("An escaped text is longer than it can be.");
    }

    public static byte[] Escape(ReadOnlySpan<byte> text)
    {
        var escaped = new byte[MaxEscaped * text.Length];
        return escaped.AsSpan(0, Escape(text, escaped)).ToArray();
    }

    /// <summary>
    /// Resolves escapes. Half of a surrogate pair becomes the three bytes that it would have, which is no valid UTF-8: no
    /// name is equal to it, and it is masked as what it is, no valid text.
    /// </summary>
    /// <param name="raw">What stands between the quotes.</param>
    /// <param name="text">At least as long.</param>
    /// <param name="length">The length of the text.</param>
    /// <returns>False if an escape is not one of JSON.</returns>
    public static bool TryUnescape(ReadOnlySpan<byte> raw, Span<byte> text, out int length)
    {
        length = 0;
        while (true)
        {
            var plain = raw.IndexOf((byte)'\\');
            plain = plain < 0 ? raw.Length : plain;
            raw[..plain].CopyTo(text[length..]);
            length += plain;
            raw = raw[plain..];
            if (raw.IsEmpty)
            {
                return true;
            }

            if (raw.Length < 2)
            {
                return false;
            }

            if (raw[1] == 'u')
            {
                if (!TryReadUnit(raw, out var value))
                {
                    return false;
                }

                raw = raw[6..];
                if (value is >= 0xD800 and < 0xDC00 && TryReadUnit(raw, out var low) && low is >= 0xDC00 and < 0xE000)
                {
                    value = 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00);
                    raw = raw[6..];
                }

                length += Encode(value, text[length..]);
                continue;
            }

            var index = "\"\\/bfnrt"u8.IndexOf(raw[1]);
            if (index < 0)
            {
                return false;
            }

            text[length++] = "\"\\/\b\f\n\r\t"u8[index];
            raw = raw[2..];
        }
    }

    private static bool TryReadUnit(ReadOnlySpan<byte> raw, out int value)
    {
        value = 0;
        if (raw.Length < 6 || raw[0] != '\\' || raw[1] != 'u')
        {
            return false;
        }

        foreach (var digit in raw[2..6])
        {
            if (!char.IsAsciiHexDigit((char)digit))
            {
                return false;
            }

            value = value << 4 | (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        return true;
    }

    private static int Encode(int value, Span<byte> text)
    {
        if (value < 0x80)
        {
            text[0] = (byte)value;
            return 1;
        }

        if (value < 0x800)
        {
            text[1] = (byte)(0x80 | value & 0x3F);
            text[0] = (byte)(0xC0 | value >> 6);
            return 2;
        }

        if (value < 0x10000)
        {
            text[2] = (byte)(0x80 | value & 0x3F);
            text[1] = (byte)(0x80 | value >> 6 & 0x3F);
            text[0] = (byte)(0xE0 | value >> 12);
            return 3;
        }

        text[3] = (byte)(0x80 | value & 0x3F);
        text[2] = (byte)(0x80 | value >> 6 & 0x3F);
        text[1] = (byte)(0x80 | value >> 12 & 0x3F);
        text[0] = (byte)(0xF0 | value >> 18);
        return 4;
    }
}
