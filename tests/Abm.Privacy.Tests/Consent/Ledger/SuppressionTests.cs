using System.Text;
using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;
using static Abm.Privacy.Tests.Consent.Ledger.LedgerSamples;

namespace Abm.Privacy.Tests.Consent.Ledger;

public sealed class SuppressionTests : IDisposable
{
    private static readonly EmailAddress Email = EmailAddress.Parse("jane.doe@example.com");

    private readonly KeyRing _ring = TestKeys.Ring();
    private readonly SuppressionHasher _hasher;

    public SuppressionTests() => _hasher = new SuppressionHasher(_ring);

    public void Dispose() => _ring.Dispose();

    [Fact]
    public async Task One_identifier_has_one_hash_whenever_it_is_made_and_carried_over()
    {
        var first = await _hasher.HashAsync(TestKeys.Tenant, Email);
        var lifecycle = new KeyLifecycle(_ring);
        for (var version = 2; version <= 4; version++)
        {
            await lifecycle.RotateAsync(TestKeys.Tenant, DataKeyOwner.ForTenant(KeyUsage.Suppression));
            Assert.Equal(version, await _hasher.GetKeyVersionAsync(TestKeys.Tenant));
            Assert.Equal(await _hasher.HashAsync(TestKeys.Tenant, Email), await _hasher.RekeyAsync(TestKeys.Tenant, first));
        }
    }

    [Fact]
    public async Task A_hash_of_a_version_that_another_process_made_is_recognized_and_one_that_never_was_is_refused()
    {
        var (root, tenants, data) = (new VolatileRootKeyProvider(), new InMemoryTenantKeyStore(), new InMemoryDataKeyStore());
        using var here = TestKeys.Ring(data, tenants, root);
        using var elsewhere = TestKeys.Ring(data, tenants, root);
        var hasher = new SuppressionHasher(here);
        var old = await hasher.HashAsync(TestKeys.Tenant, Email);
        await new KeyLifecycle(elsewhere).RotateAsync(TestKeys.Tenant, DataKeyOwner.ForTenant(KeyUsage.Suppression));
        var hash = await new SuppressionHasher(elsewhere).HashAsync(TestKeys.Tenant, Email);
        Assert.Equal((1, 2), (await hasher.GetKeyVersionAsync(TestKeys.Tenant), hash.KeyVersion));

        Assert.Equal(hash, await hasher.RekeyAsync(TestKeys.Tenant, hash));
        using var lease = await hasher.OpenAsync(TestKeys.Tenant, 3);
        Assert.Equal((2, hash, hash), (SuppressionHasher.GetKeyVersion(lease), SuppressionHasher.Compute(lease, Email), SuppressionHasher.Rekey(lease, old)));
        var never = new SuppressionHash(hash.IdentifierType, hash.Normalizer, 3, hash.Value);
        Assert.Equal(PrivacyErrorCode.SuppressionListInvalid, Assert.Throws<PrivacyException>(() => SuppressionHasher.Rekey(lease, never)).Code);
    }

