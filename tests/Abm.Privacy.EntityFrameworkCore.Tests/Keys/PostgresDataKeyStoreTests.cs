using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Abm.Privacy.Tests.Keys;

public sealed class PostgresDataKeyStoreTests(PostgresFixture postgres) : SqlDataKeyStoreContract
{
    [Fact]
    public async Task A_connection_that_breaks_in_mid_work_is_reported_and_the_call_may_be_repeated()
    {
        var wrapper = KeyMaker.NewId();
        await Create().AddAsync(TestKeys.Tenant, KeyMaker.NewMany(1, wrapper), default);
        var more = KeyMaker.NewMany(50, wrapper);

        // the gate is held, so the call waits in the middle of its transaction until its server process is killed
        await using var holder = new NpgsqlConnection(Database.ConnectionString);
        await holder.OpenAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand($"SELECT 1 FROM {DataKeyModel.GatesTable} FOR UPDATE", holder, transaction))
        {
            await command.ExecuteScalarAsync();
        }

        var work = Task.Run(async () => await Create().AddAsync(TestKeys.Tenant, more, default));
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (patience.Elapsed < TimeSpan.FromSeconds(30) && await Database.ScalarAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") is null)
        {
            await Task.Delay(20);
        }

        var error = await Assert.ThrowsAsync<PrivacyException>(() => work);
        await transaction.RollbackAsync();

        Assert.Equal(PrivacyErrorCode.KeyStoreUnavailable, error.Code);
        Assert.IsType<PostgresException>(error.InnerException, exactMatch: false);
        Assert.Single(await Create().FindAsync(TestKeys.Tenant, more.ConvertAll(key => key.Owner), default));
        Assert.Equal(50, (await Create().AddAsync(TestKeys.Tenant, more, default)).Count);
    }

