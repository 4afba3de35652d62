using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>What stands behind the name of a secret: a bare word, a text in quotes of any depth, braces of ODBC, an array of texts.</summary>
internal static class SecretValue
{
    /// <summary>Runes of a bare word behind a colon: shorter ones are prose.</summary>
    private const int MinWord = 3;

    private const int MaxBlanks = 16;
    private const int MaxSettings = 256;

    /// <summary>The value of a parameter of a URL.</summary>
    public static (int Start, int End) ReadParameter<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var end = start;
        while (window[end] != '#' && IsWord(ref window, end))
        {
            end++;
        }

        return Check(ref window, start, end);
    }

    /// <param name="window">The text.</param>
    /// <param name="mark">The equals sign or colon behind the name.</param>
    /// <param name="before">The unit before the name.</param>
    /// <param name="nameQuote">The quote that ends the name.</param>
    /// <param name="needsQuote">Whether only a text in quotes is a secret.</param>
    public static (int Start, int End) Read<TUnit, TText>(ref TextWindow<TUnit, TText> window, int mark, int before, Quote nameQuote, bool needsQuote)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var start = mark + 1;
        var isAssigned = window[mark] == '=';
        if (window[start] is '=' or '>' or ':')
        {
            // := assigns, and => does behind a name or before a value in quotes; the others compare, or begin the body of a function
            var isArrow = isAssigned && window[start] == '>';
            if (isArrow ? nameQuote.IsNone && Quotes.At(ref window, SkipBlanks(ref window, start + 1), out _) == 0 : isAssigned || window[start] != '=')
            {
                return default;
            }

            start++;
        }

        start += window.StartsWith(start, "** ") ? 2 : 0;
        start = SkipBlanks(ref window, start);
        var quote = Quotes.At(ref window, start, out var depth);
        if (quote > 0)
        {
            return Opens(ref window, start + quote, depth, nameQuote) ? Check(ref window, start + quote, EndOfText(ref window, start + quote, window[start], depth, isAssigned)) : default;
        }

        if (window[start] == '[')
        {
            var first = SkipItems(ref window, start + 1);
            quote = Quotes.At(ref window, first, out depth);
            if (quote > 0)
            {
                return Opens(ref window, first + quote, depth, nameQuote) ? Check(ref window, first + quote, EndOfArray(ref window, first, depth)) : default;
            }

            if (!nameQuote.IsNone && !isAssigned)
            {
                return default;
            }
        }

        if (needsQuote)
        {
            return default;
        }

        if (window[start] == '{')
        {
            return isAssigned ? Check(ref window, start, EndOfBraces(ref window, start)) : default;
        }

        var end = EndOfWord(ref window, start, out var runes);
        if ((!isAssigned && runes < MinWord) || SecretLiterals.Contains(ref window, start, end))
        {
            return default;
        }

        // in a connection string only a semicolon ends a value
        var isSetting = isAssigned && (window[before] is <= ' ' or ';' || Quotes.Before(ref window, before + 1, out _) > 0);
        return Check(ref window, start, isSetting ? EndOfSetting(ref window, end) : end);
    }

    /// <summary>
    /// Whether a quote opens a value. Behind a name without quotes, or with others, it may as well close the text that the name
    /// ends, and so does one of another depth than the name's.
    /// </summary>
    private static bool Opens<TUnit, TText>(ref TextWindow<TUnit, TText> window, int behind, int depth, Quote nameQuote)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit> =>
        (nameQuote.IsNone || nameQuote.Depth == depth)
        && (nameQuote.Unit == window[behind - 1] || window[behind] is not (' ' or ',' or ';' or ':' or ')' or ']' or '}' or '\\' or 0));

    public static int SkipBlanksBack<TUnit, TText>(ref TextWindow<TUnit, TText> window, int index)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var i = index;
        while (index - i < MaxBlanks && window[i - 1] is ' ' or '\t')
        {
            i--;
        }

        return i;
    }

    private static int SkipBlanks<TUnit, TText>(ref TextWindow<TUnit, TText> window, int index)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var i = index;
        while (i - index < MaxBlanks && window[i] is ' ' or '\t')
        {
            i++;
        }

        return i;
    }

    /// <summary>The quote that closes a text. A single quote that none closes is not one, and what it stands in ends before it would.</summary>
    private static int EndOfText<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start, int quote, int depth, bool mayDouble)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var end = Quotes.EndOf(ref window, start, quote, depth, mayDouble);
        return quote == '\'' && window[end] != '\'' ? EndOfWord(ref window, start, out _) : end;
    }

    /// <summary>The quote that closes the last text of an array, or where the line ends.</summary>
    private static int EndOfArray<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start, int depth)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var (end, open) = (start, 1);
        for (var i = start; window[i] >= ' '; i++)
        {
            var quote = Quotes.At(ref window, i, out var other);
            if (quote == 0)
            {
                open += window[i] is '[' or '{' ? 1 : window[i] is ']' or '}' ? -1 : 0;
                if (open == 0)
                {
                    break;
                }

                continue;
            }

            if (other != depth)
            {
                // of the text around
                break;
            }

            var opening = window[i];
            end = Quotes.EndOf(ref window, i + quote, opening, depth, mayDouble: false);
            quote = Quotes.At(ref window, end, out other);
            if (quote == 0 || other != depth || (depth == 0 && window[end] != opening))
            {
                break;
            }

            i = end + quote - 1;
        }

        return end;
    }

    /// <summary>Skips what is no text in an array: null, numbers, brackets within it.</summary>
    private static int SkipItems<TUnit, TText>(ref TextWindow<TUnit, TText> window, int index)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var i = index;
        while (i - index < MaxSettings && (window.IsLetterOrDigit(i) || window[i] is ' ' or '\t' or ',' or '[' or '{' or '.' or '-'))
        {
            i++;
        }

        return i;
    }

    /// <summary>Behind the brace that closes a value of ODBC, or where its word ends.</summary>
    private static int EndOfBraces<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        for (var i = start + 1; i - start <= MaxSettings && window[i] is >= ' ' and not '"'; i++)
        {
            if (window[i] == '}' && window[++i] != '}')
            {
                return i;
            }
        }

        return EndOfWord(ref window, start, out _);
    }

    /// <summary>The semicolon that ends a setting of which the value holds blanks or commas; where its first word ends if no setting follows.</summary>
    private static int EndOfSetting<TUnit, TText>(ref TextWindow<TUnit, TText> window, int word)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var end = word;
        while (end - word < MaxSettings && window[end] >= ' ' && window[end] is not (';' or '"' or '\''))
        {
            end++;
        }

        if (end == word || window[end] != ';')
        {
            return word;
        }

        // another name, or the end of all
        var i = SkipBlanks(ref window, end + 1);
        var name = i;
        while (i - name < MaxBlanks * 2 && (window.IsLetterOrDigit(i) || window[i] is ' ' or '_'))
        {
            i++;
        }

        return i > name ? window[i] == '=' ? end : word : window[i] is 0 or '\n' or '\r' or '"' or '\'' ? end : word;
    }

    private static int EndOfWord<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start, out int runes)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var end = start;
        for (runes = 0; IsWord(ref window, end); end++)
        {
            runes += IsRuneStart<TUnit>(window[end]) ? 1 : 0;
        }

        return end;
    }

    /// <summary>Whether a word without quotes goes on. A bracket or quote within it is a part of a password.</summary>
    private static bool IsWord<TUnit, TText>(ref TextWindow<TUnit, TText> window, int index)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit> =>
        window[index] switch
        {
            <= ' ' or ',' or ';' or '&' => false,
            '"' or '\'' or ')' or ']' or '}' or '<' or '>' => window.IsLetterOrDigit(index + 1),
            '\\' => Quotes.At(ref window, index, out _) == 0 || window.IsLetterOrDigit(index + Quotes.At(ref window, index, out _)),
            _ => true,
        };

    private static bool IsRuneStart<TUnit>(int value) => typeof(TUnit) == typeof(byte) ? (value & 0xC0) != 0x80 : (value & 0xFC00) != 0xDC00;

    private static (int Start, int End) Check<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start, int end)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit> =>
        SecretLiterals.IsHidden(ref window, start, end) ? default : (start, end);
}
