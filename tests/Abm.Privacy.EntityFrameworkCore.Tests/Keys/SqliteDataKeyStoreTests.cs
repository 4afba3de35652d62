using System.Data.Common;
using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace Abm.Privacy.Tests.Keys;

public sealed class SqliteDataKeyStoreTests : SqlDataKeyStoreContract
{
    private SqliteFixture Sqlite => (SqliteFixture)Database;

    [Fact]
    public async Task A_destroyed_key_is_gone_from_the_database_file_and_its_log()
    {
        var wrapper = KeyMaker.NewId();
        var keys = KeyMaker.NewMany(500, wrapper);
        var store = Create();
        await store.AddAsync(TestKeys.Tenant, keys, default);
        Assert.All(keys, key => Assert.True(Sqlite.FilesHold(key.Wrapped.Span), "the search does not find what is there"));

        var gone = keys.Where((_, i) => i % 3 == 0).ToList();
        await store.DestroyAsync(TestKeys.Tenant, gone.ConvertAll(key => key.Owner), default);
        var changed = keys.Where((_, i) => i % 3 == 1).ToList();
        Assert.True(await store.TryChangeAsync(TestKeys.Tenant, changed.ConvertAll(key => new DataKeyChange(key, key.ToTombstone())), default));

        Assert.All(gone.Concat(changed), key => Assert.False(Sqlite.FilesHold(key.Wrapped.Span)));
        Assert.All(keys.Where((_, i) => i % 3 == 2), key => Assert.True(Sqlite.FilesHold(key.Wrapped.Span)));
    }

    [Fact]
    public async Task A_reader_of_the_old_state_is_waited_for_and_then_reported()
    {
        var keys = KeyMaker.NewMany(1, KeyMaker.NewId());
        var store = Create();
        await store.AddAsync(TestKeys.Tenant, keys, default);
        await using var reader = new SqliteConnection(Sqlite.ConnectionString);
        await reader.OpenAsync();
        await using (var transaction = reader.BeginTransaction(deferred: true))
        {
            await using var command = reader.CreateCommand();
            command.CommandText = $"SELECT count(*) FROM {DataKeyModel.KeysTable}";
            command.Transaction = transaction;
            await command.ExecuteScalarAsync();

            var error = await Assert.ThrowsAsync<PrivacyException>(async () => await store.DestroyAsync(TestKeys.Tenant, [keys[0].Owner], default));
            Assert.Equal(PrivacyErrorCode.KeyStoreUnavailable, error.Code);
            Assert.True(Sqlite.FilesHold(keys[0].Wrapped.Span));
        }

        Assert.Equal(0, await store.DestroyAsync(TestKeys.Tenant, [keys[0].Owner], default)); // it was destroyed; now it is gone too
        Assert.False(Sqlite.FilesHold(keys[0].Wrapped.Span));
    }

    [Fact]
    public async Task A_full_database_is_reported_and_loses_nothing()
    {
        var limit = new PageLimit();
        var wrapper = KeyMaker.NewId();
        var store = new SqlDataKeyStore(new OwnKeyDatabase(KeyContextSource.For(() =>
            new KeyTestContext(Sqlite.OptionsFor<KeyTestContext>(options => options.AddInterceptors(limit))))));
        var first = KeyMaker.NewMany(100, wrapper);
        await store.AddAsync(TestKeys.Tenant, first, default);
        limit.Pages = (long)(await Database.ScalarAsync("PRAGMA page_count"))! + 3;
        var more = Enumerable.Range(1000, 5000).Select(i => KeyMaker.New(KeyMaker.Subject(i), wrapper)).ToList();

        var error = await Assert.ThrowsAsync<PrivacyException>(async () => await store.AddAsync(TestKeys.Tenant, more, default));

        Assert.Equal(PrivacyErrorCode.KeyStoreUnavailable, error.Code);
        Assert.Equal(13, Assert.IsType<SqliteException>(error.InnerException).SqliteErrorCode); // full
        Assert.Equal(KeyMaker.Describe(first), KeyMaker.Describe(await store.FindAsync(TestKeys.Tenant, first.ConvertAll(key => key.Owner), default)));
        Assert.Empty(await store.FindAsync(TestKeys.Tenant, more.ConvertAll(key => key.Owner), default));
        limit.Pages = 1_000_000;
        Assert.Equal(KeyMaker.Describe(more), KeyMaker.Describe(await store.AddAsync(TestKeys.Tenant, more, default)));
    }

