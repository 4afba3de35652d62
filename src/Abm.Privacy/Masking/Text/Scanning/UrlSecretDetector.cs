using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>
/// What of a URL is secret where URLs are not found as a whole: user name and password, and the values of query parameters
/// and fragments by the names that carry tokens.
/// </summary>
internal static class UrlSecretDetector
{
    /// <summary>The first secret of a URL at or behind a position.</summary>
    public static Hit Find<TUnit, TText>(ref TextWindow<TUnit, TText> window, Hit url, int from)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var credentials = FindCredentials(ref window, url);
        if (!credentials.IsNone && credentials.Start >= from)
        {
            return credentials;
        }

        for (var i = Math.Max(from, url.Start); i < url.End; i++)
        {
            if (window[i] != '=' || !IsSecret(ref window, i, url.Start))
            {
                continue;
            }

            var end = i + 1;
            while (end < url.End && window[end] is not ('&' or ';' or '#'))
            {
                end++;
            }

            if (end > i + 1)
            {
                return new Hit(i + 1, end, TextKind.Secret, Scores.Likely);
            }
        }

        return default;
    }

    private static Hit FindCredentials<TUnit, TText>(ref TextWindow<TUnit, TText> window, Hit url)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var start = url.Start;
        while (start < url.End && window[start] != ':')
        {
            start++;
        }

        start += 3;
        var at = 0;
        for (var i = start; i < url.End && window[i] is not ('/' or '?' or '#'); i++)
        {
            at = window[i] == '@' ? i : at;
        }

        return at > start ? new Hit(start, at, TextKind.Secret, Scores.Likely) : default;
    }

    private static bool IsSecret<TUnit, TText>(ref TextWindow<TUnit, TText> window, int equals, int start)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        Span<char> name = stackalloc char[SecretNames.MaxLength];
        var length = 0;
        for (var i = equals - 1; i >= start && window[i] is not ('&' or ';' or '?' or '#'); i--, length++)
        {
            if (length == SecretNames.MaxLength || window[i] >= 128)
            {
                return false;
            }

            name[SecretNames.MaxLength - 1 - length] = (char)Ascii.Lower(window[i]);
        }

        return SecretNames.IsInUrl(name[(SecretNames.MaxLength - length)..]);
    }
}
