using System.Text;
using Abm.Privacy.Classification;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Masking;
using Abm.Privacy.Masking.Views;

namespace Abm.Privacy.Tests.Masking.Views;

public class MaskingViewTests
{
    private const string Address = "jane@example.com";

    private static readonly DataClass Email = new(DataClasses.Email);

    private static readonly MaskingViews Views = new(
        new MaskingViewOptions
        {
            Roles =
            {
                ["support"] = new MaskingProfile().Show(DataClasses.Contact, ViewLevel.Masked).Show(DataClasses.PersonName, ViewLevel.Clear),
                ["admin"] = new MaskingProfile().Show(DataClasses.Contact, ViewLevel.Clear).Show(DataClasses.Phone, ViewLevel.Hidden),
                ["analyst"] = new MaskingProfile().Show(DataClasses.Email, ViewLevel.Pseudonym),
            },
        },
        new Masker());

    public static TheoryData<ViewLevel, ViewLevel> Pairs { get; } =
        [.. Enum.GetValues<ViewLevel>().SelectMany(one => Enum.GetValues<ViewLevel>().Select(other => new TheoryDataRow<ViewLevel, ViewLevel>(one, other)))];

    [Fact]
    public void Each_role_sees_its_level()
    {
        var request = new ViewRequest { Audit = _ => { }, Pseudonyms = new Numbers() };

        Assert.Equal("j***@example.com", Views.For("support", request).Mask(Email, Address));
        Assert.Equal(Address, Views.For("admin", request).Mask(Email, Address));
        Assert.Equal("n16", Views.For("analyst", request).Mask(Email, Address));
    }

    [Fact]
    public void What_nobody_declared_is_hidden()
    {
        var request = new ViewRequest { Audit = _ => Assert.Fail("nothing is shown"), Pseudonyms = new Numbers() };

        AssertShows("", Views.For("stranger", request), Email, Address);
        AssertShows("", Views.For([], request), Email, Address);
        AssertShows("", Views.For(["admin", "stranger"], request), Email, Address);
        AssertShows("", Views.For("Admin", request), Email, Address);
        AssertShows("", Views.For("admin", request), DataClass.Unknown, Address);
        AssertShows("", Views.For("admin", request), new DataClass(DataClasses.PersonName), Address);
        AssertShows("", Views.For("admin", request), new DataClass("contacts"), Address);
        AssertShows("", new MaskingViews(new MaskingViewOptions(), new Masker()).For("admin", request), Email, Address);
    }

