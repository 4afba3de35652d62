using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Consent.Ledger;

public sealed class PostgresConsentLedgerTests(PostgresFixture postgres) : EfConsentLedgerContract
{
    protected override async Task<TestDatabase> CreateDatabaseAsync() => await postgres.CreateDatabaseAsync();
}
