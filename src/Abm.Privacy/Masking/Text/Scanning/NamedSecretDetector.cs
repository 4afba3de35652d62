using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>The value behind a secret's name: <c>Password=…;</c>, <c>"api_key": "…"</c>, <c>client_secret=…&amp;</c>.</summary>
internal static class NamedSecretDetector
{
    private const int MinValue = 3;
    private const int MaxName = 48;

    /// <summary>What a text in JSON within JSON has for a quote.</summary>
    private const int Escaped = '\\';

    /// <summary>What ends a parameter of a URL that has no quotes.</summary>
    private const int Fragment = '#';

    /// <param name="window">The text.</param>
    /// <param name="mark">The equals sign or colon between name and value.</param>
    public static Hit Find<TUnit, TText>(ref TextWindow<TUnit, TText> window, int mark)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        Span<char> buffer = stackalloc char[SecretNames.MaxLength];
        ReadOnlySpan<char> name = buffer[ReadName(ref window, mark, buffer, out var before)..];
        var isParameter = window[mark] == '=' && window[before] is '?' or '&' or '#' && SecretNames.IsInUrl(name);
        if (!isParameter && !SecretNames.Contains(name))
        {
            return default;
        }

        var start = mark + 1;
        start += window[start] == ' ' ? 1 : 0;
        start += QuoteAt(ref window, start, out var quote);
        quote = quote == 0 && isParameter ? Fragment : quote;
        var end = start;
        while (IsValue(ref window, end, quote))
        {
            end += LengthAt(ref window, end, quote);
        }

        return end - start >= (isParameter ? 1 : MinValue) && !IsHidden(ref window, start, quote) ? new Hit(start, end, TextKind.Secret, Scores.Likely) : default;
    }

    /// <summary>The letters of the name that ends before a mark; marks between its words and digits behind it are left out. Most names end like no secret's and are not read.</summary>
    /// <param name="window">The text.</param>
    /// <param name="mark">Where the name ends, but for a space and a quote.</param>
    /// <param name="buffer">Where the letters go, in lower case.</param>
    /// <param name="before">The unit before the name.</param>
    /// <returns>Where the letters begin, up to the buffer's end.</returns>
    private static int ReadName<TUnit, TText>(ref TextWindow<TUnit, TText> window, int mark, scoped Span<char> buffer, out int before)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var i = mark - 1;
        i -= window[i] == ' ' ? 1 : 0;
        i -= QuoteBefore(ref window, i + 1);
        while (Ascii.IsDigit(window[i]) && mark - i <= MaxName)
        {
            i--;
        }

        var first = buffer.Length;
        for (; mark - i <= MaxName; i--)
        {
            var value = window[i];
            if (Ascii.IsLetter(value))
            {
                if (first == 0)
                {
                    continue;
                }

                buffer[--first] = (char)Ascii.Lower(value);
                if (buffer.Length - first == 2 && !SecretNames.MayEndWith(buffer[first], buffer[first + 1]))
                {
                    first = buffer.Length;
                    break;
                }
            }
            else if (value is not ('_' or '-' or '.' or '[' or ']'))
            {
                break;
            }
        }

        before = i;
        return first;
    }

    /// <summary>The length of a quote, which is escaped if the text is itself a text in JSON.</summary>
    private static int QuoteAt<TUnit, TText>(ref TextWindow<TUnit, TText> window, int index, out int quote)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var value = window[index];
        quote = value is '"' or '\'' ? value : 0;
        if (value != '\\')
        {
            return quote != 0 ? 1 : 0;
        }

        var length = window[index + 1] is '"' or '\'' ? 2 : window.StartsWith(index, "\\u0022") || window.StartsWith(index, "\\u0027") ? 6 : 0;
        quote = length != 0 ? Escaped : 0;
        return length;
    }

    private static int QuoteBefore<TUnit, TText>(ref TextWindow<TUnit, TText> window, int index)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit> =>
        window[index - 1] is '"' or '\'' ? window[index - 2] == '\\' ? 2 : 1
        : window[index - 1] is '2' or '7' && QuoteAt(ref window, index - 6, out var quote) == 6 && quote == Escaped ? 6
        : 0;

    /// <summary>How many units of a value stand together: behind an escape it goes on.</summary>
    private static int LengthAt<TUnit, TText>(ref TextWindow<TUnit, TText> window, int index, int quote)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit> =>
        quote is 0 or Fragment || window[index] != '\\' || window[index + 1] < ' ' ? 1
        : quote != Escaped ? 2
        : window[index + 2] == '\\' && window[index + 3] >= ' ' ? 4 : 3;

    private static bool IsValue<TUnit, TText>(ref TextWindow<TUnit, TText> window, int index, int quote)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var value = window[index];
        return value >= ' ' && quote switch
        {
            // a bracket or quote within a word is part of a password
            0 or Fragment => value switch
            {
                Fragment => quote == 0,
                ' ' or ',' or ';' or '&' => false,
                '"' or '\'' or ')' or ']' or '}' or '<' or '>' => window.IsLetterOrDigit(index + 1),
                '\\' => window[index + 1] != '"',
                _ => true,
            },
            Escaped => value != '\\' || window[index + 1] == '\\',
            _ => value != quote,
        };
    }

    /// <summary>What was redacted before: a second pass changes nothing.</summary>
    private static bool IsHidden<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start, int quote)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        foreach (var hidden in (ReadOnlySpan<string>)[TextLabels.Of(TextKind.Secret), Stars.Text])
        {
            if (window.StartsWith(start, hidden) && !IsValue(ref window, start + hidden.Length, quote))
            {
                return true;
            }
        }

        return false;
    }
}
