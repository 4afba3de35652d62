using System.Data.Common;
using Abm.Privacy.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Support;

/// <summary>A SQLite file of its own, with a write-ahead log.</summary>
public sealed class SqliteDatabase : DatabaseFixture
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _connectionString;

    public SqliteDatabase()
    {
        _connectionString = new SqliteConnectionStringBuilder { DataSource = Path.Combine(_folder.Path, "test.db"), Pooling = false }.ConnectionString;
        using var connection = new SqliteConnection(_connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL";
        command.ExecuteNonQuery();
    }

    public override bool SupportsTransactionScope => false;

    public override void Use(DbContextOptionsBuilder options) => options.UseSqlite(_connectionString);

    public override DbConnection CreateConnection() => new SqliteConnection(_connectionString);

    public override ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
