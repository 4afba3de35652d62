using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text.RegularExpressions;
using Abm.Privacy.Masking;
using Abm.Privacy.Tests.Masking.Checks;

namespace Abm.Privacy.Tests.Masking;

public class IbanMaskContract : MaskContract<IbanMask>
{
    protected override IReadOnlyList<IbanMask> Masks => [default];

    protected override IReadOnlyList<string> Values =>
    [
        .. IbanTests.Examples, "DE89 3704 0044 0532 0130 00", "de89 3704 0044 0532 0130 00", "DE89  370400440532013000", " DE89370400440532013000",
        "DE88370400440532013000", "DE8937040044053201300\uFF10", "DE89370400440532013000\u0301", "D E 8 9 3 7 0 4 0 0 4 4 0 5 3 2 0 1 3 0 0 0",
    ];

    protected override void ShowsNoMoreThanItStates(IbanMask mask, string value, string masked)
    {
        if (masked is not ("***" or ""))
        {
            var compact = value.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
            Assert.Equal($"{compact[..2]}***{compact[^4..]}", masked);
        }
    }
}

public class IpAddressMaskContract : MaskContract<IpAddressMask>
{
    protected override IReadOnlyList<IpAddressMask> Masks => [default, new(24, 48), new(0, 0), new(16, 32), new(17, 45), new(8, 64)];

    protected override IReadOnlyList<string> Values =>
    [
        "192.0.2.55", "255.255.255.255", "0.0.0.0", "1.2.3", "1.2.3.256", "01.2.3.4", "2001:db8:1234:5678:9abc:def0:1234:5678", "::", "::1", "fe80::1%eth0",
        "::ffff:192.0.2.55", "::ffff:c000:237", "2002:c000:0237::1", "64:ff9b::192.0.2.55", "2001:db8::1:0:0:1", "1:2:3:4:5:6:7::", "1::2::3",
        "1:2:3:4:5:6:7:8:9", "[::1]", "192.0.2.55:80", "192.0.2.0/24", "\u0661.2.3.4", "1.2.3.4\u0301", "0:0:0:1:0:0:0:1", "ABCD:EF01:2345:6789:abcd:ef01:2345:6789",
    ];

    protected override void ShowsNoMoreThanItStates(IpAddressMask mask, string value, string masked)
    {
        if (masked is "***" or "")
        {
            return;
        }

        var (source, shown) = (IPAddress.Parse(value), IPAddress.Parse(masked));
        source = source.IsIPv4MappedToIPv6 ? source.MapToIPv4() : source;
        Assert.Equal(shown.ToString(), masked);
        Assert.Equal(source.AddressFamily, shown.AddressFamily);
        byte[] before = source.GetAddressBytes(), after = shown.GetAddressBytes();
        var bits = before.Length == 4 ? mask.IPv4Bits : before is [0x20, 0x02, ..] ? Math.Min(mask.IPv6Bits, 16 + mask.IPv4Bits) : mask.IPv6Bits;
        for (var bit = 0; bit < before.Length * 8; bit++)
        {
            Assert.Equal(bit < bits && Bit(before, bit), Bit(after, bit));
        }
    }

    private static bool Bit(byte[] bytes, int bit) => (bytes[bit / 8] >> (7 - bit % 8) & 1) != 0;
}

public class UrlMaskContract : MaskContract<UrlMask>
{
    protected override IReadOnlyList<UrlMask> Masks =>
        [default, new() { ShowPath = true }, new() { HideHost = true }, new() { HideHost = true, ShowPath = true }];

    protected override IReadOnlyList<string> Values =>
    [
        "https://jane:secret@example.com:8443/orders/4711?token=abc#top", "http://example.com", "https://example.com/", "HTTPS://Example.COM/A", "https://u@h", "https://@h/?#",
        "https://h?", "https://h#x?y", "https://h/a;session=1", "https://h/a%2Fb", "https://h/jane@example.com", "https://a@b@c/", "https://[::1]:80/x", "https://[::1", "https://[1.2.3.4]/",
        "https://192.0.2.1/x/", "mailto:jane@example.com", "postgres://jane:secret@db/x", "//example.com/x", "example.com/x", "https://ex ample.com/", "https://example.com\\@evil.example/",
        "https://m\u00FCller.example/", "https://h/\u0301", "https://***/x", "https://h.:80", "https://.h/", "https://h:/", "https://h:123456/", "javascript://h/%0Aalert(1)", "https:///x", "https://h/a?b#c#d",
    ];

