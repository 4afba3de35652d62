using Abm.Privacy.Classification;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Masking;
using Abm.Privacy.Masking.Keyed;
using Abm.Privacy.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Abm.Privacy.Tests.Masking.Keyed;

public class MaskingKeyTests
{
    private const string Address = "jane.doe@example.com";

    /// <summary>Computed with Python's hmac module from the description of the format.</summary>
    [Fact]
    public void Values_of_another_implementation_come_out()
    {
        var key = TestMaskingKey.Shared;

        Assert.Equal("t1_ecaaf1317b75583a98c01f0be26af509", Mask.Apply(Address, new TokenMask(key, "contact.email")));
        Assert.Equal("Fabian Elmdale-f67ce6666aeb8e6d547e115db1815b1d", Mask.Apply(" Jane DOE\t", new FakeMask(key, "person.name", FakeTemplate.PersonName, FakeUniqueness.Suffixed)));
        Assert.Equal("Northern Pebble Street 23", Mask.Apply("HAUPTSTRA\u00DFE 1", new FakeMask(key, "contact.street", FakeTemplate.Street)));
        Assert.Equal("Brookleigh", Mask.Apply("\u00A0K\u00D6LN", new FakeMask(key, "contact.city", FakeTemplate.City)));
        Assert.Equal("2024-03-11", Mask.Apply("2024-02-29", new DateShift(key, "dates").For(TestKeys.Jane)));
        Assert.Equal("51030.58", Mask.Apply("52000.00", NumberNoise.Absolute(key, "salary", 1000).For(TestKeys.Jane)));
        Assert.Equal("56743.456", Mask.Apply("52000.000", NumberNoise.Relative(key, "salary", 0.10m).For(TestKeys.Jane)));
        Assert.Equal([4, 3, 1, 5, 7, 0, 2, 6], new ColumnShuffle(key, "salary").GetSources(8));
        Assert.Equal([4, 1, 2, 0, 7, 3, 5, 6], new ColumnShuffle(key, "salary", leavesNoneInPlace: false).GetSources(8));
    }

    [Theory]
    [InlineData("Jos\u00E9", "Jose\u0301")]
    [InlineData("\u1E96", "H\u0331")] // a letter whose upper case has no composed form
    [InlineData("\u212B", "a\u030A")]
    public void Composed_and_decomposed_letters_are_one_value(string composed, string decomposed)
    {
        var fake = new FakeMask(TestMaskingKey.Shared, "person.name", FakeTemplate.PersonName, FakeUniqueness.Suffixed);
        var (utf8, masked) = (System.Text.Encoding.UTF8.GetBytes(decomposed), new byte[128]);

        Assert.Equal(Mask.Apply(composed, fake), Mask.Apply(decomposed, fake));
        Assert.True(fake.TryMask(utf8, masked, out var written));
        Assert.Equal(Mask.Apply(composed, fake), System.Text.Encoding.UTF8.GetString(masked, 0, written));
        Assert.NotEqual(Mask.Apply("Jose", fake), Mask.Apply(decomposed, fake));
        var exact = new FakeMask(TestMaskingKey.Shared, "person.name", FakeTemplate.PersonName, FakeUniqueness.Suffixed, MaskNormalization.Exact);
        Assert.NotEqual(Mask.Apply(composed, exact), Mask.Apply(decomposed, exact));
    }

    [Fact]
    public void Another_key_domain_field_or_spelling_gives_another_token()
    {
        string[] tokens =
        [
            Token(TestMaskingKey.Shared), Token(TestMaskingKey.Create(1)), Token(TestMaskingKey.Create(domain: "other")), Token(TestMaskingKey.Shared, "contact"),
            Mask.Apply(Address, new TokenMask(TestMaskingKey.Shared, "contact.email", MaskNormalization.IgnoreCase)),
            Mask.Apply("Jane.Doe@example.com", new TokenMask(TestMaskingKey.Shared, "contact.email")),
        ];

        Assert.Equal(tokens.Length, tokens.Distinct().Count());
        Assert.Equal(tokens[0], Token(TestMaskingKey.Create()));
        Assert.Equal("t7_" + tokens[0][3..], Token(TestMaskingKey.Create(version: 7)));
    }

