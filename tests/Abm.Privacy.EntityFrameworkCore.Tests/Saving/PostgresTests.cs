using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Saving;

public class PostgresSavingTests(PostgresFixture postgres) : SavingContract
{
    protected override async ValueTask<TestDatabase> NewDatabaseAsync() => await postgres.CreateDatabaseAsync();
}

public class PostgresTransactionTests(PostgresFixture postgres) : TransactionContract
{
    protected override async ValueTask<TestDatabase> NewDatabaseAsync() => await postgres.CreateDatabaseAsync();
}

public class PostgresFirstKeyTests(PostgresFixture postgres) : FirstKeyContract
{
    protected override async ValueTask<TestDatabase> NewDatabaseAsync() => await postgres.CreateDatabaseAsync();
}

public class PostgresShapeTests(PostgresFixture postgres) : ShapeContract
{
    protected override async ValueTask<TestDatabase> NewDatabaseAsync() => await postgres.CreateDatabaseAsync();
}
