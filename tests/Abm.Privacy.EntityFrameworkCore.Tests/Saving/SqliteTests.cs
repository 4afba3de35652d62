using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Saving;

public class SqliteSavingTests : SavingContract
{
    protected override ValueTask<TestDatabase> NewDatabaseAsync() => ValueTask.FromResult<TestDatabase>(new SqliteFixture());
}

public class SqliteTransactionTests : TransactionContract
{
    protected override ValueTask<TestDatabase> NewDatabaseAsync() => ValueTask.FromResult<TestDatabase>(new SqliteFixture());
}

public class SqliteFirstKeyTests : FirstKeyContract
{
    protected override ValueTask<TestDatabase> NewDatabaseAsync() => ValueTask.FromResult<TestDatabase>(new SqliteFixture());
}

public class SqliteShapeTests : ShapeContract
{
    protected override ValueTask<TestDatabase> NewDatabaseAsync() => ValueTask.FromResult<TestDatabase>(new SqliteFixture());
}
