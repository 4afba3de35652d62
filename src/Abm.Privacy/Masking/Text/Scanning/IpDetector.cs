using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>IPv4 (dotted decimal) and IPv6 (RFC 4291, with embedded IPv4), and a prefix length behind them.</summary>
internal static class IpDetector
{
    private const int MaxIpv6 = 45;

    /// <summary>Four numbers of at most 255 and a dot between two of them.</summary>
    public static Hit FindIpv4<TUnit, TText>(ref TextWindow<TUnit, TText> window, in NumberRun run)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        const int Parts = 4;
        if (run.Count < Parts || !run.AreSeparatedBy(Parts, '.'))
        {
            return default;
        }

        for (var part = 0; part < Parts; part++)
        {
            // two digits of which the first is zero are how phone numbers are grouped
            if (run.Length(part) > 3 || run.Value(part) is var value && (value > 255 || (run.Length(part) == 2 && value < 10)))
            {
                return default;
            }
        }

        var (start, end) = (run.Start(0), run.End(Parts - 1));
        var isObjectId = window[end] == '.' && window.IsDigit(end + 1) && window[start] is >= '0' and <= '2' && window[start + 1] == '.';
        return window.IsWordAt(end) || isObjectId || IsRelease(ref window, start, end) || IsVersion(ref window, start) ? default : new Hit(start, EndOfPrefix(ref window, end, 32), TextKind.IpAddress, Scores.Likely);
    }

    /// <summary>Browsers name themselves <c>Chrome/120.0.0.0</c>; a network of this form has its prefix length behind it.</summary>
    private static bool IsRelease<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start, int end)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit> =>
        window.Behind(start - 1) == '/' && Ascii.IsLetter(window.Behind(start - 2)) && window[end - 1] == '0' && window[end - 2] == '.' && window[end - 3] == '0' && window[end - 4] == '.'
        && window[end] != '/';

    /// <summary>Names of assemblies hold <c>Version=1.2.3.4</c>.</summary>
    private static bool IsVersion<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        const string Word = "version";
        var i = start - 1;
        while (start - i <= 4 && window.Behind(i) is '=' or ' ' or ':' or '"')
        {
            i--;
        }

        for (var at = Word.Length - 1; at >= 0; at--, i--)
        {
            if (Ascii.Lower(window.Behind(i)) != Word[at])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Looks around a colon.</summary>
    /// <param name="window">The text.</param>
    /// <param name="colon">The first of two colons, or one of several with hexadecimal digits between them.</param>
    /// <param name="end">Where the candidate ends: nothing before it can be another IPv6 address.</param>
    public static Hit FindIpv6<TUnit, TText>(ref TextWindow<TUnit, TText> window, int colon, out int end)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var start = colon;
        while (colon - start <= MaxIpv6 && (Ascii.IsHexDigit(window.Behind(start - 1)) || window.Behind(start - 1) == ':'))
        {
            start--;
        }

        end = colon;
        while (end - colon <= MaxIpv6 && (Ascii.IsHexDigit(window[end]) || window[end] is ':' or '.'))
        {
            end++;
        }

        // the end of a name, and the colon behind it, are not the address's
        while (start < colon && ((start > window.Floor && window.IsWordBefore(start)) || (window[start] == ':' && window[start + 1] != ':')))
        {
            while (start < colon && window[start] != ':')
            {
                start++;
            }

            start += start < colon ? 1 : 0;
        }

        if (start == colon && window[colon + 1] != ':')
        {
            // the colon behind a name, and what follows it has colons of its own
            end = colon;
            return default;
        }

        // what belongs to a longer word is none; a full stop or a colon may end the sentence
        if (end - start > MaxIpv6 || (start > window.Floor && (window.IsWordBefore(start) || window.Behind(start - 1) == '.')) || window.IsWordAt(end))
        {
            return default;
        }

        var last = end;
        while (last > start && (window[last - 1] == '.' || window[last - 1] == ':' && window[last - 2] != ':'))
        {
            last--;
        }

        if (!IsIpv6(ref window, start, last))
        {
            // a name of hexadecimal letters before its colon
            var name = start;
            while (Ascii.IsLetter(window[start]))
            {
                start++;
            }

            if (start++ == name || window[start - 1] != ':' || !IsIpv6(ref window, start, last))
            {
                return default;
            }
        }

        var isUnspecified = last - start == 2;
        if (isUnspecified && (window.Behind(start - 1) is not (0 or ' ') || window[last] is not (0 or ' ' or '/' or '\n')))
        {
            return default;
        }

        // letters alone are the names of a program
        return new Hit(start, EndOfPrefix(ref window, last, 128), TextKind.IpAddress, HasDigit(ref window, start, last) ? Scores.Likely : Scores.Faint);
    }

    private static bool HasDigit<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start, int end)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        while (start < end && !window.IsDigit(start))
        {
            start++;
        }

        return start < end;
    }

    private static bool IsIpv6<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start, int end)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        int groups = 0, gaps = 0, i = start;
        if (window[i] == ':')
        {
            // an address begins with a group or with two colons
            if (window[i + 1] != ':')
            {
                return false;
            }

            (gaps, i) = (1, i + 2);
        }

        while (i < end)
        {
            var length = 0;
            while (i + length < end && Ascii.IsHexDigit(window[i + length]))
            {
                length++;
            }

            if (i + length < end && window[i + length] == '.')
            {
                return IsEmbedded(ref window, i, end) && Fits(groups + 2, gaps);
            }

            if (length is 0 or > 4)
            {
                return false;
            }

            groups++;
            i += length;
            if (i == end)
            {
                break;
            }

            i++;
            if (i == end)
            {
                return false;
            }

            if (window[i] == ':')
            {
                gaps++;
                i++;
            }
        }

        return Fits(groups, gaps);

        static bool Fits(int groups, int gaps) => gaps == 0 ? groups == 8 : gaps == 1 && groups < 8;
    }

    private static bool IsEmbedded<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start, int end)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        int parts = 0, value = 0, length = 0;
        for (var i = start; i <= end; i++)
        {
            if (i < end && window.IsDigit(i) && length < 3)
            {
                value = value * 10 + window[i] - '0';
                length++;
                continue;
            }

            if (length == 0 || value > 255 || (i < end && window[i] != '.'))
            {
                return false;
            }

            (parts, value, length) = (parts + 1, 0, 0);
        }

        return parts == 4;
    }

    private static int EndOfPrefix<TUnit, TText>(ref TextWindow<TUnit, TText> window, int end, int bits)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        if (window[end] != '/' || !window.IsDigit(end + 1))
        {
            return end;
        }

        var (value, i) = (0, end + 1);
        for (; i - end <= 3 && window.IsDigit(i); i++)
        {
            value = value * 10 + window[i] - '0';
        }

        return value <= bits && !window.IsWordAt(i) ? i : end;
    }
}
