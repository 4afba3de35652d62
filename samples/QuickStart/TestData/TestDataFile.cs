using Microsoft.Data.Sqlite;
using QuickStart.Output;

namespace QuickStart.TestData;

/// <summary>A new database file, which gets its name, and replaces an older one, when it is committed. Disposed without that, it is gone.</summary>
internal sealed class TestDataFile : IAsyncDisposable
{
    private readonly string _temporary;

    private TestDataFile(string path)
    {
        Path = path;
        _temporary = OwnerOnlyFile.TemporaryNameOf(path);
        OwnerOnlyFile.Create(_temporary).Dispose(); // SQLite itself would let others read it
        Connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _temporary, Pooling = false }.ConnectionString);
        Context = new TestDataContext(Connection);
    }

    public string Path { get; }

    public SqliteConnection Connection { get; }

    public TestDataContext Context { get; }

    public static async Task<TestDataFile> CreateAsync(OutputFolder folder, CancellationToken cancellationToken)
    {
        var file = new TestDataFile(System.IO.Path.Combine(folder.Path, "test-data.db"));
        await file.Context.Database.EnsureCreatedAsync(cancellationToken);
        return file;
    }

    public async Task CommitAsync()
    {
        await CloseAsync();
        File.Move(_temporary, Path, overwrite: true);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        File.Delete(_temporary);
    }

    private async Task CloseAsync()
    {
        await Context.DisposeAsync();
        await Connection.DisposeAsync();
    }
}
