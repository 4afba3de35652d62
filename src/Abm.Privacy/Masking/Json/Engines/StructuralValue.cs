using System.Buffers;
using System.Numerics;
using System.Text.Unicode;
using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Json.Engines;

/// <summary>Finds where a value ends that is to be masked, and checks it.</summary>
internal static class StructuralValue
{
    private static readonly SearchValues<byte> ScalarEnds = SearchValues.Create(" \t\n\r,:[]{}\""u8);
    private static readonly SearchValues<byte> Spaces = SearchValues.Create(" \t\n\r"u8);

    /// <summary>The first byte from an offset that is no white space; the length of the document if there is none.</summary>
    public static int SkipSpaces(ReadOnlySpan<byte> document, int offset)
    {
        if (offset < document.Length && document[offset] > ' ')
        {
            return offset;
        }

        var next = document[offset..].IndexOfAnyExcept(Spaces);
        return next < 0 ? document.Length : offset + next;
    }

    /// <summary>The last byte before an offset that is no white space; -1 if there is none.</summary>
    public static int SkipSpacesBack(ReadOnlySpan<byte> document, int offset) =>
        offset > 0 && document[offset - 1] > ' ' ? offset - 1 : document[..offset].LastIndexOfAnyExcept(Spaces);

    /// <summary>The first byte of a string, found from the quote that closes it.</summary>
    public static int FindStringStart(ReadOnlySpan<byte> document, int close)
    {
        for (var quote = close; ;)
        {
            quote = document[..quote].LastIndexOf((byte)'"');
            var other = document[..Math.Max(quote, 0)].LastIndexOfAnyExcept((byte)'\\');
            if (quote < 0 || ((quote - 1 - other) & 1) == 0)
            {
                return quote + 1;
            }
        }
    }

    /// <summary>Finds the quote that closes a string.</summary>
    /// <param name="document">The document.</param>
    /// <param name="start">The first byte behind the opening quote.</param>
    /// <param name="end">The closing quote, or where a fault shows.</param>
    /// <param name="isEscaped">Whether the string holds an escape.</param>
    public static JsonFault FindStringEnd<TBlock>(ReadOnlySpan<byte> document, int start, out int end, out bool isEscaped)
        where TBlock : struct, IBlock64<TBlock>
    {
        isEscaped = false;
        if (document.Length - start >= Block64.Length)
        {
            var block = TBlock.Load(in document[start]);
            var quotes = block.Equal((byte)'"');
            var before = quotes - 1 & ~quotes;
            if (quotes != 0 && ((block.Equal((byte)'\\') | block.InRange(0, 0x1F) | block.NotAscii()) & before) == 0)
            {
                end = start + BitOperations.TrailingZeroCount(quotes);
                return JsonFault.None;
            }
        }

        end = start;
        while (true)
        {
            var next = document[Math.Min(end, document.Length)..].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0)
            {
                end = document.Length;
                return JsonFault.Malformed;
            }

            end += next;
            if (document[end] == '"')
            {
                break;
            }

            isEscaped = true;
            end += 2;
        }

        var raw = document[start..end];
        return raw.IndexOfAnyInRange((byte)0, (byte)0x1F) >= 0 ? JsonFault.Malformed : Utf8.IsValid(raw) ? JsonFault.None : JsonFault.NotUtf8;
    }

    /// <summary>Finds the end of a number or a literal, and checks how it is spelled.</summary>
    public static JsonFault FindScalarEnd(ReadOnlySpan<byte> document, int start, out int end)
    {
        var length = document[start..].IndexOfAny(ScalarEnds);
        end = length < 0 ? document.Length : start + length;
        var raw = document[start..end];
        return raw.SequenceEqual("null"u8) || raw.SequenceEqual("true"u8) || raw.SequenceEqual("false"u8) || IsNumber(raw) ? JsonFault.None : JsonFault.Malformed;
    }

    /// <summary>Finds the byte behind an object or array by counting brackets outside strings.</summary>
    /// <param name="document">The document.</param>
    /// <param name="start">The opening bracket.</param>
    /// <param name="levels">How many containers may be open at once in it, itself included.</param>
    /// <param name="end">The byte behind it, or where a fault shows.</param>
    public static JsonFault FindContainerEnd<TBlock>(ReadOnlySpan<byte> document, int start, int levels, out int end)
        where TBlock : struct, IBlock64<TBlock>
    {
        Span<byte> tail = stackalloc byte[Block64.Length];
        ulong escape = 0, inString = 0;
        var depth = 0;
        for (var position = start; position < document.Length; position += Block64.Length)
        {
            var block = StructuralBlock.Load<TBlock>(document, position, tail);
            var backslashes = block.Equal((byte)'\\');
            var quotes = block.Equal((byte)'"') & ~Bits64.Escaped(backslashes, ref escape);
            var text = Bits64.PrefixXor(quotes) ^ inString;
            var errors = backslashes & ~text | block.InRange(0, 0x1F) & text;
            inString = (ulong)((long)text >> 63);
            var opens = block.EqualWith(0x20, (byte)'{') & ~text;
            var closes = block.EqualWith(0x20, (byte)'}') & ~text;
            for (var brackets = opens | closes; brackets != 0; brackets &= brackets - 1)
            {
                var bit = BitOperations.TrailingZeroCount(brackets);
                end = position + bit;
                depth += (opens >> bit & 1) != 0 ? 1 : -1;
                if (depth > levels)
                {
                    return JsonFault.TooDeep;
                }

                if (depth == 0)
                {
                    // '{' and '}' are as far apart as '[' and ']'
                    end++;
                    return document[end - 1] != document[start] + 2 || (errors & Bits64.UpTo(bit)) != 0 ? JsonFault.Malformed
                        : Utf8.IsValid(document[start..end]) ? JsonFault.None : JsonFault.NotUtf8;
                }
            }

            if (errors != 0)
            {
                end = position + BitOperations.TrailingZeroCount(errors);
                return JsonFault.Malformed;
            }
        }

        end = document.Length;
        return JsonFault.Malformed;
    }

    private static bool IsNumber(ReadOnlySpan<byte> raw)
    {
        var rest = raw.StartsWith("-"u8) ? raw[1..] : raw;
        var whole = CountDigits(rest);
        if (whole == 0 || (whole > 1 && rest[0] == '0'))
        {
            return false;
        }

        rest = rest[whole..];
        if (rest.StartsWith("."u8))
        {
            var fraction = CountDigits(rest[1..]);
            if (fraction == 0)
            {
                return false;
            }

            rest = rest[(1 + fraction)..];
        }

        if (rest.Length > 0 && rest[0] is (byte)'e' or (byte)'E')
        {
            rest = rest.Length > 1 && rest[1] is (byte)'+' or (byte)'-' ? rest[2..] : rest[1..];
            var exponent = CountDigits(rest);
            return exponent > 0 && exponent == rest.Length;
        }

        return rest.IsEmpty;
    }

    private static int CountDigits(ReadOnlySpan<byte> text)
    {
        var other = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return other < 0 ? text.Length : other;
    }
}