    [Fact]
    public async Task Tenants_types_and_other_identifiers_have_hashes_of_their_own()
    {
        var domain = DomainName.Parse("example.com");
        SuppressionHash[] hashes =
        [
            await _hasher.HashAsync(TestKeys.Tenant, Email), await _hasher.HashAsync(new TenantId("other"), Email), await _hasher.HashAsync(TestKeys.Tenant, domain),
            await _hasher.HashAsync(TestKeys.Tenant, EmailAddress.Parse("jane.doe+x@example.com")),
        ];

        Assert.Equal(4, hashes.Select(hash => Convert.ToHexString(hash.Value)).Distinct().Count());
        Assert.All(hashes, hash => Assert.DoesNotContain(Convert.ToHexString(hash.Value)[..8], hash.ToString(), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_missing_key_version_is_an_error_and_never_an_empty_list()
    {
        await _hasher.HashAsync(TestKeys.Tenant, Email);
        var owner = DataKeyOwner.ForTenant(KeyUsage.Suppression);
        using var lease = await _ring.OpenOwnersReadOnlyAsync(TestKeys.Tenant, [owner]);
        var lifecycle = new KeyLifecycle(_ring);
        await lifecycle.RotateAsync(TestKeys.Tenant, owner);
        await lifecycle.DisableAsync(TestKeys.Tenant, owner, lease.FindActiveKeyId(owner)!.Value);

        var error = await Assert.ThrowsAsync<PrivacyException>(async () => await _hasher.HashAsync(TestKeys.Tenant, Email));
        Assert.Equal(PrivacyErrorCode.KeyUnavailable, error.Code);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("nothing")]
    [InlineData("null")]
    [InlineData("""{"hash":"email/email-v1/1/00","kind":"Legal","since":1772535600000,"origin":"o"}""")]
    [InlineData("""{"hash":"email/email-v1/0/0000000000000000000000000000000000000000000000000000000000000000","kind":"Legal","since":1772535600000,"origin":"o"}""")]
    [InlineData("""{"hash":"email/email-v1/1/0000000000000000000000000000000000000000000000000000000000000000","kind":"Legal","since":1772535600000,"origin":"o","email":"x"}""")]
    public async Task A_malformed_line_is_named_and_what_stands_before_it_is_read(string line)
    {
        var good = new SuppressionEntry { Hash = await _hasher.HashAsync(TestKeys.Tenant, Email), Kind = SuppressionKind.Legal, Since = Noon, Origin = "o" };
        using var file = new MemoryStream();
        await SuppressionFile.WriteAsync(file, new[] { good }.ToAsyncEnumerable());
        file.Write(Encoding.UTF8.GetBytes("\r\n" + line));
        file.Position = 0;

        var read = SuppressionFile.ReadAsync(file).GetAsyncEnumerator();
        Assert.True(await read.MoveNextAsync());
        Assert.Equal(good, read.Current);
        var error = await Assert.ThrowsAsync<PrivacyException>(async () => await read.MoveNextAsync());
        Assert.Equal(PrivacyErrorCode.SuppressionListInvalid, error.Code);
        Assert.Contains("Line 3 ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_longer_than_any_entry_and_bytes_that_are_no_text_are_refused()
    {
        foreach (var bytes in new[] { Encoding.UTF8.GetBytes(new string('x', 100_000)), [0xFF, 0xFE, 0xFD, (byte)'\n'] })
        {
            using var file = new MemoryStream(bytes);
            Assert.Equal(PrivacyErrorCode.SuppressionListInvalid, (await Assert.ThrowsAsync<PrivacyException>(async () => await SuppressionFile.ReadAsync(file).ToListAsync())).Code);
        }
    }

    [Fact]
    public async Task Of_two_reports_the_longer_counts_and_a_known_one_brings_nothing_back()
    {
        var entry = new SuppressionEntry { Hash = await _hasher.HashAsync(TestKeys.Tenant, Email), Kind = SuppressionKind.Legal, Since = Noon, Origin = "o" };
        var short1 = entry with { Until = Noon.AddDays(1) };
        var lifted = entry with { LiftedAt = Noon.AddDays(1) };
        var later = entry with { Since = Noon.AddDays(2) };

        Assert.Same(lifted, lifted.Merge(entry)); // an old list
        Assert.Same(entry, entry.Merge(lifted)); // lifted elsewhere
        Assert.Same(entry, entry.Merge(short1));
        Assert.Null(short1.Merge(entry).Until); // from the same moment, and longer
        Assert.Null(short1.Merge(later).Until);
        Assert.Equal(Noon.AddDays(5), short1.Merge(later with { Until = Noon.AddDays(5) }).Until);
        Assert.Equal(entry with { RenewedAt = later.Since }, entry.Merge(later));
        Assert.Equal(entry.Merge(later), later.Merge(entry));
        Assert.Equal((false, null), (lifted.Merge(later).IsLifted, lifted.Merge(later with { Until = Noon.AddDays(5) }).Until));
        Assert.True(lifted.Merge(later with { Since = Noon.AddHours(1) }).IsLifted); // a late report of what was lifted since
        Assert.Equal(Noon.AddDays(-1), entry.Merge(short1 with { Since = Noon.AddDays(-1) }).Since);
        Assert.Throws<ArgumentException>(() => entry.Merge(entry with { Kind = SuppressionKind.Manual }));
    }

    [Fact]
    public void An_entry_of_the_longest_names_has_an_event_and_another_type_another_one()
    {
        var scope = SuppressionScope.Of(new Purpose(new string('p', 128)));
        SuppressionEvent Event(string type) => Assert.Single(new SuppressionEntry
        {
            Hash = new SuppressionHash(type, "n", 1, new byte[SuppressionHash.Size]), Kind = SuppressionKind.Manual, Scope = scope, Since = Noon, Until = Noon.AddDays(1), Origin = "o",
        }.ToEvents());

        var (one, other) = (Event(new string('t', 128)), Event(new string('u', 128)));
        Assert.NotEqual(one.IdempotencyKey, other.IdempotencyKey);
    }

    [Theory]
    [InlineData("everything", true)]
    [InlineData("purpose:marketing", true)]
    [InlineData("purpose:marketing.event", false)]
    [InlineData("channel:email", true)]
    [InlineData("channel:sms", false)]
    [InlineData("campaign:spring", false)]
    public void A_scope_covers_what_it_names(string text, bool covers)
    {
        Assert.True(SuppressionScope.TryParse(text, out var scope));
        Assert.Equal((covers, text), (scope.Covers(Purposes.Newsletter, Channel.Email), scope.Text));
        Assert.True(text != "campaign:spring" || (scope.Covers(Purposes.Newsletter, Channel.Email, "spring") && scope == SuppressionScope.OfCampaign("spring")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("all")]
    [InlineData("purpose:")]
    [InlineData("channel:telepathy")]
    [InlineData("campaign:")]
    [InlineData("campaign: spring")]
    [InlineData("campaign:spring\n")]
    [InlineData("campaign:spr\0ing")]
    public void A_text_that_is_no_scope_is_refused(string text) => Assert.False(SuppressionScope.TryParse(text, out _));

    [Fact]
    public void Half_of_a_character_is_no_scope() => Assert.False(SuppressionScope.TryParse("campaign:\ud800", out _)); // no attribute can hold it

    [Theory]
    [InlineData('x', 100, true)]
    [InlineData('x', 101, false)]
    [InlineData('ü', 50, true)]
    [InlineData('ü', 51, false)]
    public void A_campaign_has_the_same_bounds_wherever_it_is_named(char letter, int length, bool valid)
    {
        var name = new string(letter, length);

        Assert.Equal(valid, CampaignNames.IsValid(name));
        Assert.Equal(valid, SuppressionScope.TryParse("campaign:" + name, out _));
        Assert.Equal(valid, Record.Exception(() => SuppressionScope.OfCampaign(name)) is null);
        Assert.True(valid || Record.Exception(() => SuppressionScope.Everything.Covers(Purposes.Newsletter, Channel.Email, name)) is ArgumentException);
    }
}
