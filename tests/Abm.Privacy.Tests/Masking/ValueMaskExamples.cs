using Abm.Privacy.Masking;

namespace Abm.Privacy.Tests.Masking;

public class ValueMaskExamples
{
    [Theory]
    [InlineData("DE89 3704 0044 0532 0130 00", "DE***3000")]
    [InlineData("de89370400440532013000", "DE***3000")]
    [InlineData("MU17BOMM0101101030300200000MUR", "MU***0MUR")]
    [InlineData("NO9386011117947", "NO***7947")]
    [InlineData("DE88370400440532013000", "***")]
    [InlineData("DE8937040044053201300", "***")]
    [InlineData("DE89-3704-0044-0532-0130-00", "***")]
    [InlineData("DE89  370400440532013000", "***")]
    [InlineData("DE89370400440532013000 ", "***")]
    [InlineData("IBAN DE89370400440532013000", "***")]
    [InlineData("", "")]
    public void Iban(string value, string masked) => Assert.Equal(masked, Mask.Apply(value, Mask.Iban));

    [Theory]
    [InlineData("192.0.2.55", "192.0.2.0")]
    [InlineData("2001:db8:1234:5678:9abc:def0:1234:5678", "2001:db8:1234::")]
    [InlineData("2001:0DB8:0000:5678:9abc:def0:1234:5678", "2001:db8::")]
    [InlineData("::ffff:192.0.2.55", "192.0.2.0")]
    [InlineData("::FFFF:C000:0237", "192.0.2.0")]
    [InlineData("2002:c000:0237::1", "2002:c000:200::")]
    [InlineData("64:ff9b::192.0.2.55", "64:ff9b::")]
    [InlineData("::1", "::")]
    [InlineData("1:2:3:4:5:6:7::", "1:2:3::")]
    [InlineData("1::2::3", "***")]
    [InlineData("::1:2:3:4:5:6:7:8", "***")]
    [InlineData("1:2:3:4:5:6:7:8:", "***")]
    [InlineData("12345::", "***")]
    [InlineData("1:2:3:4:5:6:7:1.2.3.4", "***")]
    [InlineData("192.0.2", "***")]
    [InlineData("192.0.2.055", "***")]
    [InlineData("192.0.2.256", "***")]
    [InlineData("192.0.2.55.1", "***")]
    [InlineData(".192.0.2", "***")]
    [InlineData("3221225985", "***")]
    [InlineData("0xC0.0.2.55", "***")]
    [InlineData("fe80::1%3", "***")]
    [InlineData("[::1]", "***")]
    [InlineData("192.0.2.55/24", "***")]
    public void Ip_address(string value, string masked) => Assert.Equal(masked, Mask.Apply(value, Mask.IpAddress));

    [Theory]
    [InlineData("192.0.2.55", 16, 48, "192.0.0.0")]
    [InlineData("192.0.2.55", 0, 0, "0.0.0.0")]
    [InlineData("2001:db8:1234:5678:9abc::", 24, 64, "2001:db8:1234:5678::")]
    [InlineData("2001:db8:1234:5678:9abc::", 24, 56, "2001:db8:1234:5600::")]
    [InlineData("2002:c000:0237:1:2::", 24, 64, "2002:c000:200::")]
    [InlineData("2002:c000:0237:1:2::", 8, 20, "2002:c000::")]
    public void Ip_address_by_bits(string value, int v4, int v6, string masked) => Assert.Equal(masked, Mask.Apply(value, new IpAddressMask(v4, v6)));

    [Theory]
    [InlineData("https://jane:pw@example.com/orders/7?token=x#top", "https://***@example.com/***?***#***", "https://***@example.com/orders/7?***#***", "https://***@***/***?***#***")]
    [InlineData("https://example.com", "https://example.com", "https://example.com", "https://***")]
    [InlineData("http://example.com:8080/", "http://example.com:8080/", "http://example.com:8080/", "http://***/")]
    [InlineData("https://example.com/a%20b", "https://example.com/***", "https://example.com/***", "https://***/***")]
    [InlineData("https://example.com/a;jsessionid=1", "https://example.com/***", "https://example.com/***", "https://***/***")]
    [InlineData("wss://[2001:db8::1]:443/x?", "wss://[2001:db8::1]:443/***?***", "wss://[2001:db8::1]:443/x?***", "wss://***/***?***")]
    [InlineData("https://example.com?jane@example.org", "https://example.com?***", "https://example.com?***", "https://***?***")]
    [InlineData("https://a@b@example.com/", "***", "***", "***")]
    [InlineData("https://example.com/#a#b", "***", "***", "***")]
    [InlineData("https://example.com\\@other.example/", "***", "***", "***")]
    [InlineData("mailto:jane@example.com", "***", "***", "***")]
    [InlineData("see https://example.com", "***", "***", "***")]
    [InlineData("https://example.com/ and more", "***", "***", "***")]
    [InlineData("https://exa%6Dple.com/", "***", "***", "***")]
    [InlineData("https://example..com/", "***", "***", "***")]
    [InlineData("https://:80/", "***", "***", "***")]
    [InlineData("https://", "***", "***", "***")]
    [InlineData("", "", "", "")]
    public void Url(string value, string masked, string withPath, string withoutHost)
    {
        Assert.Equal(masked, Mask.Apply(value, Mask.Url));
        Assert.Equal(withPath, Mask.Apply(value, new UrlMask { ShowPath = true }));
        Assert.Equal(withoutHost, Mask.Apply(value, new UrlMask { HideHost = true }));
    }