    [Fact]
    public async Task A_writer_that_holds_the_database_too_long_is_reported()
    {
        await using var impatient = new SqliteFixture(timeoutSeconds: 1);
        await using (var context = new KeyTestContext(impatient.OptionsFor<KeyTestContext>()))
        {
            await context.Database.EnsureCreatedAsync();
        }

        var store = new SqlDataKeyStore(new OwnKeyDatabase(KeyContextSource.For(() => new KeyTestContext(impatient.OptionsFor<KeyTestContext>()))));
        var keys = KeyMaker.NewMany(2, KeyMaker.NewId());
        await using (var context = new KeyTestContext(impatient.OptionsFor<KeyTestContext>()))
        {
            await using var transaction = await context.Database.BeginTransactionAsync();
            var error = await Assert.ThrowsAsync<PrivacyException>(async () => await store.AddAsync(TestKeys.Tenant, keys, default));
            Assert.Equal(PrivacyErrorCode.KeyStoreUnavailable, error.Code);
            Assert.Equal(5, Assert.IsType<SqliteException>(error.InnerException).SqliteErrorCode); // busy
        }

        Assert.Equal(2, (await store.AddAsync(TestKeys.Tenant, keys, default)).Count);
    }

    [Fact]
    public async Task The_command_timeout_of_a_context_holds_for_its_keys()
    {
        await using var holder = NewContext();
        await using var transaction = await holder.Database.BeginTransactionAsync();
        await using var context = NewContext();
        context.Database.SetCommandTimeout(1);
        await context.Database.OpenConnectionAsync();
        await using var late = await context.Database.UseTransactionAsync(((SqliteConnection)context.Database.GetDbConnection()).BeginTransaction(deferred: true));
        var watch = System.Diagnostics.Stopwatch.StartNew();

        await Assert.ThrowsAsync<PrivacyException>(async () => await SqlDataKeyStore.For(context).AddAsync(TestKeys.Tenant, KeyMaker.NewMany(1, KeyMaker.NewId()), default));

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(15), "the store waited as long as SQLite does by itself");
    }

    [Fact]
    public async Task A_missing_folder_is_reported()
    {
        var options = new DbContextOptionsBuilder<KeyTestContext>().UseSqlite("Data Source=/no/such/folder/keys.db").Options;
        var store = new SqlDataKeyStore(new OwnKeyDatabase(KeyContextSource.For(() => new KeyTestContext(options))));

        var error = await Assert.ThrowsAsync<PrivacyException>(async () => await store.AnyAsync(null, default));

        Assert.Equal(PrivacyErrorCode.KeyStoreUnavailable, error.Code);
    }

    [Fact]
    public async Task Look_ups_use_indexes()
    {
        await using var context = NewContext();
        var dialect = (SqliteKeyDialect)KeyTables.Of(context).Dialect;
        var owners = new OwnerFilter([KeyMaker.Subject(1), KeyMaker.Subject(2)]);

        Assert.All(await PlanAsync(dialect.FindSql(2, owners)), step => Assert.Matches("^SEARCH abm_data_keys USING INDEX .*tenant=. AND subject=.|^LIST SUBQUERY|^USING INDEX", step));
        Assert.Contains(await PlanAsync(dialect.FindNotWrappedBySql), step => step.Contains("(tenant=? AND wrapped_by<?)", StringComparison.Ordinal));
        foreach (var sql in new[] { dialect.FindNotWrappedBySql, dialect.CountNotWrappedBySql })
        {
            Assert.All((await PlanAsync(sql)).Where(step => step.Contains(DataKeyModel.KeysTable, StringComparison.Ordinal)), step => Assert.Matches("SEARCH .*IX_abm_data_keys_tenant_wrapped_by .tenant=. AND wrapped_by[<>].", step));
        }
    }

    protected override Task<TestDatabase> CreateDatabaseAsync() => Task.FromResult<TestDatabase>(new SqliteFixture());

    /// <summary>One that does not hold the write lock yet: no isolation level does that.</summary>
    protected override async Task<IDbContextTransaction> BeginReadingAsync(KeyTestContext context, System.Data.IsolationLevel isolation)
    {
        context.Database.SetCommandTimeout(1); // the store's statements keep to it: SQLite waits in vain for an old snapshot to become new
        await context.Database.OpenConnectionAsync();
        var transaction = ((SqliteConnection)context.Database.GetDbConnection()).BeginTransaction(deferred: true);
        return (await context.Database.UseTransactionAsync(transaction))!;
    }

    private async Task<List<string>> PlanAsync(string sql)
    {
        await using var connection = new SqliteConnection(Sqlite.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
        foreach (var name in new[] { "@tenant", "@wrapper", "@max", "@s0", "@s1" })
        {
            command.Parameters.AddWithValue(name, 1);
        }

        await using var reader = await command.ExecuteReaderAsync();
        var steps = new List<string>();
        while (await reader.ReadAsync())
        {
            steps.Add(reader.GetString(3));
        }

        return steps;
    }

    private sealed class PageLimit : DbConnectionInterceptor
    {
        public long Pages { get; set; } = 1_000_000;

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"PRAGMA max_page_count = {Pages}";
            command.ExecuteNonQuery();
            return Task.CompletedTask;
        }
    }
}
