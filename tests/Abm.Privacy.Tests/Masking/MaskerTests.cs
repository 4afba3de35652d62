using System.Reflection;
using System.Text;
using Abm.Privacy.Classification;
using Abm.Privacy.Masking;

namespace Abm.Privacy.Tests.Masking;

public class MaskerTests
{
    private static readonly Masker Masker = new();

    [Theory]
    [InlineData(DataClasses.Email, "jane.doe@example.com", "j***@example.com")]
    [InlineData("contact.email.private", "jane.doe@example.com", "j***@example.com")]
    [InlineData(DataClasses.Phone, "+49 170 1234567", "***67")]
    [InlineData(DataClasses.PersonName, "Jane Doe", "J*** D***")]
    [InlineData("person.name.family", "Doe", "D***")]
    [InlineData(DataClasses.PaymentCard, "4111 1111 1111 1111", "4111 11** **** 1111")]
    [InlineData(DataClasses.Iban, "DE89 3704 0044 0532 0130 00", "DE***3000")]
    [InlineData(DataClasses.IpAddress, "192.0.2.55", "")]
    [InlineData(DataClasses.AccountName, "Acme GmbH", "Acme GmbH")]
    [InlineData(DataClasses.AccountDomain, "acme.example", "acme.example")]
    [InlineData("account.name-of-owner", "Jane Doe", "")]
    [InlineData("account.name.owner", "Jane Doe", "")]
    [InlineData("account.domain.contact", "jane.example", "")]
    [InlineData("cont", "jane.doe@example.com", "")]
    [InlineData("contact.emails", "jane.doe@example.com", "")]
    [InlineData("something.else", "anything", "")]
    public void A_class_has_the_mask_of_the_nearest_class_that_has_one(string dataClass, string value, string masked)
    {
        Assert.Equal(masked, Masker.Mask(new DataClass(dataClass), value));
        Assert.Equal((masked, masked), Spans(Masker, new DataClass(dataClass), value));
    }

    [Fact]
    public void Every_built_in_class_without_a_safe_partial_form_is_erased()
    {
        string[] shown = [DataClasses.Email, DataClasses.Phone, DataClasses.PersonName, DataClasses.PaymentCard, DataClasses.Iban, DataClasses.AccountName, DataClasses.AccountDomain];
        var classes = typeof(DataClasses).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetValue(null)!).ToList();

        Assert.True(classes.Count > 20);
        Assert.All(classes.Except(shown), name => Assert.Equal("", Masker.Mask(new DataClass(name), "Jane Doe, 12 Main Street")));
    }

    [Fact]
    public void An_unknown_class_is_erased_whatever_the_options_say()
    {
        var masker = new Masker(new MaskingOptions().Use(new DataClass("contact"), Mask.KeepFirst(1)));

        Assert.Equal("", masker.Mask(DataClass.Unknown, "anything"));
        Assert.Equal(("", ""), Spans(masker, default, "anything"));
        Assert.Equal(0, masker.GetMaxLength(DataClass.Unknown, 100));
        Assert.Throws<ArgumentException>(() => new MaskingOptions().Use(DataClass.Unknown, Mask.Hide));
    }

    [Fact]
    public void Options_override_by_name_and_cover_what_lies_below()
    {
        var options = new MaskingOptions { Classes = { ["contact"] = "constant:[hidden]", ["account.name"] = "erase", ["crm.id"] = "keep-last:4" } };
        options.Use(new DataClass("crm.token"), Mask.Keep(1, 1));
        var masker = new Masker(options);
        options.Classes["crm.id"] = "clear";

        Assert.Equal("[hidden]", masker.Mask(new DataClass("contact.postcode"), "12345"));
        Assert.Equal("j***@example.com", masker.Mask(new DataClass("contact.email"), "jane@example.com"));
        Assert.Equal("", masker.Mask(new DataClass("account.name"), "Acme"));
        Assert.Equal("***0215", masker.Mask(new DataClass("crm.id"), "customer-70215"));
        Assert.Equal("a***f", masker.Mask(new DataClass("crm.token.refresh"), "abcdef"));
    }

    [Fact]
    public void A_class_that_the_options_show_covers_what_lies_below() =>
        Assert.Equal("Acme North", new Masker(new MaskingOptions { Classes = { ["account.name"] = "clear" } }).Mask(new DataClass("account.name.legal"), "Acme North"));

    [Fact]
    public void What_was_masked_does_not_stay_in_the_pool()
    {
        var value = new string('k', 1_000);
        for (var i = 0; i < 4; i++)
        {
            Mask.Apply(value, new PaddedKeepMask());
        }

        var rented = System.Buffers.ArrayPool<char>.Shared.Rent(value.Length);
        Assert.DoesNotContain('k', rented);
        System.Buffers.ArrayPool<char>.Shared.Return(rented);
    }

    [Fact]
    public void Null_is_empty() => Assert.Equal("", Masker.Mask(new DataClass(DataClasses.Email), null));

    [Fact]
    public void What_is_clear_is_still_valid_text()
    {
        var name = new DataClass(DataClasses.AccountName);

        Assert.Equal("***", Masker.Mask(name, "Acme\uD83D"));
        Assert.Equal("", Masker.Mask(name, null));
        Span<byte> utf8 = stackalloc byte[Masker.GetMaxLength(name, 1)];
        Assert.True(Masker.TryMask(name, [0xFF], utf8, out var written));
        Assert.Equal("***"u8, utf8[..written]);
        Assert.False(Masker.TryMask(name, "Acme", new char[3], out var chars));
        Assert.Equal(0, chars);
    }

    private static (string Chars, string Bytes) Spans(Masker masker, DataClass dataClass, string value)
    {
        var utf8 = Encoding.UTF8.GetBytes(value);
        var chars = new char[masker.GetMaxLength(dataClass, value.Length)];
        var bytes = new byte[masker.GetMaxLength(dataClass, utf8.Length)];
        Assert.True(masker.TryMask(dataClass, value, chars, out var charsWritten));
        Assert.True(masker.TryMask(dataClass, utf8, bytes, out var bytesWritten));
        return (new string(chars, 0, charsWritten), Encoding.UTF8.GetString(bytes, 0, bytesWritten));
    }

    /// <summary>Shows half of the value, so that the buffer is full of it.</summary>
    private readonly struct PaddedKeepMask : IMask
    {
        public MaskTraits Traits => MaskTraits.Deterministic;

        public int GetMaxLength(int sourceLength) => sourceLength;

        public bool TryMask(ReadOnlySpan<char> source, Span<char> destination, out int charsWritten)
        {
            charsWritten = source.Length / 2;
            return source[..charsWritten].TryCopyTo(destination);
        }

        public bool TryMask(ReadOnlySpan<byte> utf8, Span<byte> destination, out int bytesWritten)
        {
            bytesWritten = utf8.Length / 2;
            return utf8[..bytesWritten].TryCopyTo(destination);
        }
    }
}
