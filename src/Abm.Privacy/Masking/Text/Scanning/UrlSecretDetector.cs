using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>User name and password of a URL that is not found as a whole. Its parameters have names of their own.</summary>
internal static class UrlSecretDetector
{
    private const int MaxCredentials = 1024;

    public static Hit Find<TUnit, TText>(ref TextWindow<TUnit, TText> window, int colon)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        if (window[colon] != ':' || window[colon + 1] != '/' || window[colon + 2] != '/')
        {
            return default;
        }

        var start = colon + 3;
        var (at, password) = (0, 0);
        var (isNumber, isHostOver) = (true, false);
        for (var i = start; i - start < MaxCredentials && window[i] > ' ' && window[i] is not ('"' or '\'' or '<' or '>' or '\\'); i++)
        {
            var value = window[i];
            if (!isHostOver && value is '/' or '?' or '#')
            {
                // digits behind the colon are a port; anything else is a password that was not escaped
                isHostOver = true;
                if (at > 0 || password == 0 || isNumber)
                {
                    break;
                }
            }

            isNumber &= password == 0 || Ascii.IsDigit(value);
            password = password == 0 && value == ':' ? i : password;
            at = value == '@' ? i : at;
        }

        return at > start ? new Hit(start, at, TextKind.Secret, Scores.Likely) : default;
    }
}
