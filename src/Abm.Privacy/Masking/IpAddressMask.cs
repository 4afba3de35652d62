using Abm.Privacy.Masking.Characters;
using Abm.Privacy.Masking.Checks;

namespace Abm.Privacy.Masking;

/// <summary>
/// Truncates an IP address to the start of its network: <c>192.0.2.55</c> becomes <c>192.0.2.0</c>.
/// </summary>
/// <remarks>
/// Shown are the first 24 bits of an IPv4 and the first 48 bits of an IPv6 address by default, in the canonical form
/// (RFC 5952 for IPv6); the other bits are zero. An IPv4 address in an IPv6 one (<c>::ffff:192.0.2.55</c>) is masked and
/// written as IPv4; in a 6to4 address (<c>2002::/16</c>) no more of it is shown than of an IPv4 address. IPv4 is four decimal
/// numbers without leading zeros. Anything else, also a zone, a port or a prefix length, is masked whole as <c>***</c>. A
/// network may belong to one household or one company: the result is less precise, not anonymous.
/// </remarks>
public readonly struct IpAddressMask : IMask, IAsciiForm
{
    /// <summary>How many bits of an IPv4 address are shown by default, and at most.</summary>
    public const int DefaultIPv4Bits = 24;

    /// <summary>How many bits of an IPv6 address are shown by default.</summary>
    public const int DefaultIPv6Bits = 48;

    /// <summary>How many bits of an IPv6 address can be shown at most: its network, nothing of the interface.</summary>
    public const int MaxIPv6Bits = 64;

    private static ReadOnlySpan<byte> SixToFour => [0x20, 0x02];

    // what is hidden is stored, so that the default value of this type has the default numbers
    private readonly byte _lessOfIPv4;
    private readonly sbyte _lessOfIPv6;

    /// <summary>Creates a mask.</summary>
    /// <param name="ipv4Bits">How many bits of an IPv4 address to show: 0 to 24.</param>
    /// <param name="ipv6Bits">How many bits of an IPv6 address to show: 0 to 64.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public IpAddressMask(int ipv4Bits, int ipv6Bits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ipv4Bits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ipv4Bits, DefaultIPv4Bits);
        ArgumentOutOfRangeException.ThrowIfNegative(ipv6Bits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ipv6Bits, MaxIPv6Bits);
        _lessOfIPv4 = (byte)(DefaultIPv4Bits - ipv4Bits);
        _lessOfIPv6 = (sbyte)(DefaultIPv6Bits - ipv6Bits);
    }

    /// <summary>How many bits of an IPv4 address are shown. The default is 24.</summary>
    public int IPv4Bits => DefaultIPv4Bits - _lessOfIPv4;

    /// <summary>How many bits of an IPv6 address are shown. The default is 48.</summary>
    public int IPv6Bits => DefaultIPv6Bits - _lessOfIPv6;

    /// <inheritdoc/>
    public MaskTraits Traits => MaskTraits.HidesLength | MaskTraits.Deterministic | MaskTraits.Idempotent;

    /// <inheritdoc/>
    public int GetMaxLength(int sourceLength) => AsciiForm.Bound(sourceLength, IpText.MaxLength);

    /// <inheritdoc/>
    public bool TryMask(ReadOnlySpan<char> source, Span<char> destination, out int charsWritten) =>
        AsciiForm.TryMask<char, Utf16Text, IpAddressMask>(source, destination, this, out charsWritten);

    /// <inheritdoc/>
    public bool TryMask(ReadOnlySpan<byte> utf8, Span<byte> destination, out int bytesWritten) =>
        AsciiForm.TryMask<byte, Utf8Text, IpAddressMask>(utf8, destination, this, out bytesWritten);

    bool IAsciiForm.TryWrite(ReadOnlySpan<byte> value, Span<byte> masked, out int length)
    {
        Span<byte> address = stackalloc byte[IpText.IPv6Bytes];
        if (!IpText.TryParse(value, address, out var bytes))
        {
            length = 0;
            return false;
        }

        address = address[..bytes];
        var bits = bytes == IpText.IPv4Bytes ? IPv4Bits : IPv6Bits;
        if (bytes == IpText.IPv6Bytes && address.StartsWith(SixToFour))
        {
            bits = Math.Min(bits, 8 * SixToFour.Length + IPv4Bits);
        }

        for (var i = 0; i < bytes; i++)
        {
            address[i] &= (byte)(0xFF00 >> Math.Clamp(bits - 8 * i, 0, 8));
        }

        length = IpText.Write(address, masked);
        return true;
    }
}
