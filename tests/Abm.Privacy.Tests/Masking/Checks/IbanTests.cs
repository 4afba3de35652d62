using System.Globalization;
using System.Numerics;
using System.Text;
using Abm.Privacy.Masking.Checks;

namespace Abm.Privacy.Tests.Masking.Checks;

public sealed class IbanTests
{
    /// <summary>The example of each country, as the registry prints it.</summary>
    public static readonly string[] Examples =
    [
        "AD1200012030200359100100", "AE070331234567890123456", "AL47212110090000000235698741", "AT611904300234573201",
        "AZ21NABZ00000000137010001944", "BA391290079401028494", "BE68539007547034", "BG80BNBG96611020345678",
        "BH67BMAG00001299123456", "BI4210000100010000332045181", "BR1800360305000010009795493C1", "BY13NBRB3600900000002Z00AB00",
        "CH9300762011623852957", "CR05015202001026284066", "CY17002001280000001200527600", "CZ6508000000192000145399",
        "DE89370400440532013000", "DK5000400440116243", "DO28BAGR00000001212453611324", "EE382200221020145685",
        "EG380019000500000000263180002", "ES9121000418450200051332", "FI2112345600000785", "FO6264600001631634",
        "FR1420041010050500013M02606", "GB29NWBK60161331926819", "GE29NB0000000101904917", "GI75NWBK000000007099453",
        "GL8964710001000206", "GR1601101250000000012300695", "GT82TRAJ01020000001210029690", "HR1210010051863000160",
        "HU42117730161111101800000000", "IE29AIBK93115212345678", "IL620108000000099999999", "IQ98NBIQ850123456789012",
        "IS140159260076545510730339", "IT60X0542811101000000123456", "JO94CBJO0010000000000131000302", "KW81CBKU0000000000001234560101",
        "KZ86125KZT5004100100", "LB62099900000001001901229114", "LC55HEMM000100010012001200023015", "LI21088100002324013AA",
        "LT121000011101001000", "LU280019400644750000", "LV80BANK0000435195001", "MC5811222000010123456789030",
        "MD24AG000225100013104168", "ME25505000012345678951", "MK07250120000058984", "MR1300020001010000123456753",
        "MT84MALT011000012345MTLCAST001S", "MU17BOMM0101101030300200000MUR", "NL91ABNA0417164300", "NO9386011117947",
        "PK36SCBL0000001123456702", "PL61109010140000071219812874", "PS92PALS000000000400123456702", "PT50000201231234567890154",
        "QA58DOHB00001234567890ABCDEFG", "RO49AAAA1B31007593840000", "RS35260005601001611379", "RU0304452522540817810538091310419",
        "SA0380000000608010167519", "SC18SSCB11010000000000001497USD", "SE4550000000058398257466", "SI56263300012039086",
        "SK3112000000198742637541", "SM86U0322509800000000270100", "ST23000100010051845310146", "SV62CENR00000000000000700025",
        "TL380080012345678910157", "TN5910006035183598478831", "TR330006100519786457841326", "UA213223130000026007233566001",
        "VA59001123000012345678", "VG96VPVG0000012345678901", "XK051212012345678906",
    ];

    public static TheoryData<string> AllExamples => [.. Examples];

    [Theory]
    [MemberData(nameof(AllExamples))]
    public void The_registrys_example_of_a_country_is_valid(string iban)
    {
        Assert.True(IsValid(iban));
        Assert.Equal(iban.Length, Iban.LengthOf((byte)iban[0], (byte)iban[1]));
        Assert.False(IsValid(iban[..^1]));
        Assert.False(IsValid(iban + "0"));
    }

    [Fact]
    public void Eighty_nine_countries_have_a_length_and_no_other_letters_do()
    {
        var countries = new List<string>();
        for (var both = 0; both < 65_536; both++)
        {
            var length = Iban.LengthOf((byte)(both >> 8), (byte)both);
            if (length != 0)
            {
                Assert.InRange(length, Iban.MinLength, Iban.MaxLength);
                countries.Add($"{(char)(both >> 8)}{(char)(both & 255)}");
            }
        }

        Assert.Equal(89, countries.Count);
        Assert.All(countries, country => Assert.True(country.All(char.IsAsciiLetterUpper)));
        Assert.Superset(Examples.Select(example => example[..2]).ToHashSet(), countries.ToHashSet());
    }

    [Theory]
    [InlineData("")]
    [InlineData("DE")]
    [InlineData("de89370400440532013000")]
    [InlineData("DE8937040044053201300O")]
    [InlineData("DE89 3704 0044 0532 0130 00")]
    [InlineData("ZZ89370400440532013000")]
    [InlineData("DEX9370400440532013000")]
    [InlineData("FR1420041010050500013m02606")]
    [InlineData("FR1420041010050500013\u010402606")]
    public void Another_text_is_not(string text) => Assert.False(IsValid(text));

    [Theory]
    [MemberData(nameof(AllExamples))]
    public void Any_other_character_at_any_place_makes_it_invalid(string iban)
    {
        var text = Encoding.ASCII.GetBytes(iban);
        for (var i = 0; i < text.Length; i++)
        {
            var right = text[i];
            for (var value = 0; value < 256; value++)
            {
                text[i] = (byte)value;
                Assert.Equal(IsValidSlowly(text), Iban.IsValid(text));
                if (i >= 2 && value is >= '0' and <= '9' && right is >= (byte)'0' and <= (byte)'9')
                {
                    Assert.Equal(value == right, Iban.IsValid(text));
                }
            }

            text[i] = right;
        }
    }

    [Fact]
    public void Of_the_hundred_check_digits_only_the_one_that_the_standard_computes_is_valid()
    {
        foreach (var example in Examples)
        {
            var valid = Enumerable.Range(0, 100).Count(check => IsValid($"{example[..2]}{check:00}{example[4..]}"));
            Assert.Equal(1, valid);
        }
    }

    /// <summary>The check as the standard words it, with big integers.</summary>
    private static bool IsValidSlowly(ReadOnlySpan<byte> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterUpper((char)c) && !char.IsAsciiDigit((char)c))
            {
                return false;
            }
        }

        var digits = new StringBuilder();
        foreach (var c in text[4..].ToArray().Concat(text[..4].ToArray()))
        {
            digits.Append(CultureInfo.InvariantCulture, $"{(c <= '9' ? c - '0' : c - 'A' + 10)}");
        }

        return char.IsAsciiDigit((char)text[2]) && char.IsAsciiDigit((char)text[3])
            && Iban.LengthOf(text[0], text[1]) == text.Length
            && ((text[2] - '0') * 10 + text[3] - '0') is >= 2 and <= 98
            && BigInteger.Parse(digits.ToString(), CultureInfo.InvariantCulture) % 97 == 1;
    }

    private static bool IsValid(string text) => Iban.IsValid(Encoding.UTF8.GetBytes(text));
}
