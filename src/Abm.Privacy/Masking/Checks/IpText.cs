using System.Buffers.Binary;
using System.Buffers.Text;

namespace Abm.Privacy.Masking.Checks;

/// <summary>
/// IP addresses as text: strict where the platform's parser is generous (octal, hexadecimal and shortened IPv4, zones,
/// brackets), for what is not read with certainty is not shown.
/// </summary>
internal static class IpText
{
    public const int IPv4Bytes = 4;
    public const int IPv6Bytes = 16;

    /// <summary>The longest canonical address: eight groups of four and seven colons.</summary>
    public const int MaxLength = 39;

    private static ReadOnlySpan<byte> Mapped => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF];

    /// <summary>Reads an address. An IPv4 address that is mapped into IPv6 is read as IPv4.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="address">Room for 16 bytes; receives the address in network order.</param>
    /// <param name="bytes">4 or 16.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, Span<byte> address, out int bytes)
    {
        bytes = IPv4Bytes;
        if (!text.Contains((byte)':'))
        {
            return TryParseIPv4(text, address);
        }

        bytes = IPv6Bytes;
        if (!TryParseIPv6(text, address))
        {
            return false;
        }

        if (address.StartsWith(Mapped))
        {
            address[Mapped.Length..IPv6Bytes].CopyTo(address);
            bytes = IPv4Bytes;
        }

        return true;
    }

    /// <summary>Writes an address in its canonical form: RFC 5952 for 16 bytes.</summary>
    public static int Write(ReadOnlySpan<byte> address, Span<byte> text) =>
        address.Length == IPv4Bytes ? WriteIPv4(address, text) : WriteIPv6(address, text);

    private static bool TryParseIPv4(ReadOnlySpan<byte> text, Span<byte> address)
    {
        int number = 0, digits = 0, filled = 0;
        foreach (var c in text)
        {
            if (c == '.' && digits > 0 && filled < IPv4Bytes - 1)
            {
                address[filled++] = (byte)number;
                number = digits = 0;
                continue;
            }

            var digit = c - '0';
            number = 10 * number + digit;
            if ((uint)digit > 9 || number > 255 || (digits > 0 && number == digit))
            {
                return false;
            }

            digits++;
        }

        address[IPv4Bytes - 1] = (byte)number;
        return digits > 0 && filled == IPv4Bytes - 1;
    }

    private static bool TryParseIPv6(ReadOnlySpan<byte> text, Span<byte> address)
    {
        int filled = 0, gap = -1, position = 0;
        if (text.StartsWith("::"u8))
        {
            gap = 0;
            position = 2;
        }

        while (position < text.Length)
        {
            var rest = text[position..];
            var length = rest.IndexOf((byte)':');
            var group = length < 0 ? rest : rest[..length];
            if (length < 0 && group.Contains((byte)'.'))
            {
                if (filled > IPv6Bytes - IPv4Bytes || !TryParseIPv4(group, address[filled..]))
                {
                    return false;
                }

                filled += IPv4Bytes;
                break;
            }

            if (filled == IPv6Bytes || group.Length is 0 or > 4
                || !Utf8Parser.TryParse(group, out ushort number, out var consumed, 'x') || consumed != group.Length)
            {
                return false;
            }

            BinaryPrimitives.WriteUInt16BigEndian(address[filled..], number);
            filled += 2;
            if (length < 0)
            {
                break;
            }

            position += length + 1;
            if (position == text.Length)
            {
                return false;
            }

            if (text[position] == ':')
            {
                if (gap >= 0)
                {
                    return false;
                }

                gap = filled;
                position++;
            }
        }

        if (gap < 0)
        {
            return filled == IPv6Bytes;
        }

        // the gap stands for one group at least
        var tail = filled - gap;
        address.Slice(gap, tail).CopyTo(address[(IPv6Bytes - tail)..]);
        address[gap..(IPv6Bytes - tail)].Clear();
        return filled <= IPv6Bytes - 2;
    }

    private static int WriteIPv4(ReadOnlySpan<byte> address, Span<byte> text)
    {
        var length = 0;
        for (var i = 0; i < IPv4Bytes; i++)
        {
            if (i > 0)
            {
                text[length++] = (byte)'.';
            }

            Utf8Formatter.TryFormat(address[i], text[length..], out var written);
            length += written;
        }

        return length;
    }

    private static int WriteIPv6(ReadOnlySpan<byte> address, Span<byte> text)
    {
        // the longest run of zero groups, the first of several, is left out if it has two groups at least
        int start = -1, end = -1;
        for (var i = 0; i < IPv6Bytes; i += 2)
        {
            var run = address[i..].IndexOfAnyExcept((byte)0);
            var runEnd = (run < 0 ? IPv6Bytes : i + run) & ~1;
            if (runEnd - i > Math.Max(end - start, 2))
            {
                (start, end) = (i, runEnd);
            }
        }

        var length = 0;
        for (var i = 0; i < IPv6Bytes; i += 2)
        {
            if (i == start)
            {
                "::"u8.CopyTo(text[length..]);
                length += 2;
                i = end - 2;
                continue;
            }

            if (i > 0 && i != end)
            {
                text[length++] = (byte)':';
            }

            Utf8Formatter.TryFormat(BinaryPrimitives.ReadUInt16BigEndian(address[i..]), text[length..], out var written, 'x');
            length += written;
        }

        return length;
    }
}
