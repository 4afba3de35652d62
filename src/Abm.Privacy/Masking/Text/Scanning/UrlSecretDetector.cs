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
        var at = 0;
        for (var i = start; i - start < MaxCredentials && window[i] > ' ' && window[i] is not ('/' or '?' or '#' or '"' or '\'' or '<' or '>'); i++)
        {
            at = window[i] == '@' ? i : at;
        }

        return at > start ? new Hit(start, at, TextKind.Secret, Scores.Likely) : default;
    }
}
