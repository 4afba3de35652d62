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
        var (kept, destroyed, rewrapped) = (New(1), New(2), New(3));
        foreach (var key in new[] { kept, destroyed, rewrapped })
        {
            await store.AddAsync(key, default);
        }

        Assert.True(await TableHoldsAsync(destroyed) && await TableHoldsAsync(rewrapped), "the search does not find what is there");
        var after = rewrapped with { Wrapped = New(1).Wrapped };
        Assert.True(await store.TryChangeAsync(TestKeys.Tenant, [new(destroyed, destroyed.ToTombstone()), new(rewrapped, after)], default));

        Assert.False(await TableHoldsAsync(destroyed));
        Assert.False(await TableHoldsAsync(rewrapped));
        Assert.True(await TableHoldsAsync(after) && await TableHoldsAsync(kept));
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

    private async Task<bool> TableHoldsAsync(StoredTenantKey key)
    {
        await Database.ScalarAsync("CHECKPOINT");
        var file = (string)(await Database.ScalarAsync("SELECT pg_relation_filepath('abm_tenant_keys')"))!;
        var bytes = await File.ReadAllBytesAsync(Path.Combine(((PostgresDatabase)Database).ServerFolder, "data", file));
        return bytes.AsSpan().IndexOf(key.Wrapped.Span) >= 0;
    }
}
