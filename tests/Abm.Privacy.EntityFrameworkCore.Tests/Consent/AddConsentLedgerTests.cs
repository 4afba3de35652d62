using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.EntityFrameworkCore.Consent;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Abm.Privacy.Tests.Consent.Ledger.LedgerSamples;

namespace Abm.Privacy.Tests.Consent.Ledger;

public class AddConsentLedgerTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_registered_ledger_works_with_the_application_s_context_and_keys_in_the_same_database(bool factory)
    {
        await using var database = new SqliteFixture();
        var services = new ServiceCollection();
        if (factory)
        {
            services.AddDbContextFactory<AppContext>(database.Configure);
        }
        else
        {
            services.AddDbContext<AppContext>(database.Configure);
        }

        services.AddAbmPrivacy(privacy => privacy
            .AddEncryption(keys => keys.UseRootKeyProvider(_ => new VolatileRootKeyProvider()).UseTenantKeyStore(_ => new InMemoryTenantKeyStore()).UseDatabase<AppContext>())
            .AddConsentLedger<AppContext>(Catalog)
            .AddConsentLedger<AppContext>(Catalog));
        await using var provider = services.BuildServiceProvider();
        await using (var scope = provider.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<AppContext>().Database.EnsureCreatedAsync();
        }

        var ledger = provider.GetRequiredService<IConsentLedger>();
        var jane = await ledger.RegisterAsync(new ContactPointRegistration(TestKeys.Tenant, TestKeys.Jane, Channel.Email), EmailAddress.Parse("jane@example.com"));
        var now = DateTimeOffset.FromUnixTimeMilliseconds(provider.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeMilliseconds());
        await ledger.AppendAsync(TestKeys.Tenant, jane.Id, Granted(Purposes.Newsletter, 0) with { OccurredAt = now, Evidence = Proof with { IpAddress = "203.0.113.9" } });

        Assert.Equal(ConsentStatuses.Granted, (await ledger.FindFactsAsync(TestKeys.Tenant, jane.Id, Purposes.Newsletter))!.ConsentStatus);
        Assert.Same(ledger, provider.GetRequiredService<EfConsentLedger<AppContext>>());
        Assert.Single(provider.GetServices<IDerivedArtefactSource>().OfType<ConsentArtefactSource<AppContext>>());
        Assert.Equal(jane, Assert.Single(await ledger.FindAsync(TestKeys.Tenant, EmailAddress.Parse("jane@example.com"))));
        Assert.NotEmpty(await provider.GetRequiredService<SuppressionHasher>().HashAsync(TestKeys.Tenant, EmailAddress.Parse("jane@example.com")) is { } hash ? hash.Value.ToArray() : []);
    }

    private sealed class AppContext(DbContextOptions<AppContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.UseAbmPrivacy().UseAbmConsent();
    }
}
