using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Pseudonymization;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Pseudonymization;

/// <summary>What every <see cref="IPseudonymizer"/> keeps. A new implementation derives a class from this one.</summary>
public abstract class PseudonymizerContract : IDisposable
{
    private static readonly PseudonymDomain Analytics = new("analytics");
    private static readonly EmailAddress Jane = EmailAddress.Parse("jane.doe@example.com");
    private readonly KeyRing _keys = TestKeys.Ring();

    protected abstract IPseudonymizer Create(KeyRing keys);

    [Fact]
    public async Task One_identifier_has_one_pseudonym_however_it_is_written()
    {
        var pseudonymizer = Create(_keys);
        using var lease = await pseudonymizer.OpenAsync(TestKeys.Tenant, Analytics);

        var pseudonym = lease.Pseudonymize(Jane);

        Assert.Equal(pseudonym, lease.Pseudonymize(EmailAddress.Parse("  Jane.Doe@EXAMPLE.com ")));
        Assert.Equal(pseudonym, await pseudonymizer.PseudonymizeAsync(TestKeys.Tenant, Analytics, Jane));
        Assert.Equal(1, pseudonym.KeyVersion);
    }

    [Fact]
    public async Task Domains_tenants_identifier_types_and_people_have_pseudonyms_of_their_own()
    {
        var pseudonymizer = Create(_keys);

        Pseudonym[] all =
        [
            await pseudonymizer.PseudonymizeAsync(TestKeys.Tenant, Analytics, Jane),
            await pseudonymizer.PseudonymizeAsync(TestKeys.Tenant, new PseudonymDomain("partner:linkedin"), Jane),
            await pseudonymizer.PseudonymizeAsync(new TenantId("globex"), Analytics, Jane),
            await pseudonymizer.PseudonymizeAsync(TestKeys.Tenant, Analytics, EmailAddress.Parse("john.doe@example.com")),
            await pseudonymizer.PseudonymizeAsync(TestKeys.Tenant, Analytics, DomainName.Parse("example.com")),
        ];

        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Fact]
    public async Task Another_root_gives_other_pseudonyms()
    {
        using var other = TestKeys.Ring();

        Assert.NotEqual(
            await Create(_keys).PseudonymizeAsync(TestKeys.Tenant, Analytics, Jane),
            await Create(other).PseudonymizeAsync(TestKeys.Tenant, Analytics, Jane));
    }

    [Fact]
    public async Task Nothing_of_the_identifier_is_in_the_pseudonym()
    {
        var pseudonym = await Create(_keys).PseudonymizeAsync(TestKeys.Tenant, Analytics, Jane);

        Assert.Matches("^p1_[A-Za-z0-9_-]{22}$", pseudonym.ToString());
        Assert.DoesNotContain("jane", pseudonym.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_ended_lease_a_missing_domain_or_identifier_is_a_programming_error()
    {
        var pseudonymizer = Create(_keys);
        var lease = await pseudonymizer.OpenAsync(TestKeys.Tenant, Analytics);

        Assert.Throws<InvalidOperationException>(() => lease.Pseudonymize(default(EmailAddress)));
        lease.Dispose();
        Assert.Throws<ObjectDisposedException>(() => lease.Pseudonymize(Jane));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await pseudonymizer.OpenAsync(TestKeys.Tenant, default));
    }

    [Fact]
    public async Task Damaged_identifiers_of_two_people_never_become_one_pseudonym()
    {
        using var lease = await Create(_keys).OpenAsync(TestKeys.Tenant, Analytics);

        Assert.ThrowsAny<ArgumentException>(() => lease.Pseudonymize(new CustomerNumber("4711\ud800")));
        Assert.NotEqual(lease.Pseudonymize(new CustomerNumber("4711")), lease.Pseudonymize(new CustomerNumber("4712")));
    }

    public void Dispose()
    {
        _keys.Dispose();
        GC.SuppressFinalize(this);
    }

    private readonly record struct CustomerNumber(string Value) : IIdentifier
    {
        public static string IdentifierType => "customer";

        public static string Normalizer => "customer-v1";
    }
}