    [Theory]
    [InlineData(253, true)]
    [InlineData(254, false)]
    public void The_host_of_a_url_has_at_most_253_characters(int length, bool isShown)
    {
        var url = "https://" + new string('a', length) + ":80";
        Assert.Equal(isShown ? url : "***", Mask.Apply(url, Mask.Url));
    }

    [Theory]
    [InlineData("DE", "10115", "10***")]
    [InlineData("de", "10115", "10***")]
    [InlineData("FR", "75008", "75***")]
    [InlineData("AT", "1010", "1***")]
    [InlineData("GB", "SW1A 1AA", "SW***")]
    [InlineData("UK", "m11aa", "M***")]
    [InlineData("GB", "DN55 1PT", "DN***")]
    [InlineData("US", "94105", "941***")]
    [InlineData("US", "94105-1234", "941***")]
    [InlineData("US", "03601", "***")]
    [InlineData("US", "20301", "***")]
    [InlineData("US", "89301", "***")]
    [InlineData("CA", "K1A 0B6", "K***")]
    [InlineData("IE", "D6W X285", "D***")]
    [InlineData("NL", "1234ab", "12***")]
    [InlineData("PL", "00-950", "00***")]
    [InlineData("DE", "1010", "***")]
    [InlineData("DE", "101155", "***")]
    [InlineData("DE", "D-10115", "***")]
    [InlineData("GB", "SW1A  1AA", "***")]
    [InlineData("CN", "100000", "***")]
    public void Postcode(string country, string value, string masked) => Assert.Equal(masked, Mask.Apply(value, Mask.Postcode(country)));

    [Theory]
    [InlineData("DE", "Torstra\u00DFe 1, 10115 Berlin", "10***")]
    [InlineData("DE", "Jane Doe\r\nTorstra\u00DFe 1\r\n10115 Berlin\r\n", "10***")]
    [InlineData("GB", "10 Downing Street, London SW1A 2AA", "SW***")]
    [InlineData("US", "1 Main Street, Springfield, IL 62704", "627***")]
    [InlineData("US", "12345 Main Street, Springfield, IL 62704", "***")]
    [InlineData("US", "1 Main Street, VT 03601", "***")]
    [InlineData("DE", "Torstra\u00DFe 1, Berlin", "***")]
    [InlineData("DE", "Torstra\u00DFe 1, D-10115 Berlin", "***")]
    [InlineData("CN", "100000 Beijing", "***")]
    public void Postal_address(string country, string value, string masked)
    {
        Assert.Equal(masked, Mask.Apply(value, new PostalAddressMask(country)));
        Assert.Equal("***", Mask.Apply(value, Mask.PostalAddress));
    }