    protected override void ShowsNoMoreThanItStates(UrlMask mask, string value, string masked)
    {
        if (masked is "***" or "")
        {
            return;
        }

        // the expression of RFC 3986, appendix B
        var parts = Regex.Match(value, @"^([^:/?#]+://)([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$");
        var authority = parts.Groups[2].Value.Split('@');
        var path = parts.Groups[3].Value;
        var expected = parts.Groups[1].Value
            + (authority.Length == 2 ? "***@" : "")
            + (mask.HideHost ? "***" : authority[^1])
            + (path.Length < 2 || (mask.ShowPath && Regex.IsMatch(path, @"\A[A-Za-z0-9._~/-]*\z")) ? path : "/***")
            + (parts.Groups[4].Success ? "?***" : "") + (parts.Groups[5].Success ? "#***" : "");
        Assert.True(parts.Success);
        Assert.InRange(authority.Length, 1, 2);
        Assert.Equal(expected, masked);
        Assert.Matches(@"\A(?i:https?|wss?|ftps?)\z", parts.Groups[1].Value[..^3]);
        Assert.Matches(@"\A[A-Za-z0-9.-]+(:[0-9]{1,5})?\z|\A\[[0-9A-Fa-f:.]+\](:[0-9]{1,5})?\z|\A\*\*\*\z", authority[^1]);
    }
}

public class PostcodeMaskContract : MaskContract<PostcodeMask>
{
    internal static readonly string[] Postcodes =
    [
        "10115", "1010", "75008", "28001", "SW1A 1AA", "sw1a1aa", "M1 1AA", "EC1A 1BB", "DN55 1PT", "94105", "94105-1234", "03601", "89301", "K1A 0B6", "D02 X285", "D6W X285",
        "1234 AB", "1234AB", "00-950", "114 55", "01310-100", "100-0001", "1000-001", "110 001", "999999", "D-10115", "1011", "101155", "10115 ", "1\uFF10115", "10115\u0301",
    ];

    protected override IReadOnlyList<PostcodeMask> Masks => [default, .. "DE AT FR GB uk US CA IE NL PL SE BR JP PT IN RO ZZ".Split(' ').Select(country => new PostcodeMask(country))];

    protected override IReadOnlyList<string> Values => Postcodes;

    protected override void ShowsNoMoreThanItStates(PostcodeMask mask, string value, string masked)
    {
        if (masked is not ("***" or ""))
        {
            ShowsAnArea(mask.Country, value, masked);
        }
    }

    internal static void ShowsAnArea(string? country, string value, string masked)
    {
        var area = Regex.Match(masked, @"\A([A-Z0-9]{1,3})\*\*\*\z").Groups[1].Value;
        Assert.True(area.Length > 0 && country is not (null or "ZZ"));
        Assert.Contains(area, value.ToUpperInvariant(), StringComparison.Ordinal);
        Assert.Matches(country switch { "US" => @"\A[0-9]{3}\z", "GB" or "UK" => @"\A[A-Z]{1,2}\z", "AT" => @"\A[0-9]\z", "CA" or "IE" => @"\A[A-Z]\z", _ => @"\A[0-9]{2}\z" }, area);
        Assert.False(country == "US" && area is "036" or "893", "A small area is shown.");
    }
}

public class PostalAddressMaskContract : MaskContract<PostalAddressMask>
{
    protected override IReadOnlyList<PostalAddressMask> Masks => [default, new("DE"), new("GB"), new("US"), new("ZZ")];

    protected override IReadOnlyList<string> Values =>
    [
        "Torstra\u00DFe 1, 10115 Berlin", "Jane Doe\r\nTorstra\u00DFe 1\r\n10115 Berlin", "12345 Main Street, Springfield, IL 62704", "1 Main Street, Springfield, IL 62704", "10 Downing Street, London SW1A 2AA",
        "Torstra\u00DFe 10115, 10115 Berlin", "Torstra\u00DFe 1, 10115\u0301 Berlin", "10115", "1 Main Street, VT 03601", new string('x', 600) + " 10115",
        .. PostcodeMaskContract.Postcodes,
    ];

