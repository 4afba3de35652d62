using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Tests.Identifiers;

public class E164PhoneTests : IdentifierContract<E164Phone>
{
    /// <summary>Text, stated country, normal form.</summary>
    public static TheoryData<string, string, string> National => new()
    {
        { "030 901820", "DE", "+4930901820" },
        { "030/90 18-20", "de", "+4930901820" },
        { "(0170) 123 45 67", " DE ", "+491701234567" },
        { "0049 30 901820", "DE", "+4930901820" },
        { "0049 (0)30 901820", "DE", "+4930901820" },
        { "0033 1 42 68 53 00", "DE", "+33142685300" },
        { "+33 1 42 68 53 00", "DE", "+33142685300" },
        { "+33 1 42 68 53 00", "Germany", "+33142685300" },
        { "01 42 68 53 00", "FR", "+33142685300" },
        { "06.12.34.56.78", "FR", "+33612345678" },
        { "020 7946 0958", "GB", "+442079460958" },
        { "(020) 7946-0958", "GB", "+442079460958" },
        { "07700 900123", "GB", "+447700900123" },
        { "(212) 555-0123", "US", "+12125550123" },
        { "1-212-555-0123", "US", "+12125550123" },
        { "212.555.0123", "CA", "+12125550123" },
        { "011 49 30 901820", "US", "+4930901820" },
        { "(11) 98765-4321", "BR", "+5511987654321" },
        { "011 98765-4321", "BR", "+5511987654321" },
        { "(21) 3456-7890", "BR", "+552134567890" },
        { "01 5880 0100", "AT", "+43158800100" },
        { "044 668 18 00", "CH", "+41446681800" },
        { "06 698 12345", "IT", "+390669812345" },
        { "347 123 4567", "IT", "+393471234567" },
        { "912 345 678", "ES", "+34912345678" },
        { "512 345 678", "ES", "+34512345678" },
        { "32 12 34 56", "DK", "+4532123456" },
        { "22 12 34 56", "NO", "+4722123456" },
        { "22 123 45 67", "PL", "+48221234567" },
        { "21 123 4567", "PT", "+351211234567" },
        { "01 677 1234", "IE", "+35316771234" },
        { "020 555 1234", "NL", "+31205551234" },
        { "02 555 12 34", "BE", "+3225551234" },
        { "08-123 456 78", "SE", "+46812345678" },
    };

    /// <summary>Text and stated country.</summary>
    public static TheoryData<string, string?> RefusedNational => new()
    {
        { "030 901820", null },
        { "030 901820", "" },
        { "030 901820", "Germany" },
        { "030 901820", "XX" },
        { "030 901820", "UK" },
        { "0049 30 901820", null },
        { "0049 30 901820", "XX" },
        { "0049 30 901820", "US" },
        { "0055 11 98765 4321", "BR" },
        { "0 21 11 98765-4321", "BR" },
        { "30 901820", "DE" },
        { "00", "DE" },
        { "0", "DE" },
        { "0 0301", "DE" },
        { "112", "DE" },
        { "1 42 68 53 00", "FR" },
        { "01 42 68 53", "FR" },
        { "01 42 68 53 00 11", "FR" },
        { "7946 0958", "GB" },
        { "020 7946 0958 123", "GB" },
        { "555-0123", "US" },
        { "112-555-0123", "US" },
        { "2-212-555-0123", "US" },
        { "1", "US" },
        { "98765-4321", "BR" },
        { "030 (0) 901820", "DE" },
        { "(0)30 901820", "US" },
        { "0 912 345 678", "ES" },
        { "412 345 678", "ES" },
        { "12 34 56 78", "DK" },
        { "00 06 698 12345", "IT" },
    };

    protected override IEnumerable<(string Input, string Normal)> Accepted =>
    [
        ("+4930901820", "+4930901820"),
        (" +49 30 901820 ", "+4930901820"),
        ("+49\u00A030\u00A0901820", "+4930901820"),
        ("+49-30-901820", "+4930901820"),
        ("+49.30.90.18.20", "+4930901820"),
        ("+49/30/901820", "+4930901820"),
        ("(+49) 30 901820", "+4930901820"),
        ("+49 (30) 901820", "+4930901820"),
        ("+49 (0)30 901820", "+4930901820"),
        ("+49(0)30/901820", "+4930901820"),
        ("+44 (0) 20 7946 0958", "+442079460958"),
        ("+1 (212) 555-0123", "+12125550123"),
        ("+39 06 698 12345", "+3906698" + "12345"),
        ("+7 495 123-45-67", "+74951234567"),
        ("+86 10 6552 9988", "+861065529988"),
        ("+290 2234", "+2902234"),
        ("+999 123 456 789 012", "+999123456789012"),
        ("+55 11 98765-4321", "+5511987654321"),
    ];

    protected override IEnumerable<string> Refused =>
    [
        "", " ", "+", "-", "()", "4930901820", "030 901820", "0049 30 901820", "+0 30 901820 11", "+049 30 901820", "++49 30 901820",
        "+49+30901820", "49+30901820", "+49 30 901820 ext. 5", "+49 30 901820x5", "+1 800 FLOWERS", "+49 030 901820", "+44 020 7946 0958",
        "+33 1 42 68 53", "+1 212 555 012", "+1 112 555 0123", "+39 (0)6 698 12345", "+7 (0)495 123-45-67", "+49 30 (0) 901820", "+49 (0)(0)30 901820",
        "+123456", "+1234567890123456", "+999 1234567890123", "+\u0664\u0669 30 901820", "\uFF0B49 30 901820", "+49\u202F30\u202F901820",
        "+49\u201330\u2013901820", "+49,30901820", "tel:+4930901820", "+49 30 901820;", "+49\t30 901820", "+" + new string(' ', 70) + "4930901820",
    ];

    protected override E164Phone Parse(string text) => E164Phone.Parse(text);

    protected override bool TryParse(string? text, out E164Phone value) => E164Phone.TryParse(text, out value);

    [Theory]
    [MemberData(nameof(National))]
    public void A_national_number_needs_its_country(string text, string country, string expected) =>
        Assert.Equal(expected, E164Phone.Parse(text, country).Value);

    [Theory]
    [MemberData(nameof(RefusedNational))]
    public void What_is_not_dialed_so_in_the_stated_country_is_refused(string text, string? country)
    {
        Assert.False(E164Phone.TryParse(text, country, out var value, out var fault));
        Assert.Equal(default, value);
        Assert.True(text.Length < 4 || !fault!.Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_table_of_countries_is_the_documented_one()
    {
        Assert.Equal("AT,BE,BR,CA,CH,DE,DK,ES,FR,GB,IE,IT,NL,NO,PL,PT,SE,US", string.Join(',', PhonePlan.Plans.Select(plan => plan.Country)));
        Assert.All(PhonePlan.Plans, plan => Assert.True(plan.CallingCode.Length + plan.MinLength >= 7 && plan.CallingCode.Length + plan.MaxLength <= 15));
    }
}