    [Fact]
    public void A_mask_whose_key_was_disposed_throws_and_writes_nothing()
    {
        var key = TestMaskingKey.Create();
        var (dates, noise, shuffle) = (new DateShift(key, "dates"), NumberNoise.Absolute(key, "salary", 100), new ColumnShuffle(key, "salary"));
        var (date, number) = (dates.For(TestKeys.Jane), noise.For(TestKeys.Jane));
        var (token, fake, id) = (new TokenMask(key, "a"), new FakeMask(key, "a", FakeTemplate.Email), new FormatPreservingMask(key, "a"));
        var numbered = new FakeMask(key, "a", FakeTemplate.Email, FakeUniqueness.Numbered);
        Assert.All(new[] { Mask.Apply("123456", token), Mask.Apply("123456", fake), Mask.Apply("123456", id), Mask.Apply("1", numbered) }, text => Assert.NotEqual("***", text));
        key.Dispose();
        key.Dispose();

        Refuses(token, "123456");
        Refuses(fake, "123456");
        Refuses(numbered, "123456");
        Refuses(id, "123456");
        Refuses(date, "2024-02-29");
        Refuses(number, "52000");
        Assert.Throws<ObjectDisposedException>(() => date.TryShift(new DateOnly(2024, 2, 29), out _));
        Assert.Throws<ObjectDisposedException>(() => number.TryMask(1, 0, out _));
        Assert.Throws<ObjectDisposedException>(() => id.TryUnmask("123456", out _));
        Assert.Throws<ObjectDisposedException>(() => dates.For(TestKeys.Jane));
        Assert.Throws<ObjectDisposedException>(() => noise.For(TestKeys.Jane));
        Assert.Throws<ObjectDisposedException>(() => shuffle.GetSources(1));
        Assert.Throws<ObjectDisposedException>(() => new TokenMask(key, "a"));

        static void Refuses<TMask>(TMask mask, string value)
            where TMask : struct, IMask
        {
            var chars = new char[512];
            var bytes = new byte[512];
            Assert.Throws<ObjectDisposedException>(() => mask.TryMask(value, chars, out _));
            Assert.Throws<ObjectDisposedException>(() => mask.TryMask(System.Text.Encoding.UTF8.GetBytes(value), bytes, out _));
            Assert.All(chars, c => Assert.Equal('\0', c));
            Assert.All(bytes, b => Assert.Equal(0, b));
        }
    }

