using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Keys;

public sealed class SqliteDataKeyStoreTests : SqlDataKeyStoreContract
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => Task.FromResult<TestDatabase>(new SqliteFixture());
}
