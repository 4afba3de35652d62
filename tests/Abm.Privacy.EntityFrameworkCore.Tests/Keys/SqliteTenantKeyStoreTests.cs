using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Keys;

public sealed class SqliteTenantKeyStoreTests : SqlTenantKeyStoreContract
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => Task.FromResult<TestDatabase>(new SqliteFixture());
}