    protected override void ShowsNoMoreThanItStates(PostalAddressMask mask, string value, string masked)
    {
        if (masked is not ("***" or ""))
        {
            PostcodeMaskContract.ShowsAnArea(mask.Country, value, masked);
            Assert.InRange(value.Length, 1, 500);
        }
    }
}

public class DateMaskContract : MaskContract<DateMask>
{
    protected override IReadOnlyList<DateMask> Masks => [default, new(DatePrecision.Quarter), new(DatePrecision.Month)];

    protected override IReadOnlyList<string> Values =>
    [
        "1984-07-15", "1984-07-15T10:20:30.123+02:00", "1984-07-15 10:20", "1984/7/5", "1984.07.15", "19840715", "15.07.1984", "15. July 1984", "15/07/1984", "07/15/1984", "03/04/1984", "04/04/1984",
        "15-07-1984", "15 Jul 1984", "15-Jul-1984", "July 15, 1984", "jul 15 1984", "1984", "1984-Q3", "1984-07", "1984-13-01", "1984-02-30", "29.02.1983", "15.07.84", "1799-01-01", "2200-01-01", "4711",
        "1984-07-15 and more", "1984-07-15x", "Julember 1, 1984", "1984-07-15T", "0000-00-00", "1984\u0301", "198\u0664-07-15", "123456789012345678901234567890",
    ];

    protected override void ShowsNoMoreThanItStates(DateMask mask, string value, string masked)
    {
        if (masked is "***" or "")
        {
            return;
        }

        var shown = Regex.Match(masked, @"\A(1[89]\d\d|2[01]\d\d)(-Q[1-4]|-(?:0[1-9]|1[0-2]))?\z");
        Assert.True(shown.Success);
        Assert.Contains(shown.Groups[1].Value, value, StringComparison.Ordinal);
        Assert.True(mask.Precision != DatePrecision.Year || !shown.Groups[2].Success, "More than the year is shown.");
        Assert.True(mask.Precision != DatePrecision.Quarter || !shown.Groups[2].Success || masked[5] == 'Q', "The month is shown.");
    }
}

public class NumberMaskContract : MaskContract<NumberMask>
{
    protected override IReadOnlyList<NumberMask> Masks =>
        [default, .. from width in new long[] { 2, 3, 5, 10, 1_000, 1_000_000_000_000 } from form in Enum.GetValues<NumberForm>() select new NumberMask(width, form)];

    protected override IReadOnlyList<string> Values =>
    [
        "0", "-0", "-0.0", "47", "50", "44.999", "45", "45.0", "-47", "-45", "-50", "-50.1", "2.5", "2.6", "2.4", "-2.5", "1.5", "0.5", "-0.5", "999999999999999", "-999999999999999", "1000000000000000",
        "007", "1,234", "1.234.5", "1e5", "+5", "5.", ".5", "-", "12 ", "0.1234567890123456", "\u0664\u0667", "4\u03017",
    ];

    protected override void ShowsNoMoreThanItStates(NumberMask mask, string value, string masked)
    {
        if (masked is "***" or "")
        {
            return;
        }

        // exact: the number as an integer of 15 decimal places
        var places = value.Contains('.', StringComparison.Ordinal) ? value.Length - value.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        var scale = BigInteger.Pow(10, 15);
        var exact = BigInteger.Parse(value.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * BigInteger.Pow(10, 15 - places);
        if (mask.Form == NumberForm.Rounded)
        {
            var rounded = BigInteger.Parse(masked, CultureInfo.InvariantCulture);
            Assert.Equal(0, rounded % mask.Width);
            Assert.True(2 * BigInteger.Abs(exact - rounded * scale) <= mask.Width * scale);
            Assert.NotEqual("-0", masked);
            return;
        }

        var ends = masked.Split("..").Select(end => BigInteger.Parse(end, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(0, ends[0] % mask.Width);
        Assert.Equal(ends[0] + mask.Width - 1, ends[1]);
        Assert.True(ends[0] * scale <= exact && exact < (ends[1] + 1) * scale);
    }
}

public class NullMaskContract : MaskContract<NullMask>
{
    protected override IReadOnlyList<NullMask> Masks => [default];

    protected override IReadOnlyList<string> Values => ["anything", ""];

    protected override string Whole(NullMask mask) => "";

    protected override void ShowsNoMoreThanItStates(NullMask mask, string value, string masked)
    {
        Assert.Equal("", masked);
        Assert.True(mask.Traits.HasFlag(MaskTraits.WritesNull));
    }
}
