using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>The value behind a secret's name: <c>Password=…;</c>, <c>"api_key": "…"</c>, <c>client_secret=…&amp;</c>.</summary>
internal static class NamedSecretDetector
{
    private const int MaxName = 48;

    /// <param name="window">The text.</param>
    /// <param name="mark">The equals sign or colon between name and value.</param>
    public static Hit Find<TUnit, TText>(ref TextWindow<TUnit, TText> window, int mark)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        // most names end like no secret's
        var (last, beforeLast) = (window[mark - 1], window[mark - 2]);
        if (Ascii.IsLetter(last) && Ascii.IsLetter(beforeLast) && !SecretNames.MayEndWith((char)Ascii.Lower(beforeLast), (char)Ascii.Lower(last)))
        {
            return default;
        }

        Span<char> buffer = stackalloc char[SecretNames.MaxLength];
        ReadOnlySpan<char> name = buffer[ReadName(ref window, mark, buffer, out var before, out var quote)..];
        if (name.IsEmpty)
        {
            return default;
        }

        if (window[mark] == '=' && quote.IsNone && BeginsParameter(ref window, before, name))
        {
            return SecretNames.IsInUrl(name) ? Create(SecretValue.ReadParameter(ref window, mark + 1)) : default;
        }

        // a path such as /forgot-password: is no name
        if (!(quote.IsNone ? SecretNames.Contains(name) : SecretNames.IsInJson(name)) || (window[mark] == ':' && window[before] == '/'))
        {
            return default;
        }

        // in JSON a bare value of such a name is a number or a literal
        return Create(SecretValue.Read(ref window, mark, before, quote, needsQuote: !SecretNames.Contains(name)));
    }

    /// <summary>
    /// Whether a text ends with the name of a secret, the mark behind it and perhaps a quote, so that what follows is its
    /// value; or with the scheme of credentials, or the user name of a URL.
    /// </summary>
    public static bool NamesNext(ReadOnlySpan<char> text)
    {
        if (text.EndsWith("Bearer ", StringComparison.OrdinalIgnoreCase) || text.EndsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        text = text.TrimEnd(' ');
        text = (text.EndsWith('"') || text.EndsWith('\'') ? text[..^1] : text).TrimEnd(' ');
        if (!text.EndsWith('=') && !text.EndsWith(':'))
        {
            return false;
        }

        var scheme = text.LastIndexOf("://");
        if (scheme >= 0 && text.EndsWith(':') && !text[(scheme + 3)..].ContainsAny("/?#@ "))
        {
            return true;
        }

        var window = new TextWindow<char, Utf16Text>(text, isComplete: true);
        Span<char> buffer = stackalloc char[SecretNames.MaxLength];
        ReadOnlySpan<char> name = buffer[ReadName(ref window, text.Length - 1, buffer, out var before, out var quote)..];
        return name.Length > 0
            && (quote.IsNone ? SecretNames.Contains(name) || (text.EndsWith('=') && BeginsParameter(ref window, before, name) && SecretNames.IsInUrl(name)) : SecretNames.IsInJson(name));
    }

    private static Hit Create((int Start, int End) value) => value.End > value.Start ? new Hit(value.Start, value.End, TextKind.Secret, Scores.Likely) : default;

    /// <summary>Whether a name begins behind what begins a parameter of a URL.</summary>
    private static bool BeginsParameter<TUnit, TText>(ref TextWindow<TUnit, TText> window, int before, scoped ReadOnlySpan<char> name)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit> =>
        window[before] is '?' or '&' or '#' || (window[before] == ';' && (name is "jsessionid" || window.StartsWith(before - 4, "&amp")));

    /// <summary>Whether the label of a secret that was redacted ends here, which is no name.</summary>
    private static bool IsLabel<TUnit, TText>(ref TextWindow<TUnit, TText> window, int end)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var (secret, key) = (TextLabels.Of(TextKind.Secret), TextLabels.Of(TextKind.ApiKey));
        return window[end - 1] == ']' && (window.StartsWith(end - secret.Length, secret) || window.StartsWith(end - key.Length, key));
    }

    /// <summary>
    /// The letters of the name that ends before a mark; marks between its words and digits behind it are left out. None if it
    /// ends like no secret's.
    /// </summary>
    /// <param name="window">The text.</param>
    /// <param name="mark">Where the name ends, but for white space and a quote.</param>
    /// <param name="buffer">Where the letters go, in lower case.</param>
    /// <param name="before">The unit before the name.</param>
    /// <param name="nameQuote">The quote that ends the name.</param>
    /// <returns>Where the letters begin, up to the buffer's end.</returns>
    private static int ReadName<TUnit, TText>(ref TextWindow<TUnit, TText> window, int mark, scoped Span<char> buffer, out int before, out Quote nameQuote)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var end = SecretValue.SkipBlanksBack(ref window, mark);
        if (IsLabel(ref window, end))
        {
            (before, nameQuote) = (end - 1, default);
            return buffer.Length;
        }

        end -= window[end - 1] == ']' && Quotes.Before(ref window, end - 1, out _) > 0 ? 1 : 0;
        var quote = Quotes.Before(ref window, end, out var depth);
        nameQuote = quote > 0 ? new Quote(window[end - 1], depth) : default;
        var i = end - quote - 1;
        while (Ascii.IsDigit(window[i]) && end - i <= MaxName)
        {
            i--;
        }

        var first = buffer.Length;
        for (; end - i <= MaxName; i--)
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
}
