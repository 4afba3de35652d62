using System.Text.Json;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Tests.Identifiers;

public class DomainNameTests : IdentifierContract<DomainName>
{
    private static readonly string Label63 = new('a', 63);

    protected override IEnumerable<(string Input, string Normal)> Accepted =>
    [
        ("Example.COM", "example.com"),
        (" example.com ", "example.com"),
        ("example.com.", "example.com"),
        ("example.com\u3002", "example.com"),
        ("example\uFF0Ecom", "example.com"),
        ("TITIL.IT", "titil.it"),
        ("b\u00FCcher.example", "xn--bcher-kva.example"),
        ("B\u00DCCHER.example", "xn--bcher-kva.example"),
        ("bu\u0308cher.example", "xn--bcher-kva.example"),
        ("XN--BCHER-KVA.example", "xn--bcher-kva.example"),
        ("fa\u00DF.de", "xn--fa-hia.de"),
        ("fass.de", "fass.de"),
        ("\u0130stanbul.com", "xn--istanbul-o0e.com"),
        ("\u043F\u0440\u0438\u043C\u0435\u0440.\u0440\u0444", "xn--e1afmkfd.xn--p1ai"),
        ("\u03B2\u03CC\u03BB\u03BF\u03C2.com", "xn--nxasmm1c.com"),
        ("\u4F8B\u5B50.\u6D4B\u8BD5", "xn--fsqu00a.xn--0zwm56d"),
        ("\u2615.example", "xn--53h.example"),
        ("exa\u00ADmple.com", "example.com"),
        ("\uFF45\uFF58.com", "ex.com"),
        ("a.b.c.d.e", "a.b.c.d.e"),
        ("1.2.3.4.a", "1.2.3.4.a"),
        ("3com.com", "3com.com"),
        ("r3---sn-a5m.example.com", "r3---sn-a5m.example.com"),
        ("a-b.c-d", "a-b.c-d"),
        (Label63 + ".com", Label63 + ".com"),
        ($"{Label63}.{Label63}.{Label63}.{Label63[..61]}", $"{Label63}.{Label63}.{Label63}.{Label63[..61]}"),
    ];

    protected override IEnumerable<string> Refused =>
    [
        "", ".", "..", "com", "com.", "localhost", ".example.com", "example..com", "example.com..", "-example.com", "example-.com",
        "a\u0378b.example", "exa_mple.com", "exa mple.com", "example.com/path", "https://example.com", "example.com:443", "user@example.com", "*.example.com",
        "127.0.0.1", "example.123", "[::1]", Label63 + "a.com", $"{Label63}.{Label63}.{Label63}.{Label63[..62]}",
        "xn--.com", "xn--a.com", "xn--abc-.com", "xn--bcher-kva9.com", "exa\u2026mple.com", "exa\uD800mple.com", "exa\u0000mple.com", "\u00AD.com", "a\u2488.com",
        new string('a', 2000),
    ];

    protected override bool IsPersonal => false;

    protected override DomainName Parse(string text) => DomainName.Parse(text);

    protected override bool TryParse(string? text, out DomainName value) => DomainName.TryParse(text, out value);

    [Fact]
    public void A_domain_shows_itself_and_is_a_string_in_JSON()
    {
        var domain = DomainName.Parse("Example.com");

        Assert.Equal("example.com", domain.ToString());
        Assert.Equal("\"example.com\"", JsonSerializer.Serialize(domain));
        Assert.Equal(domain, JsonSerializer.Deserialize<DomainName>("\"EXAMPLE.com\""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<DomainName>("\"example\""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<DomainName>("{}"));
    }
}