    [Theory]
    [InlineData("1984-07-15", "1984", "1984-Q3", "1984-07")]
    [InlineData("1984-07-15T10:20:30Z", "1984", "1984-Q3", "1984-07")]
    [InlineData("19841231", "1984", "1984-Q4", "1984-12")]
    [InlineData("1.2.1984", "1984", "1984-Q1", "1984-02")]
    [InlineData("15/07/1984", "1984", "1984-Q3", "1984-07")]
    [InlineData("07/15/1984 10:20 PM", "1984", "1984-Q3", "1984-07")]
    [InlineData("03/04/1984", "1984", "***", "***")]
    [InlineData("04/04/1984", "1984", "1984-Q2", "1984-04")]
    [InlineData("15 July 1984", "1984", "1984-Q3", "1984-07")]
    [InlineData("15. May 1984", "1984", "1984-Q2", "1984-05")]
    [InlineData("15-JUL-1984", "1984", "1984-Q3", "1984-07")]
    [InlineData("July 15, 1984", "1984", "1984-Q3", "1984-07")]
    [InlineData("1984-07", "1984", "1984-Q3", "1984-07")]
    [InlineData("1984-Q3", "1984", "1984-Q3", "1984-Q3")]
    [InlineData("1984", "1984", "1984", "1984")]
    [InlineData("1984-02-30", "***", "***", "***")]
    [InlineData("13/13/1984", "***", "***", "***")]
    [InlineData("15.07.84", "***", "***", "***")]
    [InlineData("4711", "***", "***", "***")]
    [InlineData("1799-12-31", "***", "***", "***")]
    [InlineData("15 Juli 1984", "***", "***", "***")]
    [InlineData("1984-07-15 at noon", "***", "***", "***")]
    [InlineData("15071984", "***", "***", "***")]
    public void Date(string value, string year, string quarter, string month)
    {
        Assert.Equal(year, Mask.Apply(value, Mask.Date(DatePrecision.Year)));
        Assert.Equal(quarter, Mask.Apply(value, Mask.Date(DatePrecision.Quarter)));
        Assert.Equal(month, Mask.Apply(value, Mask.Date(DatePrecision.Month)));
    }

    [Theory]
    [InlineData("47", 10, "40..49", "50")]
    [InlineData("50", 10, "50..59", "50")]
    [InlineData("44.99", 10, "40..49", "40")]
    [InlineData("-47", 10, "-50..-41", "-50")]
    [InlineData("-50", 10, "-50..-41", "-50")]
    [InlineData("-50.5", 10, "-60..-51", "-50")]
    [InlineData("-0.5", 10, "-10..-1", "0")]
    [InlineData("2.5", 5, "0..4", "5")]
    [InlineData("2.4", 5, "0..4", "0")]
    [InlineData("52340.10", 1000, "52000..52999", "52000")]
    [InlineData("999999999999999", 10, "999999999999990..999999999999999", "***")]
    [InlineData("1000000000000000", 10, "***", "***")]
    [InlineData("1,234", 10, "***", "***")]
    [InlineData("1e5", 10, "***", "***")]
    [InlineData("007", 10, "***", "***")]
    [InlineData("", 10, "", "")]
    public void Number(string value, long width, string bucket, string rounded)
    {
        Assert.Equal(bucket, Mask.Apply(value, Mask.Bucket(width)));
        Assert.Equal(rounded, Mask.Apply(value, Mask.Round(width)));
        Assert.Equal(value.Length == 0 ? "" : "***", Mask.Apply(value, default(NumberMask)));
    }

    [Fact]
    public void Null_is_empty_in_a_text_and_null_where_null_can_be_written()
    {
        Assert.Equal("", Mask.Apply("anything", Mask.Null));
        Assert.True(MaskSpecification.Parse("null").WritesNull);
        Assert.False(MaskSpecification.Parse("erase").WritesNull);
        Assert.False(MaskSpecification.Parse("clear").WritesNull);
    }

    [Theory]
    [InlineData(8, '*', false, "********0215")]
    [InlineData(1, '#', false, "#0215")]
    [InlineData(8, 'x', true, "xxxxxxxxxx0215")]
    public void Keep_with_other_mask_characters(int length, char character, bool preserve, string masked) =>
        Assert.Equal(masked, Mask.Apply("customer-70215", new KeepMask(0, 4) { MaskLength = length, MaskCharacter = character, PreserveLength = preserve }));

    [Fact]
    public void A_mask_that_cannot_be_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new IpAddressMask(25, 48));
        Assert.Throws<ArgumentOutOfRangeException>(() => new IpAddressMask(-1, 48));
        Assert.Throws<ArgumentOutOfRangeException>(() => new IpAddressMask(24, 65));
        Assert.Throws<ArgumentOutOfRangeException>(() => new IpAddressMask(24, -1));
        Assert.Throws<ArgumentException>(() => Mask.Postcode("DEU"));
        Assert.Throws<ArgumentException>(() => Mask.Postcode("4\u00C4"));
        Assert.Throws<ArgumentNullException>(() => Mask.Postcode(null!));
        Assert.Throws<ArgumentException>(() => new PostalAddressMask(""));
        Assert.Throws<ArgumentOutOfRangeException>(() => Mask.Date((DatePrecision)3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Mask.Bucket(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Mask.Round(1_000_000_000_001));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NumberMask(10, (NumberForm)2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeepMask(0, 4) { MaskLength = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeepMask(0, 4) { MaskLength = 65 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeepMask(0, 4) { MaskCharacter = ' ' });
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeepMask(0, 4) { MaskCharacter = '\u2022' });
    }
}
