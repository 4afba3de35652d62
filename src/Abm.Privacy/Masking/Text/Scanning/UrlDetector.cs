using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>URLs with a scheme and hosts that begin with <c>www.</c>, up to white space, a quote or a bracket (RFC 3986).</summary>
internal static class UrlDetector
{
    private const int MaxScheme = 24;

    /// <summary>Finds a URL by its <c>://</c> or <c>www</c>.</summary>
    public static Hit Find<TUnit, TText>(ref TextWindow<TUnit, TText> window, int position)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var (start, host) = window[position] == ':' ? (FindScheme(ref window, position), position + 3) : (position, position);
        if (start < 0 || (host == start && (window[start + 3] != '.' || (start > window.Floor && window.IsWordBefore(start)))))
        {
            return default;
        }

        if (window[host] is '/' or '?' or '#' or '@')
        {
            return default;
        }

        var end = FindEnd(ref window, host, window.Behind(start - 1));
        return IsHostShown(ref window, host, end) ? new Hit(start, end, TextKind.Url, Scores.Likely) : default;
    }

    private static int FindScheme<TUnit, TText>(ref TextWindow<TUnit, TText> window, int colon)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        if (window[colon + 1] != '/' || window[colon + 2] != '/')
        {
            return -1;
        }

        var start = colon;
        while (colon - start < MaxScheme && window.EscapeBefore(start) == 0 && (Ascii.IsLetterOrDigit(window.Behind(start - 1)) || window.Behind(start - 1) is '+' or '-' or '.' or ':'))
        {
            start--;
        }

        // a scheme begins with a letter
        while (start < colon && !Ascii.IsLetter(window[start]))
        {
            start++;
        }

        return start == colon ? -1 : start;
    }

    private static int FindEnd<TUnit, TText>(ref TextWindow<TUnit, TText> window, int host, int before)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var (end, open, isQuoted) = (host, 0, before == '\'');
        while (true)
        {
            var value = window[end];
            if (value >= 128)
            {
                var rune = window.RuneAt(end, out var width);
                if (!TextWindow<TUnit, TText>.IsLetter(rune) && !System.Text.Rune.IsSymbol(rune))
                {
                    break;
                }

                end += width;
                continue;
            }

            if (value <= ' ' || value is '"' or '<' or '>' or '`' or '{' or '}' or '|' or '\\' or '^' or 127 || (value == '\'' && isQuoted))
            {
                break;
            }

            open += value is '(' or '[' ? 1 : value is ')' or ']' ? -1 : 0;
            end++;
        }

        // punctuation at the end belongs to the sentence, a closing bracket too if nothing opened it here
        while (end > host && (window[end - 1] is '.' or ',' or ';' or ':' or '!' or '?' or '\'' or '*' || (open < 0 && window[end - 1] is ')' or ']')))
        {
            open += window[end - 1] is ')' or ']' ? 1 : 0;
            end--;
        }

        return end;
    }

    /// <summary>A host with a dot or in brackets, or anything behind a host of one label: a bare word tells nothing.</summary>
    private static bool IsHostShown<TUnit, TText>(ref TextWindow<TUnit, TText> window, int host, int end)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        if (host >= end)
        {
            return false;
        }

        for (var i = host; i < end; i++)
        {
            if (window[i] == ':' && i == host)
            {
                // a password without a user name
                continue;
            }

            if (window[i] is '/' or '?' or '#' or ':' or '@')
            {
                return i > host && i + 1 < end;
            }

            if (i > host && (window[i] == '.' && i + 1 < end || window[host] == '['))
            {
                return true;
            }
        }

        return false;
    }
}
