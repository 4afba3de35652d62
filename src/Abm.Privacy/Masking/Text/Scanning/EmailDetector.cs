using System.Text;
using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>
/// E-mail addresses: a dot-atom of the characters that addresses in use have, letters of any script included, or a quoted
/// text, and a domain of at least two labels of which the last is no number.
/// </summary>
internal static class EmailDetector
{
    /// <summary>Code points that belong to an address at most; RFC 5321 allows 64 before the commercial at.</summary>
    public const int MaxLocal = 256;

    private const int MaxDomain = 253;

    public static Hit Find<TUnit, TText>(ref TextWindow<TUnit, TText> window, int at)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var end = FindEnd(ref window, at + 1);
        if (end == 0)
        {
            return default;
        }

        var start = window.Behind(at - 1) == '"' ? FindQuote(ref window, at - 1) : FindStart(ref window, at);
        return start == at ? default : new Hit(start, end, TextKind.Email, Scores.Certain);
    }

    /// <summary>The commercial at that follows when what ends here is the start of a local part; 0 if none does.</summary>
    /// <param name="window">The text.</param>
    /// <param name="position">Behind the start.</param>
    /// <param name="local">Up to where the text was seen to go on as a local part: it is not looked at again.</param>
    public static int FindAt<TUnit, TText>(ref TextWindow<TUnit, TText> window, int position, ref int local)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var end = position + MaxLocal;
        position = Math.Max(position, local);
        while (position < end)
        {
            var value = window[position];
            if (value == '@')
            {
                return position;
            }

            var width = IsLocal(value) ? 1 : value < 128 ? 0 : LetterWidthAt(ref window, position);
            if (width == 0)
            {
                return 0;
            }

            position += width;
            local = position;
        }

        return 0;
    }

    public static bool IsLocal(int value) => Ascii.IsLetterOrDigit(value) || value is '.' or '_' or '%' or '+' or '-' or '\'' or '&' or '~' or '#' or '$' or '*';

    private static int FindStart<TUnit, TText>(ref TextWindow<TUnit, TText> window, int at)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var start = at;
        for (var runes = 0; runes < MaxLocal; runes++)
        {
            var value = window.Behind(start - 1);
            if (value is 'n' or 'r' or 't' or 'b' or 'f' && window.Behind(start - 2) == '\\')
            {
                // the escape of a line end in JSON, which stays one
                break;
            }

            if (Ascii.IsHexDigit(value) && window.Behind(start - 6) == '\\' && window.EscapeBefore(start) == 6)
            {
                if (!IsEscapedLocal(ref window, start - 4))
                {
                    break;
                }

                // within a further text in JSON the backslash is escaped too
                start = window.StartOfEscapes(start - 6);
                continue;
            }

            var width = 1;
            if (value >= 128)
            {
                var rune = window.RuneBefore(start, out width);
                if (!TextWindow<TUnit, TText>.IsLetter(rune) || start - width < window.Floor)
                {
                    break;
                }
            }
            else if (!IsLocal(value))
            {
                break;
            }

            start -= width;
        }

        // punctuation that opens a phrase is not the address's; a dot before the at is, since what holds it is still shown
        while (start < at && window[start] is '.' or '\'' or '*' or '&' or '~' or '#' or '$' or '-')
        {
            start++;
        }

        return start;
    }

    /// <summary>Whether the four hexadecimal digits of an escape stand for what a local part may hold; half of a pair is a part of a letter.</summary>
    private static bool IsEscapedLocal<TUnit, TText>(ref TextWindow<TUnit, TText> window, int digits)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var value = 0;
        for (var i = 0; i < 4; i++)
        {
            var digit = window[digits + i];
            value = value << 4 | (Ascii.IsDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        return value < 128 ? IsLocal(value) : !Rune.TryCreate((char)value, out var rune) || TextWindow<TUnit, TText>.IsLetter(rune);
    }

    private static int FindQuote<TUnit, TText>(ref TextWindow<TUnit, TText> window, int close)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        Quotes.Before(ref window, close + 1, out var depth);
        var isName = false;
        for (int i = close - 1, runes = 0; runes < MaxLocal && window.Behind(i) is not (0 or '\n' or '\r'); i--, runes++)
        {
            if (window[i] == '"' && Quotes.Before(ref window, i + 1, out var other) is var length && other <= depth)
            {
                // what stands between two texts is no name, nor what goes on in a text around
                return isName && other == depth && i + 1 - length >= window.Floor ? i + 1 - length : close + 1;
            }

            isName |= window[i] >= 128 || window.IsLetterOrDigit(i);
        }

        return close + 1;
    }

    private static int FindEnd<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        int i = start, label = start, end = 0, runes = 0;
        for (; runes <= MaxDomain; runes++)
        {
            var value = window[i];
            if (Ascii.IsLetterOrDigit(value) || value == '-')
            {
                i++;
                continue;
            }

            if (value >= 128)
            {
                var rune = window.RuneAt(i, out var width);
                if (width > 0 && rune != Rune.ReplacementChar && TextWindow<TUnit, TText>.IsLetter(rune))
                {
                    i += width;
                    continue;
                }
            }

            if (IsLastLabel(ref window, label, i, start))
            {
                end = LastOf(ref window, i);
            }

            if (value != '.' || i == label)
            {
                break;
            }

            i++;
            label = i;
        }

        return end;
    }

    /// <summary>A hyphen at the end belongs to the sentence.</summary>
    private static int LastOf<TUnit, TText>(ref TextWindow<TUnit, TText> window, int end)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        while (window[end - 1] == '-')
        {
            end--;
        }

        return end;
    }

    private static bool IsLastLabel<TUnit, TText>(ref TextWindow<TUnit, TText> window, int label, int end, int domain)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        if (label == domain || window[label] == '-')
        {
            return false;
        }

        var (hasLetter, runes) = (false, 0);
        for (var i = label; i < end; runes++)
        {
            hasLetter |= window[i] >= 128 || Ascii.IsLetter(window[i]);
            var width = 1;
            if (window[i] >= 128)
            {
                window.RuneAt(i, out width);
            }

            i += width;
        }

        return hasLetter && runes >= 2 && !IsFile(ref window, label, end);
    }

    /// <summary>Names of pictures carry an at sign for their resolution.</summary>
    private static bool IsFile<TUnit, TText>(ref TextWindow<TUnit, TText> window, int label, int end)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        if (end - label is < 3 or > 4)
        {
            return false;
        }

        var name = 0;
        for (var i = label; i < end; i++)
        {
            name = name << 8 | Ascii.Lower(window[i]) & 0xFF;
        }

        return name is 0x706E67 or 0x6A7067 or 0x6A706567 or 0x676966 or 0x737667 or 0x77656270;
    }

    private static int LetterWidthAt<TUnit, TText>(ref TextWindow<TUnit, TText> window, int index)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit> =>
        TextWindow<TUnit, TText>.IsLetter(window.RuneAt(index, out var width)) ? width : 0;
}
