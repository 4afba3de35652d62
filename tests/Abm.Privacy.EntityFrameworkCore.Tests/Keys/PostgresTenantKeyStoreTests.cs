using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Abm.Privacy.Tests.Keys;

public sealed class PostgresTenantKeyStoreTests(PostgresFixture postgres) : SqlTenantKeyStoreContract
{
    [Fact]
    public async Task Destroyed_and_rewrapped_keys_are_gone_from_the_table_s_file()
    {
        var store = Create();
        var keys = Enumerable.Range(1, 60).Select(i => New(i)).ToList();
        foreach (var key in keys)
        {
            await store.AddAsync(key, default);
        }

        Assert.Equal(60, await CountInFileAsync(keys));
        var rewrapped = keys[40..].ConvertAll(key => new TenantKeyChange(key, key with { Wrapped = New(1).Wrapped }));
        Assert.True(await store.TryChangeAsync(TestKeys.Tenant, [.. keys[20..40].Select(key => new TenantKeyChange(key, key.ToTombstone())), .. rewrapped], default));

        Assert.Equal(0, await CountInFileAsync(keys[20..]));
        Assert.Equal(20, await CountInFileAsync(keys[..20]));
        Assert.Equal(20, await CountInFileAsync(rewrapped.ConvertAll(change => change.After)));
    }

    [Fact]
    public async Task A_snapshot_that_is_older_than_a_destruction_is_reported_and_the_next_call_removes_what_it_kept()
    {
        var store = Create();
        var key = New(1);
        await store.AddAsync(key, default);
        await using (var older = NewContext())
        {
            // of this database, but of none of the table's rows: it locks nothing
            await using var transaction = await older.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
            await older.Database.ExecuteSqlRawAsync("SELECT 1");
            var error = await Assert.ThrowsAsync<PrivacyException>(async () => await store.TryChangeAsync(TestKeys.Tenant, [new(key, key.ToTombstone())], default));
            Assert.Equal(PrivacyErrorCode.KeyStoreUnavailable, error.Code);
            Assert.Equal(1, await CountInFileAsync([key]));
        }

        Assert.False(await store.TryChangeAsync(TestKeys.Tenant, [new(key, key.ToTombstone())], default)); // it was made before
        Assert.Equal(0, await CountInFileAsync([key]));
    }

    [Fact]
    public async Task A_login_that_does_not_own_the_table_changes_nothing()
    {
        var key = New(1);
        await Create().AddAsync(key, default);
        await Database.ScalarAsync($"CREATE ROLE {Guest} LOGIN PASSWORD 'guest'; GRANT ALL ON abm_tenant_keys TO {Guest}");
        try
        {
            var login = new NpgsqlConnectionStringBuilder(Database.ConnectionString) { Username = Guest, Password = "guest", Pooling = false }.ConnectionString;
            var options = new DbContextOptionsBuilder<TenantKeyContext>().UseNpgsql(login).Options;
            var store = new SqlTenantKeyStore(() => new TenantKeyContext(options));

            var error = await Assert.ThrowsAsync<PrivacyException>(async () => await store.TryChangeAsync(TestKeys.Tenant, [new(key, key.ToTombstone())], default));

            Assert.Equal(PrivacyErrorCode.KeyStoreUnavailable, error.Code);
            Assert.Equal(KeyState.Active, Assert.Single(await store.FindAsync(TestKeys.Tenant, default)).State);
        }
        finally
        {
            await Database.ScalarAsync($"DROP OWNED BY {Guest}; DROP ROLE {Guest}");
        }
    }

    [Fact]
    public async Task An_unreachable_server_is_reported()
    {
        var nowhere = new NpgsqlConnectionStringBuilder(Database.ConnectionString) { Port = 1, Timeout = 2 }.ConnectionString;
        var options = new DbContextOptionsBuilder<TenantKeyContext>().UseNpgsql(nowhere).Options;

        var error = await Assert.ThrowsAsync<PrivacyException>(async () => await new SqlTenantKeyStore(() => new TenantKeyContext(options)).AnyAsync(default));

        Assert.Equal(PrivacyErrorCode.KeyStoreUnavailable, error.Code);
    }

    protected override async Task<TestDatabase> CreateDatabaseAsync() => await postgres.CreateDatabaseAsync();

    private const string Guest = "guest_of_tenant_keys";

    private async Task<int> CountInFileAsync(List<StoredTenantKey> keys)
    {
        await Database.ScalarAsync("CHECKPOINT");
        var file = (string)(await Database.ScalarAsync("SELECT pg_relation_filepath('abm_tenant_keys')"))!;
        var bytes = await File.ReadAllBytesAsync(Path.Combine(((PostgresDatabase)Database).ServerFolder, "data", file));
        return keys.Count(key => bytes.AsSpan().IndexOf(key.Wrapped.Span) >= 0);
    }
}
