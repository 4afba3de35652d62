using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Revealing;

public class PostgresRevealTests(PostgresFixture postgres) : RevealContract
{
    protected override async ValueTask<TestDatabase> NewDatabaseAsync() => await postgres.CreateDatabaseAsync();
}
