using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Consent.Ledger;

public sealed class SqliteConsentLedgerTests : EfConsentLedgerContract
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => Task.FromResult<TestDatabase>(new SqliteFixture());
}
