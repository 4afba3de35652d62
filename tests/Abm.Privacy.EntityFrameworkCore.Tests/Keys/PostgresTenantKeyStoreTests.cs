using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Keys;

public sealed class PostgresTenantKeyStoreTests(PostgresFixture postgres) : SqlTenantKeyStoreContract
{
    protected override async Task<TestDatabase> CreateDatabaseAsync() => await postgres.CreateDatabaseAsync();
}
