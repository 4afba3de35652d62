using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Revealing;

public class SqliteRevealTests : RevealContract
{
    protected override ValueTask<TestDatabase> NewDatabaseAsync() => ValueTask.FromResult<TestDatabase>(new SqliteFixture());
}