    [Fact]
    public void A_class_covers_those_below_and_the_nearest_counts()
    {
        var view = Views.For("admin", new ViewRequest { Audit = _ => { } });

        Assert.Equal(Address, view.Mask(new DataClass("contact.email.private"), Address));
        Assert.Equal("", view.Mask(new DataClass("contact.phone.mobile"), "+4930123456"));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Of_two_roles_the_most_restrictive_wins(ViewLevel one, ViewLevel other)
    {
        var options = new MaskingViewOptions();
        options.Role("one").Show(DataClasses.Email, one);
        options.Role("other").Show(DataClasses.Email, other);
        var expected = (ViewLevel)Math.Min((int)one, (int)other) switch { ViewLevel.Clear => Address, ViewLevel.Masked => "j***@example.com", ViewLevel.Pseudonym => "n16", _ => "" };
        var request = new ViewRequest { Audit = _ => { }, Pseudonyms = new Numbers() };

        AssertShows(expected, new MaskingViews(options, new Masker()).For(["one", "other"], request), Email, Address);
        AssertShows(expected, new MaskingViews(options, new Masker()).For(["other", "one"], request), Email, Address);
    }

    [Fact]
    public void Each_clear_view_is_told_with_who_what_and_whose()
    {
        var told = new List<ClearView>();
        var view = Views.For(["admin"], new ViewRequest { Audit = told.Add, Viewer = "u-7", Subject = new SubjectId("s-1") });

        Assert.Equal(Address, view.Mask(Email, Address));
        Assert.False(view.TryMask(Email, Address, new char[3], out _));
        Assert.Equal("", view.Mask(Email, ""));

        var one = Assert.Single(told);
        Assert.Equal(["admin"], one.Roles);
        Assert.Equal((Email, "u-7", new SubjectId("s-1")), (one.DataClass, one.Viewer, one.Subject!.Value));
        Assert.DoesNotContain("jane", one.ToString(), StringComparison.Ordinal);
        AssertShows(Address, view, Email, Address);
        Assert.Equal(4, told.Count);
    }

    [Fact]
    public void What_a_mask_shows_in_clear_is_a_clear_view()
    {
        var options = new MaskingViewOptions();
        options.Role("support").Show(DataClasses.Email, ViewLevel.Masked).Show(DataClasses.NotPersonal, ViewLevel.Masked);
        var views = new MaskingViews(options, new Masker(new MaskingOptions { Classes = { [DataClasses.Email] = "clear", [DataClasses.NotPersonal] = "clear" } }));
        var told = new List<ClearView>();

        AssertShows(Address, views.For("support", new ViewRequest { Audit = told.Add }), Email, Address);
        Assert.NotEmpty(told);
        Assert.All(told, view => Assert.Equal(Email, view.DataClass));
        AssertShows("", views.For("support"), Email, Address);
        AssertShows("7", views.For("support"), new DataClass(DataClasses.NotPersonal), "7");
    }

    [Fact]
    public void Nobody_is_told_of_what_is_not_shown()
    {
        var admin = Views.For("admin", new ViewRequest { Audit = _ => Assert.Fail("nothing is shown") });

        Assert.NotNull(new Abm.Privacy.Masking.Json.JsonMasker(new Abm.Privacy.Masking.Json.JsonMaskingOptions().Mask("$.email", Email), admin));
        Assert.Equal("***", admin.Mask(Email, "\uD800"));
    }

    [Fact]
    public void An_audit_that_fails_shows_nothing()
    {
        var view = Views.For("admin", new ViewRequest { Audit = _ => throw new InvalidOperationException("no room") });
        var (chars, bytes) = (new char[64], new byte[64]);

        Assert.Throws<InvalidOperationException>(() => view.Mask(Email, Address));
        Assert.Throws<InvalidOperationException>(() => view.TryMask(Email, Address, chars, out _));
        Assert.Throws<InvalidOperationException>(() => view.TryMask(Email, Encoding.UTF8.GetBytes(Address), bytes, out _));
        Assert.All(chars, unit => Assert.Equal('\0', unit));
        Assert.All(bytes, unit => Assert.Equal(0, unit));
    }

    [Fact]
    public void Without_an_audit_nothing_is_shown_in_clear_and_without_keys_nothing_is_a_pseudonym()
    {
        AssertShows("", Views.For("admin"), Email, Address);
        AssertShows("", Views.For("analyst", new ViewRequest { Audit = _ => { } }), Email, Address);
    }

    [Theory]
    [InlineData("a", 0xD800, "b")]
    [InlineData("", 0xDC00, "")]
    public void Invalid_text_is_never_shown(string before, int unit, string after)
    {
        var value = before + (char)unit + after;
        var request = new ViewRequest { Audit = _ => { }, Pseudonyms = new Numbers() };
        var chars = new char[8];

        Assert.Equal("***", Views.For("admin", request).Mask(Email, value));
        Assert.True(Views.For("admin", request).TryMask(Email, value, chars, out var written));
        Assert.Equal("***", new string(chars, 0, written));
        Assert.Equal("", Views.For("analyst", request).Mask(Email, value));
        Assert.True(Views.For("admin", request).TryMask(Email, [0xFF], new byte[8], out written));
        Assert.Equal(3, written);
    }

    [Fact]
    public void A_pseudonym_that_cannot_be_one_is_hidden()
    {
        AssertShows("", Views.For("analyst", new ViewRequest { Pseudonyms = new Numbers { Form = _ => "é" } }), Email, Address);
        AssertShows("", Views.For("analyst", new ViewRequest { Pseudonyms = new Numbers { Form = _ => new string('x', 99) } }), Email, Address);
        AssertShows("", Views.For("analyst", new ViewRequest { Pseudonyms = new Numbers { Form = _ => null } }), Email, Address);
    }

    [Fact]
    public void Every_fault_of_the_options_is_listed()
    {
        var options = new MaskingViewOptions { PseudonymDomain = "" };
        options.Role("support").Show("Contact Email", ViewLevel.Clear).Show("contact.emial", ViewLevel.Clear).Show(DataClasses.Phone, (ViewLevel)9);

        var error = Assert.Throws<ArgumentException>(() => new MaskingViews(options, new Masker()));

        Assert.Contains("'Contact Email' of the role 'support' is not a data class", error.Message, StringComparison.Ordinal);
        Assert.Contains("'contact.emial' of the role 'support' is close to the built-in class 'contact.email'", error.Message, StringComparison.Ordinal);
        Assert.Contains("the level of 'contact.phone'", error.Message, StringComparison.Ordinal);
        Assert.Contains("PseudonymDomain must be", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Both encodings and the string form show the same, and state enough room.</summary>
    private static void AssertShows(string expected, IMasker view, DataClass dataClass, string value)
    {
        Assert.Equal(expected, view.Mask(dataClass, value));
        var chars = new char[view.GetMaxLength(dataClass, value.Length)];
        Assert.True(view.TryMask(dataClass, value, chars, out var written));
        Assert.Equal(expected, new string(chars, 0, written));
        var utf8 = Encoding.UTF8.GetBytes(value);
        var bytes = new byte[view.GetMaxLength(dataClass, utf8.Length)];
        Assert.True(view.TryMask(dataClass, utf8, bytes, out written));
        Assert.Equal(expected, Encoding.UTF8.GetString(bytes, 0, written));
        if (expected.Length > 0)
        {
            var small = new char[expected.Length - 1];
            Assert.False(view.TryMask(dataClass, value, small, out written));
            Assert.Equal((0, true), (written, small.All(unit => unit == '\0')));
            Assert.False(view.TryMask(dataClass, utf8, new byte[expected.Length - 1], out _));
        }
    }

    private sealed class Numbers : IViewPseudonyms
    {
        public Func<string, string?> Form { get; init; } = value => $"n{value.Length}";

        public int MaxLength => 12;

        public string? Pseudonymize(DataClass dataClass, string value) => Form(value);

        public void Dispose()
        {
        }
    }
}
