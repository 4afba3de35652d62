using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Keys;

public sealed class PostgresDataKeyStoreTests(PostgresFixture postgres) : SqlDataKeyStoreContract
{
    protected override async Task<TestDatabase> CreateDatabaseAsync() => await postgres.CreateDatabaseAsync();
}
