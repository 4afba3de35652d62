using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Checks;

/// <summary>Where the parts of an absolute URL with a host stand (RFC 3986).</summary>
/// <param name="SchemeEnd">Behind the <c>://</c>.</param>
/// <param name="HostStart">Where the host starts.</param>
/// <param name="HostEnd">Behind the host and its port.</param>
/// <param name="PathEnd">Behind the path.</param>
/// <param name="HasUser">Whether an <c>@</c> ends user information.</param>
/// <param name="HasQuery">Whether a <c>?</c> starts a query.</param>
/// <param name="HasFragment">Whether a <c>#</c> starts a fragment.</param>
/// <param name="IsPlainPath">Whether the path has ASCII letters, digits and <c>- . _ ~ /</c> alone.</param>
internal readonly record struct UrlText(
    int SchemeEnd, int HostStart, int HostEnd, int PathEnd, bool HasUser, bool HasQuery, bool HasFragment, bool IsPlainPath)
{
    private const string LettersAndDigits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private const int MaxHost = 253;
    private const int MaxScheme = 5;
    private const int MaxPortDigits = 5;

    /// <summary>Unreserved and reserved characters and the percent sign: nothing else stands in a URL.</summary>
    private static readonly AsciiSet UrlSet = new(LettersAndDigits + "-._~:/?#[]@!$&'()*+,;=%");
    private static readonly AsciiSet HostSet = new(LettersAndDigits + "-.");
    private static readonly AsciiSet PathSet = new(LettersAndDigits + "-._~/");

    public static bool TryParse<TUnit, TText>(ReadOnlySpan<TUnit> text, out UrlText url)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        url = default;
        var schemeEnd = FindSchemeEnd<TUnit, TText>(text);
        if (schemeEnd == 0)
        {
            return false;
        }

        int user = -1, pathStart = -1, query = -1, fragment = -1;
        var isPlainPath = true;
        for (var i = schemeEnd; i < text.Length; i++)
        {
            var c = TText.Value(text[i]);
            if (!UrlSet.Contains(c))
            {
                return false;
            }

            if (fragment >= 0)
            {
                // a second one means that something was not escaped: where the parts are is not certain
                if (c == '#')
                {
                    return false;
                }
            }
            else if (c == '#')
            {
                fragment = i;
            }
            else if (query < 0 && c == '?')
            {
                query = i;
            }
            else if (query < 0 && pathStart < 0)
            {
                pathStart = c == '/' ? i : -1;
                if (c == '@')
                {
                    if (user >= 0)
                    {
                        return false;
                    }

                    user = i;
                }
            }
            else if (query < 0)
            {
                isPlainPath &= PathSet.Contains(c);
            }
        }

        var pathEnd = query >= 0 ? query : fragment >= 0 ? fragment : text.Length;
        var hostStart = user >= 0 ? user + 1 : schemeEnd;
        var hostEnd = pathStart >= 0 ? pathStart : pathEnd;
        url = new UrlText(schemeEnd, hostStart, hostEnd, pathEnd, user >= 0, query >= 0, fragment >= 0, isPlainPath);
        return hostEnd - hostStart is > 0 and <= MaxHost + 1 + MaxPortDigits && IsHost<TUnit, TText>(text[hostStart..hostEnd]);
    }

    private static int FindSchemeEnd<TUnit, TText>(ReadOnlySpan<TUnit> text)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        Span<byte> scheme = stackalloc byte[MaxScheme];
        var length = 0;
        while (length < scheme.Length && length < text.Length && TText.Value(text[length]) is var c && c < 128 && char.IsAsciiLetter((char)c))
        {
            scheme[length++] = (byte)(c | 0x20);
        }

        scheme = scheme[..length];
        var isKnown = scheme.SequenceEqual("https"u8) || scheme.SequenceEqual("http"u8) || scheme.SequenceEqual("wss"u8)
            || scheme.SequenceEqual("ws"u8) || scheme.SequenceEqual("ftp"u8) || scheme.SequenceEqual("ftps"u8);
        return isKnown && text.Length >= length + 3 && TText.Value(text[length]) == ':' && TText.Value(text[length + 1]) == '/'
            && TText.Value(text[length + 2]) == '/'
                ? length + 3
                : 0;
    }

    private static bool IsHost<TUnit, TText>(ReadOnlySpan<TUnit> text)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        // a port is digits behind the last colon; a colon that ends an IPv6 group stands inside brackets
        var end = text.Length;
        while (end > 0 && TText.Value(text[end - 1]) is >= '0' and <= '9')
        {
            end--;
        }

        var hasPort = end > 1 && TText.Value(text[end - 1]) == ':';
        if (hasPort && text.Length - end is 0 or > MaxPortDigits)
        {
            return false;
        }

        var host = hasPort ? text[..(end - 1)] : text;
        if (TText.Value(host[0]) == '[')
        {
            return IsAddress<TUnit, TText>(host);
        }

        // what hides a host is taken for one, so that masking again changes nothing
        if (host.Length == Stars.Count && !hasPort && host.IndexOfAnyExcept(TText.Unit(Stars.Star)) < 0)
        {
            return true;
        }

        var previous = (int)'.';
        foreach (var unit in host)
        {
            var c = TText.Value(unit);
            if (!HostSet.Contains(c) || (c == '.' && previous == '.'))
            {
                return false;
            }

            previous = c;
        }

        return host.Length <= MaxHost;
    }

    private static bool IsAddress<TUnit, TText>(ReadOnlySpan<TUnit> host)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        Span<byte> text = stackalloc byte[AsciiForm.MaxLength];
        Span<byte> address = stackalloc byte[IpText.IPv6Bytes];
        return AsciiForm.TryNarrow<TUnit, TText>(host, text)
            && host.Length > 2 && text[host.Length - 1] == ']' && text[1..(host.Length - 1)].Contains((byte)':')
            && IpText.TryParse(text[1..(host.Length - 1)], address, out _);
    }
}
