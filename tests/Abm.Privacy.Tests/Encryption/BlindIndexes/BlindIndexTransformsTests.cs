using System.Globalization;
using System.Reflection;
using System.Text;
using Abm.Privacy.Encryption.BlindIndexes;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Tests.Support;
using static Abm.Privacy.Tests.Encryption.BlindIndexes.TestIndexes;

namespace Abm.Privacy.Tests.Encryption.BlindIndexes;

/// <summary>
/// The frozen outputs of the ready transforms. A change here means that stored index values no longer match: it needs a
/// transform with a new version beside the old one.
/// </summary>
public class BlindIndexTransformsTests
{
    /// <summary>A byte-order mark read the wrong way round: the platform refuses it in every text.</summary>
    private const int NoCharacter = 0xFFFE;

    private static readonly E164Phone Phone = E164Phone.Parse("+49 30 901820");

    [Fact]
    public void Every_transform_has_its_frozen_id_and_stands_on_the_normalizers_that_it_was_frozen_with()
    {
        string[] ids =
        [
            BlindIndexTransforms.Email.Id, BlindIndexTransforms.EmailDomain.Id, BlindIndexTransforms.Phone.Id, BlindIndexTransforms.PhoneLast4.Id,
            BlindIndexTransforms.Domain.Id, BlindIndexTransforms.Text.Id, BlindIndexTransforms.Words.Id, BlindIndexTransforms.Prefix(3).Id, BlindIndexTransforms.Exact<DomainName>().Id,
        ];

        Assert.Equal(["email-v1", "email-domain-v1", "phone-v1", "phone-last4-v1", "domain-v1", "text-v1", "words-v1", "prefix3-v1", "domain-v1"], ids);
        Assert.Equal(("email-v1", "phone-v1", "domain-v1"), (EmailAddress.Normalizer, E164Phone.Normalizer, DomainName.Normalizer));
        Assert.Equal(ids.Length, typeof(BlindIndexTransforms).GetMethods(BindingFlags.Public | BindingFlags.Static).Length);
    }

    [Fact]
    public void Identifiers_are_indexed_in_their_normal_form()
    {
        Assert.Equal("jane.doe@example.com", Normal(BlindIndexTransforms.Email, Email(" Jane.Doe@Example.COM ")));
        Assert.Equal("example.com", Normal(BlindIndexTransforms.EmailDomain, Email("Jane.Doe@Example.COM")));
        Assert.Equal("xn--bcher-kva.example", Normal(BlindIndexTransforms.EmailDomain, Email("jane@BÜCHER.example")));
        Assert.Equal("xn--bcher-kva.example", BlindIndexTransforms.EmailDomain.NormalizePart(DomainName.Parse("bücher.example")));
        Assert.Equal("+4930901820", Normal(BlindIndexTransforms.Phone, Phone));
        Assert.Equal("1820", Normal(BlindIndexTransforms.PhoneLast4, Phone));
        Assert.Equal("1820", BlindIndexTransforms.PhoneLast4.NormalizePart(" 1820 "));
        Assert.Equal("example.com", Normal(BlindIndexTransforms.Domain, DomainName.Parse("Example.com.")));
    }

    [Theory]
    [InlineData("182")]
    [InlineData("01820")]
    [InlineData("18 20")]
    [InlineData("182a")]
    [InlineData("١٨٢٠")]
    [InlineData("")]
    public void Anything_but_four_digits_is_no_end_of_a_phone_number(string part)
    {
        var error = Assert.Throws<PrivacyException>(() => ByLast4.FindPart(part));

        Assert.Equal(PrivacyErrorCode.IdentifierInvalid, error.Code);
        Assert.True(part.Length == 0 || !error.Message.Contains(part, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("  Jane \t DOE ", "jane doe")]
    [InlineData("ＡＣＭＥ　Ⅳ", "acme iv")]
    [InlineData("ﬁrst", "first")]
    [InlineData("U\u0308NAL", "ünal")]
    [InlineData("ΟΔΥΣΣΕΥΣ", "οδυσσευσ")]
    [InlineData("Οδυσσευς", "οδυσσευσ")]
    [InlineData("Straße", "straße")]
    [InlineData("İstanbul ISTANBUL", "İstanbul istanbul")]
    [InlineData("Jo\u00ADhn\u200B Doe", "john doe")]
    [InlineData("\U00010400", "\U00010428")]
    [InlineData("\uFDFA", "صلى الله عليه وسلم")]
    public void Text_is_folded_composed_and_trimmed(string text, string expected)
    {
        Assert.Equal(expected, Normal(BlindIndexTransforms.Text, text));
    }

    [Fact]
    public void The_normal_form_of_a_normal_form_is_itself_for_every_character()
    {
        var different = new List<string>();
        var last = Soak.IsOn ? 0x10FFFF : 0x1FFFF; // the rest is ideographs
        for (var point = 1; point <= last; point++)
        {
            if (!Rune.IsValid(point) || point == NoCharacter)
            {
                continue;
            }

            var text = $"x{new Rune(point)}y";
            var once = Normal(BlindIndexTransforms.Text, text);
            if (Normal(BlindIndexTransforms.Text, once) != once || Normal(BlindIndexTransforms.Text, text + "\u0301\u0323") is var marked && Normal(BlindIndexTransforms.Text, marked) != marked)
            {
                different.Add(point.ToString("X4", CultureInfo.InvariantCulture));
            }
        }

        Assert.Empty(different);
        Assert.ThrowsAny<ArgumentException>(() => Normal(BlindIndexTransforms.Text, $"x{(char)NoCharacter}y"));
    }

    [Theory]
    [InlineData(3, "Jane Doe", "jan")]
    [InlineData(3, "Jo", "jo")]
    [InlineData(3, "Jo Doe", "jo")]
    [InlineData(4, "Jo Doe", "jo d")]
    [InlineData(3, "🦊🦊🦊🦊", "🦊🦊🦊")]
    [InlineData(3, "A\u0308bcd", "äbc")]
    [InlineData(3, "ﬁnn", "fin")]
    [InlineData(64, "Jane Doe", "jane doe")]
    public void A_prefix_is_cut_at_code_points_of_the_normal_text(int length, string text, string expected)
    {
        Assert.Equal(expected, Normal(BlindIndexTransforms.Prefix(length), text));
        Assert.Equal($"prefix{length}-v1", BlindIndexTransforms.Prefix(length).Id);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65)]
    public void A_prefix_has_1_to_64_characters(int length)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => BlindIndexTransforms.Prefix(length));
    }

    [Theory]
    [InlineData("Acme Software GmbH & Co. KG", "acme|co|gmbh|kg|software")]
    [InlineData("O'Brien-Smith, Anne", "anne|brien|o|smith")]
    [InlineData("acme ACME Ａｃｍｅ", "acme")]
    [InlineData("3M 24/7", "24|3m|7")]
    [InlineData("北京 公司", "公司|北京")]
    [InlineData("हिन्दी", "हिन्दी")]
    [InlineData(" -- 🦊 ", "")]
    [InlineData("", "")]
    public void Words_are_runs_of_letters_digits_and_marks(string text, string expected)
    {
        Assert.Equal(expected, string.Join('|', BlindIndexTransforms.Words.Tokenize(text).Order(StringComparer.Ordinal)));
    }

    private static string Normal<TValue>(IBlindIndexTransform<TValue> transform, TValue value)
        where TValue : notnull
    {
        var buffer = new char[transform.GetMaxLength(value)];
        return new string(buffer, 0, transform.Normalize(value, buffer));
    }
}
