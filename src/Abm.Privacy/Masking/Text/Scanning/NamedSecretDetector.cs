using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>The value behind a secret's name: <c>Password=…;</c>, <c>"api_key": "…"</c>, <c>client_secret=…&amp;</c>.</summary>
internal static class NamedSecretDetector
{
    private const int MinValue = 3;

    public static Hit Find<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        Span<char> name = stackalloc char[SecretNames.MaxLength];
        var length = 0;
        for (; length < name.Length && (Ascii.IsLetter(window[start + length]) || window[start + length] is '_' or '-'); length++)
        {
            name[length] = (char)Ascii.Lower(window[start + length]);
        }

        if (!SecretNames.Contains(name[..length]))
        {
            return default;
        }

        var i = start + length;
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
