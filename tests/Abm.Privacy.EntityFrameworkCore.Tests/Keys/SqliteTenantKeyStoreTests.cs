using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Keys;

public sealed class SqliteTenantKeyStoreTests : SqlTenantKeyStoreContract
{
    [Fact]
    public async Task Destroyed_and_rewrapped_keys_are_gone_from_the_database_file_and_its_log()
    {
        var sqlite = (SqliteFixture)Database;
        var store = Create();
        var keys = Enumerable.Range(1, 60).Select(i => New(i)).ToList();
        foreach (var key in keys)
        {
            await store.AddAsync(key, default);
        }

        Assert.All(keys, key => Assert.True(sqlite.FilesHold(key.Wrapped.Span), "the search does not find what is there"));
        var rewrapped = keys[40..].ConvertAll(key => new TenantKeyChange(key, key with { Wrapped = New(1).Wrapped }));
        Assert.True(await store.TryChangeAsync(TestKeys.Tenant, [.. keys[..40].Select(key => new TenantKeyChange(key, key.ToTombstone())), .. rewrapped], default));

        Assert.All(keys, key => Assert.False(sqlite.FilesHold(key.Wrapped.Span)));
        Assert.All(rewrapped, change => Assert.True(sqlite.FilesHold(change.After.Wrapped.Span)));
    }

    protected override Task<TestDatabase> CreateDatabaseAsync() => Task.FromResult<TestDatabase>(new SqliteFixture());
}
