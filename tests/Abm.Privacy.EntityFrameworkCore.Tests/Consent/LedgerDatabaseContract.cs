using Abm.Privacy.EntityFrameworkCore.Consent;
using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;
using static Abm.Privacy.Tests.Consent.Ledger.LedgerSamples;

namespace Abm.Privacy.Tests.Consent.Ledger;

/// <summary>A database of one test with the tables of the ledger, a clock that stands still, and a ledger over both.</summary>
public abstract class LedgerDatabaseContract : IAsyncLifetime
{
    protected static readonly TenantId Tenant = TestKeys.Tenant;
    protected static readonly AccountId Acme = new("acme-gmbh");

    protected LedgerDatabaseContract() => Ring = TestKeys.Ring(time: Time);

    protected TestDatabase Database { get; private set; } = null!;

    protected KeyRing Ring { get; }

    private protected ManualTime Time { get; } = new(Noon);

    protected abstract Task<TestDatabase> CreateDatabaseAsync();

    public async ValueTask InitializeAsync()
    {
        Database = await CreateDatabaseAsync();
        await using var context = NewContext();
        await context.Database.EnsureCreatedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Ring.Dispose();
        GC.SuppressFinalize(this);
        if (Database is not null)
        {
            await Database.DisposeAsync();
        }
    }

    protected LedgerTestContext NewContext() => new(Database.OptionsFor<LedgerTestContext>());

    protected EfConsentLedger<LedgerTestContext> NewLedger() => new(KeyContextSource.For(NewContext), Ring, Catalog, Time);
}
