using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.Tests.Support;

/// <summary>A database in a file, with a write-ahead log, as an application should have it.</summary>
public sealed class SqliteFixture : TestDatabase
{
    private readonly TemporaryFolder _folder = new();

    /// <param name="timeoutSeconds">How long a statement waits for another writer.</param>
    public SqliteFixture(int timeoutSeconds = 30)
    {
        File = _folder.File("test.db");
        ConnectionString = new SqliteConnectionStringBuilder { DataSource = File, DefaultTimeout = timeoutSeconds }.ConnectionString;
        using var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL";
        command.ExecuteNonQuery();
    }

    /// <summary>The database file; its log stands beside it with the ending <c>-wal</c>.</summary>
    public string File { get; }

    public override string ConnectionString { get; }

    public override bool SupportsTransactionScope => false;

    public override void Configure(DbContextOptionsBuilder options) => options.UseSqlite(ConnectionString);

    public override DbConnection Connect() => new SqliteConnection(ConnectionString);

    /// <summary>Whether the bytes stand anywhere in the database's files.</summary>
    public bool FilesHold(ReadOnlySpan<byte> bytes)
    {
        foreach (var file in Directory.EnumerateFiles(_folder.Path))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            if (copy.GetBuffer().AsSpan(0, (int)copy.Length).IndexOf(bytes) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    public override async Task<Func<Task<TestDatabase>>> DumpAsync()
    {
        var restored = new SqliteFixture();
        restored.ClearPool();
        System.IO.File.Delete(restored.File);
        await ScalarAsync($"VACUUM INTO '{restored.File}'");
        return () => Task.FromResult<TestDatabase>(restored);
    }

    public override ValueTask DisposeAsync()
    {
        ClearPool();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private void ClearPool()
    {
        using var connection = new SqliteConnection(ConnectionString);
        SqliteConnection.ClearPool(connection);
    }
}
