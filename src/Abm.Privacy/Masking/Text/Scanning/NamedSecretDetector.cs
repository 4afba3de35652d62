using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>The value behind a secret's name: <c>Password=…;</c>, <c>"api_key": "…"</c>, <c>client_secret=…&amp;</c>.</summary>
internal static class NamedSecretDetector
{
    private const int MinValue = 3;
    private const int MaxName = 48;

    public static Hit Find<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        Span<char> name = stackalloc char[SecretNames.MaxLength];
        var i = ReadName(ref window, start, name, out var length);
        if (!SecretNames.Contains(name[..length]) || window.IsWordBefore(start))
        {
            return default;
        }

        i = SkipQuote(ref window, i, out _);
        i += window[i] == ' ' ? 1 : 0;
        if (window[i] is not ('=' or ':'))
        {
            return default;
        }

        i++;
        i += window[i] == ' ' ? 1 : 0;
        i = SkipQuote(ref window, i, out var quote);
        var end = i;
        while (IsValue(window[end], quote))
        {
            end += quote != 0 && window[end] == '\\' && window[end + 1] >= ' ' ? 2 : 1;
        }

        return end - i >= MinValue ? new Hit(i, end, TextKind.Secret, Scores.Likely) : default;
    }

    /// <summary>The value of a parameter of a URL, by more names: it begins behind its mark.</summary>
    public static Hit FindInUrl<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        Span<char> name = stackalloc char[SecretNames.MaxLength];
        var i = ReadName(ref window, start, name, out var length);
        if (window[i] != '=' || !SecretNames.IsInUrl(name[..length]))
        {
            return default;
        }

        var end = ++i;
        while (IsValue(window[end], 0) && window[end] != '#')
        {
            end++;
        }

        return end > i ? new Hit(i, end, TextKind.Secret, Scores.Likely) : default;
    }

    /// <summary>The letters of a name; marks between its words are left out.</summary>
    /// <returns>Behind the name.</returns>
    private static int ReadName<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start, scoped Span<char> name, out int length)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        length = 0;
        var i = start;
        for (; i - start < MaxName && (Ascii.IsLetter(window[i]) || window[i] is '_' or '-' or '.' or '[' or ']'); i++)
        {
            if (Ascii.IsLetter(window[i]) && length < name.Length)
            {
                name[length++] = (char)Ascii.Lower(window[i]);
            }
        }

        return i;
    }

    /// <summary>A quote, perhaps escaped because the text is itself a text in JSON.</summary>
    private static int SkipQuote<TUnit, TText>(ref TextWindow<TUnit, TText> window, int index, out int quote)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var escaped = window[index] == '\\' ? 1 : 0;
        quote = window[index + escaped] is '"' or '\'' ? window[index + escaped] : 0;
        var next = quote == 0 ? index : index + escaped + 1;

        // an escaped quote ends at the next backslash
        quote = quote != 0 && escaped != 0 ? '\\' : quote;
        return next;
    }

    private static bool IsValue(int value, int quote) =>
        value >= ' ' && (quote != 0 ? value != quote : value is not (' ' or ',' or ';' or '&' or '"' or '\'' or ')' or ']' or '}' or '<' or '>'));
}
