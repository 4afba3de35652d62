using Abm.Privacy.EntityFrameworkCore.Tests.Support;
using Abm.Privacy.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Saving;

public class PostgresSavingTests(PostgresFixture postgres) : SavingContract
{
    protected override async ValueTask<TestDatabase> NewDatabaseAsync() => await postgres.CreateDatabaseAsync();
}

public class PostgresTransactionTests(PostgresFixture postgres) : TransactionContract
{
    protected override async ValueTask<TestDatabase> NewDatabaseAsync() => await postgres.CreateDatabaseAsync();

    [Fact]
    public async Task A_save_whose_keys_meet_a_passing_error_is_tried_again_as_a_whole()
    {
        await using var crm = await CrmDatabase.CreateAsync(await NewDatabaseAsync());
        var impatient = new NpgsqlConnectionStringBuilder(crm.Database.ConnectionString) { Options = "-c lock_timeout=100ms" }.ConnectionString;
        await using var other = new NpgsqlConnection(crm.Database.ConnectionString);
        await other.OpenAsync();
        await using var blocking = await other.BeginTransactionAsync();
        await using var command = new NpgsqlCommand("LOCK TABLE abm_data_keys IN EXCLUSIVE MODE", other, blocking);
        await command.ExecuteNonQueryAsync();
        var retries = 0;
        await using var context = crm.NewContext(options => options.UseNpgsql(impatient, npgsql => npgsql.ExecutionStrategy(
            dependencies => new TellingStrategy(dependencies, () =>
            {
                retries++;
                blocking.Rollback();
            }))));
        var jane = new Contact { Email = "jane@example.com", SubjectId = "subject-jane" };
        context.Add(jane);

        await context.SaveChangesAsync();

        Assert.Equal(1, retries);
        Assert.Equal("jane@example.com", await crm.ReadEmailAsync(jane.Id));
        NpgsqlConnection.ClearPool(new NpgsqlConnection(impatient));
    }

    private sealed class TellingStrategy(ExecutionStrategyDependencies dependencies, Action retrying) : NpgsqlRetryingExecutionStrategy(dependencies, 3, TimeSpan.FromMilliseconds(50), null)
    {
        protected override void OnRetry() => retrying();
    }
}

public class PostgresFirstKeyTests(PostgresFixture postgres) : FirstKeyContract
{
    protected override async ValueTask<TestDatabase> NewDatabaseAsync() => await postgres.CreateDatabaseAsync();
}

public class PostgresShapeTests(PostgresFixture postgres) : ShapeContract
{
    protected override async ValueTask<TestDatabase> NewDatabaseAsync() => await postgres.CreateDatabaseAsync();
}