    [Fact]
    public async Task An_unreachable_server_is_reported()
    {
        var nowhere = new NpgsqlConnectionStringBuilder(Database.ConnectionString) { Port = 1, Timeout = 2 }.ConnectionString;
        var options = new DbContextOptionsBuilder<KeyTestContext>().UseNpgsql(nowhere).Options;
        var store = new SqlDataKeyStore(new OwnKeyDatabase(KeyContextSource.For(() => new KeyTestContext(options))));
        await using var context = new KeyTestContext(options);

        var registered = await Assert.ThrowsAsync<PrivacyException>(async () => await store.AddAsync(TestKeys.Tenant, KeyMaker.NewMany(1, KeyMaker.NewId()), default));
        var bound = await Assert.ThrowsAsync<PrivacyException>(async () => await SqlDataKeyStore.For(context).AnyAsync(null, default));

        Assert.Equal((PrivacyErrorCode.KeyStoreUnavailable, PrivacyErrorCode.KeyStoreUnavailable), (registered.Code, bound.Code));
        Assert.DoesNotContain(new NpgsqlConnectionStringBuilder(nowhere).Password!, registered.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_context_that_retries_gets_the_database_s_own_passing_errors_and_a_registered_store_repeats_by_itself()
    {
        var retrying = new DbContextOptionsBuilder<KeyTestContext>()
            .UseNpgsql(Database.ConnectionString, options => options.EnableRetryOnFailure(3, TimeSpan.FromMilliseconds(50), null)).Options;
        var store = new SqlDataKeyStore(new OwnKeyDatabase(KeyContextSource.For(() => new KeyTestContext(retrying))));
        var unreachable = new DbContextOptionsBuilder<KeyTestContext>()
            .UseNpgsql(new NpgsqlConnectionStringBuilder(Database.ConnectionString) { Port = 1, Timeout = 2 }.ConnectionString, options => options.EnableRetryOnFailure(1, TimeSpan.Zero, null)).Options;
        await using var context = new KeyTestContext(unreachable);

        // every pooled connection is dead, and the first use of each says so
        await store.AnyAsync(null, default);
        await Database.ScalarAsync("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        Assert.Equal(3, (await store.AddAsync(TestKeys.Tenant, KeyMaker.NewMany(3, KeyMaker.NewId()), default)).Count);

        await Assert.ThrowsAsync<NpgsqlException>(async () => await SqlDataKeyStore.For(context).AnyAsync(null, default));
        var error = await Assert.ThrowsAsync<PrivacyException>(async () =>
            await new SqlDataKeyStore(new OwnKeyDatabase(KeyContextSource.For(() => new KeyTestContext(unreachable)))).AnyAsync(null, default));
        Assert.IsType<RetryLimitExceededException>(error.InnerException);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Keys_of_a_context_stand_or_fall_with_an_ambient_transaction(bool complete)
    {
        await using var context = NewContext();
        var store = SqlDataKeyStore.For(context);
        using (var scope = new System.Transactions.TransactionScope(System.Transactions.TransactionScopeAsyncFlowOption.Enabled))
        {
            await context.Database.OpenConnectionAsync();
            Assert.Equal(5, (await store.AddAsync(TestKeys.Tenant, KeyMaker.NewMany(5, KeyMaker.NewId()), default)).Count);
            Assert.Equal(1, await SqlDataKeyStore.For(context).DestroyAsync(TestKeys.Tenant, [KeyMaker.Subject(0)], default));
            if (complete)
            {
                scope.Complete();
            }
        }

        await context.Database.CloseConnectionAsync();
        Assert.Equal(complete, await Create().AnyAsync(TestKeys.Tenant, default));
    }

    [Fact]
    public async Task Two_transactions_for_one_subject_end_with_one_key_and_the_later_one_is_told()
    {
        var wrapper = KeyMaker.NewId();
        await Create().AddAsync(TestKeys.Tenant, [KeyMaker.New(KeyMaker.Subject(9), wrapper)], default); // the gate stands
        await using var first = NewContext();
        await using var second = NewContext();
        await using var firstTransaction = await first.Database.BeginTransactionAsync();
        await using var secondTransaction = await second.Database.BeginTransactionAsync();

        var winner = await SqlDataKeyStore.For(first).AddAsync(TestKeys.Tenant, KeyMaker.NewMany(2, wrapper), default);
        var waiting = Task.Run(async () => await SqlDataKeyStore.For(second).AddAsync(TestKeys.Tenant, KeyMaker.NewMany(2, wrapper), default));
        await Task.Delay(200);
        Assert.False(waiting.IsCompleted);
        await firstTransaction.CommitAsync();
        var loser = await waiting;

        Assert.Equal(KeyMaker.Describe(winner), KeyMaker.Describe(loser));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Look_ups_use_indexes(bool analyzed)
    {
        // without statistics, too: a table that was filled a minute ago has none
        var (old, current) = (KeyMaker.NewId(), KeyMaker.NewId());
        await Database.ScalarAsync($"ALTER TABLE {DataKeyModel.KeysTable} SET (autovacuum_enabled = off)");
        await Database.ScalarAsync(
            $"""
            INSERT INTO {DataKeyModel.KeysTable}
            SELECT 'acme', 'subject-' || lpad(i::text, 5, '0'), 1, 1, sha256(i::text::bytea), 2, 0, '\x{Convert.ToHexString(KeyMaker.Wrapped(current))}'::bytea, '\x{current}'::bytea, 0
            FROM generate_series(0, 79999) AS i
            """);
        await Create().AddAsync(TestKeys.Tenant, [KeyMaker.New(KeyMaker.Subject(90_000), old)], default);
        if (analyzed)
        {
            await Database.ScalarAsync($"ANALYZE {DataKeyModel.KeysTable}");
        }

        await using var context = NewContext();
        var dialect = (PostgresKeyDialect)KeyTables.Of(context).Dialect;
        var subjects = Enumerable.Range(0, 500).Select(i => KeyMaker.Subject(i * 7).Subject!.Value.Value).ToArray();

        var find = await PlanAsync(dialect.FindSql, ("tenant", "acme"), ("subjects", subjects), ("usages", new short[] { 1 }));
        var notWrapped = await PlanAsync(dialect.FindNotWrappedBySql, ("tenant", "acme"), ("wrapper", DataKeyRecord.BytesOf(current)), ("max", 100));
        var count = await PlanAsync(dialect.CountNotWrappedBySql, ("tenant", "acme"), ("wrapper", DataKeyRecord.BytesOf(current)));

        Assert.Matches("Index Cond: .*tenant.*subject", find);
        Assert.Contains("PK_abm_data_keys", find, StringComparison.Ordinal);
        Assert.Contains("IX_abm_data_keys_tenant_wrapped_by", notWrapped, StringComparison.Ordinal);
        Assert.Contains("IX_abm_data_keys_tenant_wrapped_by", count, StringComparison.Ordinal);
        Assert.All(new[] { find, notWrapped, count }, plan => Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_first_keys_of_a_new_table_are_looked_up_in_its_index_one_by_one()
    {
        // a statement that was planned for the empty table may be run until there are statistics
        await using var context = NewContext();
        var dialect = (PostgresKeyDialect)KeyTables.Of(context).Dialect;
        var bytes = new[] { new byte[16] };
        static T[] One<T>(T value) => [value];

        var plan = await PlanAsync(
            dialect.InsertFirstSql,
            ("tenant", "acme"), ("subjects", One("s")), ("usages", One((short)1)), ("versions", One(1)), ("key_ids", bytes), ("states", One((short)2)),
            ("created", One(0L)), ("wrapped", bytes), ("wrapped_by", bytes), ("messages", One(0L)));

        Assert.Matches("SubPlan", plan);
        Assert.Matches("Index Cond: .*tenant.*subject.*usage", plan);
        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ids_are_compared_and_ordered_byte_by_byte()
    {
        Assert.Equal(
            3L,
            await Database.ScalarAsync("SELECT count(*) FROM information_schema.columns WHERE table_name LIKE 'abm_data_key%' AND column_name IN ('tenant', 'subject') AND collation_name = 'C'"));
    }

    protected override async Task<TestDatabase> CreateDatabaseAsync() => await postgres.CreateDatabaseAsync();

    protected override Task<IDbContextTransaction> BeginReadingAsync(KeyTestContext context, System.Data.IsolationLevel isolation) => context.Database.BeginTransactionAsync(isolation);

    private async Task<string> PlanAsync(string sql, params (string Name, object Value)[] parameters)
    {
        await using var connection = new NpgsqlConnection(Database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("EXPLAIN " + sql, connection);
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        await using var reader = await command.ExecuteReaderAsync();
        var plan = new List<string>();
        while (await reader.ReadAsync())
        {
            plan.Add(reader.GetString(0));
        }

        return string.Join('\n', plan);
    }
}