    [Fact]
    public void Bytes_that_are_no_key_and_names_that_are_none_are_refused()
    {
        Assert.Throws<ArgumentException>(() => MaskingKey.FromBytes(new byte[32]));
        Assert.Throws<ArgumentException>(() => MaskingKey.FromBytes(new byte[31]));
        Assert.Throws<ArgumentException>(() => TestMaskingKey.Create(domain: ""));
        Assert.Throws<ArgumentException>(() => TestMaskingKey.Create(domain: new string('d', 129)));
        Assert.Throws<ArgumentOutOfRangeException>(() => TestMaskingKey.Create(version: 0));
        Assert.Throws<ArgumentException>(() => new TokenMask(TestMaskingKey.Shared, ""));
        Assert.Throws<ArgumentException>(() => new TokenMask(TestMaskingKey.Shared, "\uD83D"));
        Assert.Throws<ArgumentNullException>(() => new TokenMask(null!, "a"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenMask(TestMaskingKey.Shared, "a", (MaskNormalization)2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FakeMask(TestMaskingKey.Shared, "a", FakeTemplate.Email, (FakeUniqueness)3));
        Assert.Throws<ArgumentException>(() => new FormatPreservingMask(TestMaskingKey.Shared, ""));
        Assert.Throws<ArgumentException>(() => new FormatPreservingMask(TestMaskingKey.Shared, "a", "0"));
        Assert.Throws<ArgumentException>(() => new FormatPreservingMask(TestMaskingKey.Shared, "a", "001"));
        Assert.Throws<ArgumentException>(() => new FormatPreservingMask(TestMaskingKey.Shared, "a", "0\u00E9"));
        Assert.Throws<ArgumentException>(() => new FormatPreservingMask(TestMaskingKey.Shared, "a", "0123", "-1"));
        Assert.Throws<ArgumentException>(() => new FormatPreservingMask(TestMaskingKey.Shared, "a", "0123", "\t"));
    }

    [Fact]
    public async Task A_tenants_key_is_the_same_every_time_and_no_other_tenants()
    {
        using var ring = TestKeys.Ring();
        var provider = new MaskingKeyProvider(ring);
        var tokens = new List<string>();
        foreach (var (tenant, domain) in new[] { ("acme", "test-data"), ("acme", "test-data"), ("acme", "analytics"), ("globex", "test-data") })
        {
            using var key = await provider.OpenAsync(new TenantId(tenant), domain, cancellationToken: TestContext.Current.CancellationToken);
            tokens.Add(Token(key));
        }

        Assert.Equal(tokens[0], tokens[1]);
        Assert.Equal(3, tokens.Distinct().Count());
    }

    [Fact]
    public async Task After_a_rotation_the_earlier_version_can_still_be_asked_for()
    {
        var ct = TestContext.Current.CancellationToken;
        using var ring = TestKeys.Ring();
        var provider = new MaskingKeyProvider(ring);
        using var first = await provider.OpenAsync(TestKeys.Tenant, cancellationToken: ct);
        await new KeyLifecycle(ring).RotateAsync(TestKeys.Tenant, DataKeyOwner.ForTenant(KeyUsage.Token), ct);
        using var second = await provider.OpenAsync(TestKeys.Tenant, cancellationToken: ct);
        using var earlier = await provider.OpenAsync(TestKeys.Tenant, version: 1, cancellationToken: ct);

        Assert.Equal((1, 2, 1), (first.Version, second.Version, earlier.Version));
        Assert.Equal(Token(first), Token(earlier));
        Assert.StartsWith("t2_", Token(second), StringComparison.Ordinal);
        Assert.NotEqual(Token(first)[3..], Token(second)[3..]);
        var missing = await Assert.ThrowsAsync<PrivacyException>(async () => await provider.OpenAsync(TestKeys.Tenant, version: 3, cancellationToken: ct));
        Assert.Equal(PrivacyErrorCode.KeyUnavailable, missing.Code);
        missing = await Assert.ThrowsAsync<PrivacyException>(async () => await provider.OpenAsync(new TenantId("nobody"), version: 1, cancellationToken: ct));
        Assert.Equal(PrivacyErrorCode.KeyUnavailable, missing.Code);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await provider.OpenAsync(TestKeys.Tenant, version: 0, cancellationToken: ct));
        await Assert.ThrowsAsync<ArgumentException>(async () => await provider.OpenAsync(TestKeys.Tenant, "", cancellationToken: ct));
    }

    [Fact]
    public async Task A_key_shows_nothing_of_itself_and_works_on_many_threads()
    {
        Assert.Equal("[masking key]", TestMaskingKey.Shared.ToString());
        var expected = Token(TestMaskingKey.Shared);
        var mask = new TokenMask(TestMaskingKey.Shared, "contact.email");
        var ids = new FormatPreservingMask(TestMaskingKey.Shared, "id");
        var id = Mask.Apply("0170123456", ids);

        await Parallel.ForAsync(0, 5_000, TestContext.Current.CancellationToken, (_, _) =>
        {
            Assert.Equal(expected, Mask.Apply(Address, mask));
            Assert.Equal(id, Mask.Apply("0170123456", ids));
            return ValueTask.CompletedTask;
        });
    }

    [Fact]
    public async Task Keyed_masking_is_registered_once_under_each_name()
    {
        var services = new ServiceCollection();
        services.AddAbmPrivacy(privacy => privacy
            .AddKeyedMasking(keys => keys.AllowVolatileKeys())
            .AddKeyedMasking()
            .AddKeyedMasking("exports", keys => keys.AllowVolatileKeys())
            .AddPseudonymization());
        using var provider = services.BuildServiceProvider();
        var ct = TestContext.Current.CancellationToken;

        using var key = await Assert.Single(provider.GetServices<MaskingKeyProvider>()).OpenAsync(TestKeys.Tenant, cancellationToken: ct);
        using var named = await provider.GetRequiredKeyedService<MaskingKeyProvider>("exports").OpenAsync(TestKeys.Tenant, cancellationToken: ct);
        Assert.NotEqual(Token(key), Token(named));
        Assert.Throws<ArgumentException>(() => services.AddAbmPrivacy(privacy => privacy.AddKeyedMasking(" ")));
        Assert.Throws<ArgumentNullException>(() => new MaskingKeyProvider(null!));
    }

    [Fact]
    public void A_keyed_mask_is_set_for_a_data_class()
    {
        var options = new MaskingOptions().Use(new DataClass("contact.email"), new TokenMask(TestMaskingKey.Shared, "contact.email"));

        Assert.Equal(Token(TestMaskingKey.Shared), new Masker(options).Mask(new DataClass("contact.email.private"), Address));
    }

    private static string Token(MaskingKey key, string field = "contact.email") => Mask.Apply(Address, new TokenMask(key, field));
}
