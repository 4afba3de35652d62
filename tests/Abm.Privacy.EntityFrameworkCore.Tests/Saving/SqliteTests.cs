using Abm.Privacy.EntityFrameworkCore.Tests.Support;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Saving;

public class SqliteSavingTests : SavingContract
{
    protected override DatabaseFixture NewDatabase() => new SqliteDatabase();
}

public class SqliteTransactionTests : TransactionContract
{
    protected override DatabaseFixture NewDatabase() => new SqliteDatabase();
}

public class SqliteFirstKeyTests : FirstKeyContract
{
    protected override DatabaseFixture NewDatabase() => new SqliteDatabase();
}

public class SqliteShapeTests : ShapeContract
{
    protected override DatabaseFixture NewDatabase() => new SqliteDatabase();
}
