using Abm.Privacy.Masking.Characters;
using Abm.Privacy.Masking.Checks;

namespace Abm.Privacy.Masking;

/// <summary>
/// Masks a URL down to its host: <c>https://jane:pw@example.com/orders/7?token=x#top</c> becomes
/// <c>https://***@example.com/***?***#***</c>.
/// </summary>
/// <remarks>
/// <para>
/// Shown are the scheme and, unless the options say otherwise, the host with its port. User information, the query and
/// the fragment are always hidden; that they are there is shown. A path is shown if the options say so, and then only one of
/// ASCII letters, digits and <c>- . _ ~ /</c>: percent escapes and parameters may hold anything.
/// </para>
/// <para>
/// A URL is <c>http</c>, <c>https</c>, <c>ws</c>, <c>wss</c>, <c>ftp</c> or <c>ftps</c>, <c>://</c>, a host of names with at most 253
/// characters or an IP address, and what RFC 3986 lets follow; international names in their ASCII form. Anything else,
/// relative references, connection strings and text around a URL included, is masked whole as <c>***</c>.
/// </para>
/// </remarks>
public readonly struct UrlMask : IMask
{
    /// <summary>What four markers can add to a URL of which each hides one character or none.</summary>
    private const int MaxAdded = 5 * Stars.Count;

    /// <summary>Whether the host and the port are hidden. The default is false.</summary>
    public bool HideHost { get; init; }

    /// <summary>Whether a plain path is shown. The default is false: a path often names an order or a person.</summary>
    public bool ShowPath { get; init; }

    /// <inheritdoc/>
    public MaskTraits Traits => MaskTraits.HidesLength | MaskTraits.Deterministic | MaskTraits.Idempotent;

    /// <inheritdoc/>
    public int GetMaxLength(int sourceLength) => Stars.Bound(sourceLength, MaxAdded);

    /// <inheritdoc/>
    public bool TryMask(ReadOnlySpan<char> source, Span<char> destination, out int charsWritten) =>
        TryMask<char, Utf16Text>(source, destination, out charsWritten);

    /// <inheritdoc/>
    public bool TryMask(ReadOnlySpan<byte> utf8, Span<byte> destination, out int bytesWritten) =>
        TryMask<byte, Utf8Text>(utf8, destination, out bytesWritten);

    private bool TryMask<TUnit, TText>(ReadOnlySpan<TUnit> source, Span<TUnit> destination, out int written)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        written = 0;
        if (!UrlText.TryParse<TUnit, TText>(source, out var url))
        {
            return source.IsEmpty || Stars.TryWrite<TUnit, TText>(destination, out written);
        }

        // scheme, user, host, path, query, fragment: where a part is hidden, its delimiter and the run of stars stand for it
        var hidesPath = url.PathEnd - url.HostEnd > 1 && !(ShowPath && url.IsPlainPath);
        var user = url.HasUser ? Stars.Count + 1 : 0;
        var host = HideHost ? Stars.Count : url.HostEnd - url.HostStart;
        var path = hidesPath ? Stars.Count + 1 : url.PathEnd - url.HostEnd;
        var total = url.SchemeEnd + user + host + path + (url.HasQuery ? Stars.Count + 1 : 0) + (url.HasFragment ? Stars.Count + 1 : 0);
        if (destination.Length < total)
        {
            return false;
        }

        // the shown part moves in one piece and first: source and destination may be the same memory
        var position = url.SchemeEnd + user;
        var (from, to) = (HideHost ? url.HostEnd : url.HostStart, hidesPath ? url.HostEnd : url.PathEnd);
        source[from..to].CopyTo(destination[(position + (HideHost ? host : 0))..]);
        source[..url.SchemeEnd].CopyTo(destination);
        if (url.HasUser)
        {
            Stars.Write<TUnit, TText>(destination[url.SchemeEnd..]);
            destination[position - 1] = TText.Unit('@');
        }

        if (HideHost)
        {
            Stars.Write<TUnit, TText>(destination[position..]);
        }

        position += host;
        if (hidesPath)
        {
            WriteHidden<TUnit, TText>(destination[position..], '/');
        }

        position += path;
        if (url.HasQuery)
        {
            WriteHidden<TUnit, TText>(destination[position..], '?');
            position += Stars.Count + 1;
        }

        if (url.HasFragment)
        {
            WriteHidden<TUnit, TText>(destination[position..], '#');
        }

        written = total;
        return true;
    }

    private static void WriteHidden<TUnit, TText>(Span<TUnit> destination, char delimiter)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        destination[0] = TText.Unit(delimiter);
        Stars.Write<TUnit, TText>(destination[1..]);
    }
}
