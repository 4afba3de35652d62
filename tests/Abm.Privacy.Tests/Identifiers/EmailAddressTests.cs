using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Tests.Identifiers;

public class EmailAddressTests : IdentifierContract<EmailAddress>
{
    protected override IEnumerable<(string Input, string Normal)> Accepted =>
    [
        ("Jane.Doe@Example.com", "jane.doe@example.com"),
        ("  jane@example.com\t\r\n", "jane@example.com"),
        ("\u00A0jane@example.com\u00A0", "jane@example.com"),
        ("IT@INFO.IT", "it@info.it"),
        ("j.a.n.e@gmail.com", "j.a.n.e@gmail.com"),
        ("Jane+News@gmail.com", "jane+news@gmail.com"),
        ("jane@googlemail.com", "jane@googlemail.com"),
        ("jane@example.com.", "jane@example.com"),
        ("jane@EXAMPLE.CO.UK", "jane@example.co.uk"),
        ("jane@b\u00FCcher.example", "jane@xn--bcher-kva.example"),
        ("jane@BU\u0308CHER.example", "jane@xn--bcher-kva.example"),
        ("jane@xn--bcher-kva.example", "jane@xn--bcher-kva.example"),
        ("jane@stra\u00DFe.de", "jane@xn--strae-oqa.de"),
        ("\u0418\u0412\u0410\u041D@\u043F\u0440\u0438\u043C\u0435\u0440.\u0440\u0444", "\u0438\u0432\u0430\u043D@xn--e1afmkfd.xn--p1ai"),
        ("\u0393\u0399\u03A9\u03A1\u0393\u039F\u03A3@example.gr", "\u03B3\u03B9\u03C9\u03C1\u03B3\u03BF\u03C3@example.gr"),
        ("J\u00DCRGEN@example.de", "j\u00FCrgen@example.de"),
        ("ju\u0308rgen@example.de", "ju\u0308rgen@example.de"),
        ("\u7530\u4E2D@example\u3002jp", "\u7530\u4E2D@example.jp"),
        ("\u0130pek@example.com", "\u0130pek@example.com"),
        ("\u212Aelvin@example.com", "kelvin@example.com"),
        ("\U0001F600@example.com", "\U0001F600@example.com"),
        ("o'brien@example.ie", "o'brien@example.ie"),
        ("a!#$%&'*+-/=?^_`{|}~z@example.com", "a!#$%&'*+-/=?^_`{|}~z@example.com"),
        ("_@example.com", "_@example.com"),
        ("1234@example.com", "1234@example.com"),
        ("a@b.co", "a@b.co"),
        ("jane@a-b.example.museum", "jane@a-b.example.museum"),
        ("jane@ab--cd.com", "jane@ab--cd.com"),
        ("jane@127.example", "jane@127.example"),
        (new string('a', 64) + "@example.com", new string('a', 64) + "@example.com"),
        ("jane@\uFF45\uFF58\uFF41\uFF4D\uFF50\uFF4C\uFF45.com", "jane@example.com"),
    ];

    protected override IEnumerable<string> Refused =>
    [
        "", "   ", "jane", "jane.example.com", "@example.com", "jane@", "jane@@example.com", "jane@doe@example.com",
        "jane@localhost", "jane@[127.0.0.1]", "jane@127.0.0.1", "\"jane doe\"@example.com", "\"jane\"@example.com",
        "Jane Doe <jane@example.com>", "jane doe@example.com", "jane@ example.com", "jane @example.com", "jane@exa mple.com",
        ".jane@example.com", "jane.@example.com", "jane..doe@example.com", "jane@example..com", "jane@.example.com",
        "jane@-example.com", "jane@example-.com", "jane@exa_mple.com", "jane@example.com..", "jane,doe@example.com",
        "jane(work)@example.com", "jane:doe@example.com", "jane;doe@example.com", "mailto:jane@example.com", "jane\\doe@example.com",
        "jane\u200Bdoe@example.com", "\uFEFFjane@example.com", "jane\u0000@example.com", "jane\u0085x@example.com", "ja\uFFFDne@example.com",
        "ja\uD800ne@example.com", "ja\uE000ne@example.com", "ja\u0378ne@example.com", "jane\uFF20example.com", "jane@xn--a.example", "jane@xn--abc-.example",
        new string('a', 65) + "@example.com", new string('\u00FC', 33) + "@example.com",
        "jane@" + string.Join('.', Enumerable.Repeat(new string('a', 60), 4)) + ".example.com",
        "jane@" + new string('a', 64) + ".com", new string(' ', 2000) + "jane@example.com",
    ];

    protected override EmailAddress Parse(string text) => EmailAddress.Parse(text);

    protected override bool TryParse(string? text, out EmailAddress value) => EmailAddress.TryParse(text, out value);

    [Fact]
    public void Local_part_and_domain_are_those_of_the_normal_form()
    {
        var address = EmailAddress.Parse(" Jane+News@B\u00FCcher.example");

        Assert.Equal(("jane+news", DomainName.Parse("b\u00FCcher.example")), (address.LocalPart, address.Domain));
    }

    [Theory]
    [InlineData(254, true)]
    [InlineData(255, false)]
    public void An_address_has_at_most_254_bytes(int length, bool accepted)
    {
        var domain = string.Join('.', Enumerable.Repeat(new string('b', 60), 3)) + ".co"; // 185 bytes
        var address = new string('a', length - 186 - 5) + "@cccc." + domain;

        Assert.Equal(length, address.Length);
        Assert.Equal(accepted, EmailAddress.TryParse(address, out _));
    }

    [Theory]
    [InlineData("info@example.com", true)]
    [InlineData("SALES@example.com", true)]
    [InlineData("No-Reply@example.com", true)]
    [InlineData("B\u00FCro@example.de", true)]
    [InlineData("info+fair@example.com", true)]
    [InlineData("informatics@example.com", false)]
    [InlineData("jane.info@example.com", false)]
    [InlineData("+info@example.com", false)]
    public void A_role_address_is_recognized_by_its_whole_local_part(string text, bool expected) =>
        Assert.Equal(expected, EmailAddress.Parse(text).IsRoleAddress);

    [Fact]
    public void The_fault_says_why_and_is_null_for_an_accepted_text()
    {
        Assert.False(EmailAddress.TryParse("jane", out _, out var fault));
        Assert.Contains("'@'", fault, StringComparison.Ordinal);
        Assert.True(EmailAddress.TryParse("jane@example.com", out _, out fault));
        Assert.Null(fault);
    }
}
