using Abm.Privacy.Masking;

namespace Abm.Privacy.Tests.Masking;

public class MaskExamples
{
    [Theory]
    [InlineData("jane.doe@example.com", "j***@example.com")]
    [InlineData("j@example.com", "***@example.com")]
    [InlineData("jd@example.com", "j***@example.com")]
    [InlineData("JANE+news_1@Mail.Example.COM", "J***@Mail.Example.COM")]
    [InlineData("a@b.co", "***@b.co")]
    [InlineData("ab@b.c", "a***@b.c")]
    [InlineData("*hidden@example.com", "***@example.com")]
    [InlineData("jane.doe@xn--mller-kva.example", "j***@xn--mller-kva.example")]
    [InlineData("jane@m\u00FCller.example", "j***@m\u00FCller.example")]
    [InlineData("\u00E9lodie@example.com", "\u00E9***@example.com")]
    [InlineData("e\u0301lodie@example.com", "e\u0301***@example.com")]
    [InlineData("e\u0301@example.com", "***@example.com")]
    [InlineData("firstname.lastname@subsidiary.of.a.long.company.example", "f***@subsidiary.of.a.long.company.example")]
    [InlineData("a.local.part.of.more.than.sixty.four.characters.is.an.address.too@example.com", "a***@example.com")]
    [InlineData("", "")]
    [InlineData("jane.doe", "***")]
    [InlineData("@example.com", "***")]
    [InlineData("jane.doe@", "***")]
    [InlineData("jane.doe@example", "***")]
    [InlineData("jane@doe@example.com", "***")]
    [InlineData("\"jane doe\"@example.com", "***")]
    [InlineData("jane doe@example.com", "***")]
    [InlineData("Jane Doe <jane@example.com>", "***")]
    [InlineData("jane@example.com,john@example.com", "***")]
    [InlineData("jane@example..com", "***")]
    [InlineData("jane@.example.com", "***")]
    [InlineData("jane@example.com.", "***")]
    [InlineData("jane@192.168.10.20", "***")]
    [InlineData("jane@exam_ple.com", "***")]
    [InlineData("jane.doe@example.com and more", "***")]
    [InlineData("jane.doe@\u0301example.com", "***")]
    [InlineData("jane\u0600@example.com", "***")]
    [InlineData("jane\u0000doe@example.com", "***")]
    public void Email(string value, string masked) => Assert.Equal(masked, Mask.Apply(value, Mask.Email));

    [Theory]
    [InlineData(253, "j***@")]
    [InlineData(254, "***")]
    public void The_domain_of_an_address_has_at_most_253_characters(int length, string start)
    {
        var domain = string.Join('.', Enumerable.Repeat(new string('a', 60), 4)) + "." + new string('b', length - 244);

        Assert.Equal(start.EndsWith('@') ? start + domain : start, Mask.Apply("jane@" + domain, Mask.Email));
    }

    [Theory]
    [InlineData("1234 5678 901")]
    [InlineData("123-4567-8901")]
    public void A_number_of_11_digits_is_no_card_whatever_its_separators(string value) =>
        Assert.Equal("***", Mask.Apply(value, Mask.PaymentCard));

    [Theory]
    [InlineData("+49 170 1234567", "***67")]
    [InlineData("(555) 123-4567", "***67")]
    [InlineData("0170/123.45.6-7", "***67")]
    [InlineData("1234567", "***67")]
    [InlineData("123456", "***")]
    [InlineData("1234567890123456789", "***")]
    [InlineData("555-1234 ext. 9", "***")]
    [InlineData("170+1234567", "***")]
    [InlineData("\u0661\u0662\u0663\u0664\u0665\u0666\u0667", "***")]
    [InlineData("+49\u00A0170 1234567", "***")]
    public void Phone(string value, string masked) => Assert.Equal(masked, Mask.Apply(value, Mask.Phone));

    [Theory]
    [InlineData("+49 170 1234567", 4, "***4567")]
    [InlineData("12345678", 4, "***5678")]
    [InlineData("1234567", 4, "***")]
    [InlineData("1234567", 3, "***567")]
    public void Phone_with_more_digits(string value, int digits, string masked) => Assert.Equal(masked, Mask.Apply(value, new PhoneMask(digits)));

    [Theory]
    [InlineData("Jane Doe", "J*** D***")]
    [InlineData("Jane van Doe", "J*** v*** D***")]
    [InlineData("  Jane \t Doe ", "J*** D***")]
    [InlineData("Jane D", "J*** ***")]
    [InlineData("Anne-Marie O'Neill", "A*** O***")]
    [InlineData("X", "***")]
    [InlineData("   ", "***")]
    [InlineData("\u674E\u660E", "\u674E***")]
    [InlineData("\u0415\u043B\u0435\u043D\u0430", "\u0415***")]
    [InlineData("e\u0301milie", "e\u0301***")]
    [InlineData("\U0001F468\u200D\U0001F469\u200D\U0001F467 family", "*** f***")]
    [InlineData("a b c d e f g h i j k", "***")]
    public void Person_name(string value, string masked) => Assert.Equal(masked, Mask.Apply(value, Mask.PersonName));

