using System.Collections.Frozen;
using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>
/// What of a URL is secret where URLs are not found as a whole: user name and password, and the values of query parameters
/// and fragments by the names that carry tokens.
/// </summary>
internal static class UrlSecretDetector
{
    private const int MaxName = 32;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Names = FrozenSet.ToFrozenSet(
        [
            "token", "access_token", "refresh_token", "id_token", "auth", "auth_token", "authorization", "apikey", "api_key", "api-key", "key", "secret",
            "client_secret", "password", "passwd", "pwd", "pass", "sig", "signature", "session", "sessionid", "session_id", "sid", "jwt", "code", "otp",
            "x-amz-signature", "x-amz-credential", "x-amz-security-token", "x-goog-signature", "credential", "credentials", "access_key", "accesskey", "private_key",
        ],
        StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

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
                return new Hit(i + 1, end, TextKind.UrlSecret, Scores.Likely);
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

        return at > start ? new Hit(start, at, TextKind.UrlSecret, Scores.Likely) : default;
    }

    private static bool IsSecret<TUnit, TText>(ref TextWindow<TUnit, TText> window, int equals, int start)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        Span<char> name = stackalloc char[MaxName];
        var length = 0;
        for (var i = equals - 1; i >= start && window[i] is not ('&' or ';' or '?' or '#'); i--, length++)
        {
            if (length == MaxName || window[i] >= 128)
            {
                return false;
            }

            name[MaxName - 1 - length] = (char)Ascii.Lower(window[i]);
        }

        return Names.Contains(name[(MaxName - length)..]);
    }
}