    [Theory]
    [InlineData("4111 1111 1111 1111", "4111 11** **** 1111")]
    [InlineData("4111-1111-1111-1111", "4111-11**-****-1111")]
    [InlineData("4111111111111111", "411111******1111")]
    [InlineData("378282246310005", "378282*****0005")]
    [InlineData("30569309025904", "305693****5904")]
    [InlineData("1234567890123", "12345****0123")]
    [InlineData("123456789012", "1234****9012")]
    [InlineData("1234567890123456789", "123456*********6789")]
    [InlineData("12345678901", "***")]
    [InlineData("12345678901234567890", "***")]
    [InlineData("4111  1111 1111 1111", "***")]
    [InlineData(" 4111111111111111", "***")]
    [InlineData("4111111111111111-", "***")]
    [InlineData("4111111111111111a", "***")]
    [InlineData("4111.1111.1111.1111", "***")]
    [InlineData("\uFF14\uFF11\uFF11\uFF11111111111111", "***")]
    public void Payment_card(string value, string masked) => Assert.Equal(masked, Mask.Apply(value, Mask.PaymentCard));

    [Theory]
    [InlineData("customer-70215", 0, 4, "***0215")]
    [InlineData("customer-70215", 2, 2, "cu***15")]
    [InlineData("12345678", 0, 4, "***5678")]
    [InlineData("1234567", 0, 4, "***")]
    [InlineData("1234", 0, 4, "***")]
    [InlineData("12", 0, 1, "***2")]
    [InlineData("1", 0, 1, "***")]
    [InlineData("anything", 0, 0, "***")]
    [InlineData("abcdef\r\n", 0, 1, "***\r\n")]
    [InlineData("abc\U0001F468\u200D\U0001F469\u200D\U0001F467", 0, 1, "***")]
    [InlineData("anything", int.MaxValue, int.MaxValue, "***")]
    public void Keep(string value, int first, int last, string masked) => Assert.Equal(masked, Mask.Apply(value, Mask.Keep(first, last)));

    [Theory]
    [InlineData("customer-70215", MaskUnit.Grapheme, "**********0215")]
    [InlineData("1234567", MaskUnit.Grapheme, "*******")]
    [InlineData("abcdefghe\u0301x", MaskUnit.Grapheme, "******ghe\u0301x")]
    [InlineData("abcdefghe\u0301x", MaskUnit.Rune, "*******he\u0301x")]
    [InlineData("abcdefgh\U0001F600x", MaskUnit.Rune, "******gh\U0001F600x")]
    [InlineData("abcdefgh\U0001F600x", MaskUnit.CodeUnit, "*******h\U0001F600x")]
    [InlineData("abcdefghxx\U0001F468\u200D\U0001F469", MaskUnit.CodeUnit, "***************")]
    public void Keep_with_length(string value, MaskUnit unit, string masked) =>
        Assert.Equal(masked, Mask.Apply(value, new KeepMask(0, 4) { Unit = unit, PreserveLength = true }));

    [Fact]
    public void Constant_and_erase()
    {
        Assert.Equal("[hidden]", Mask.Apply("anything", Mask.Constant("[hidden]")));
        Assert.Equal("***", Mask.Apply(null, Mask.Hide));
        Assert.Equal("", Mask.Apply("anything", Mask.Erase));
    }

    [Fact]
    public void A_mask_that_cannot_be_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Mask.Constant("\uD83D"));
        Assert.Throws<ArgumentNullException>(() => Mask.Constant(null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => Mask.Keep(-1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Mask.Keep(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeepMask(0, 1) { Unit = (MaskUnit)3 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PhoneMask(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PhoneMask(5));
    }

    [Fact]
    public void A_text_of_marks_alone_is_masked_whole_in_one_pass()
    {
        var marks = "a" + new string('\u0301', 2_000_000);

        Assert.Equal("***", Mask.Apply(marks, Mask.KeepFirst(1)));
        Assert.Equal("***", Mask.Apply(marks, Mask.PersonName));
        Assert.Equal("***", Mask.Apply(marks + "@example.com", Mask.Email));
        Assert.Equal("***@example.com", Mask.Apply(new string('\u0301', 30) + "@example.com", Mask.Email));
    }

    [Fact]
    public void The_hidden_part_does_not_tell_its_length()
    {
        Assert.Equal(Mask.Apply("jane@example.com", Mask.Email), Mask.Apply("jeremiah.longname@example.com", Mask.Email));
        Assert.Equal(Mask.Apply("12340215", Mask.KeepLast(4)), Mask.Apply("customer-123456789-0215", Mask.KeepLast(4)));
        Assert.Equal(Mask.Apply("Al Do", Mask.PersonName), Mask.Apply("Alexandra Dostoevskaya", Mask.PersonName));
        Assert.Equal(Mask.Apply("1234567", Mask.Phone), Mask.Apply("+49 170 123 45 67", Mask.Phone));
    }
}
