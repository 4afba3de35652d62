using System.Data.Common;

namespace Abm.Privacy.EntityFrameworkCore.Masking;

/// <summary>One state of the source for all tables: what others write meanwhile is not seen, so no row refers to one that was not read.</summary>
internal sealed class SourceSnapshot : IAsyncDisposable
{
    private readonly DbConnection _connection;

    private SourceSnapshot(DbConnection connection) => _connection = connection;

    public static async Task<SourceSnapshot> BeginAsync(bool isSqlite, DbConnection connection, CancellationToken cancellationToken)
    {
        // as text: the provider of SQLite would take the lock of a writer
        await ExecuteAsync(connection, isSqlite ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", cancellationToken).ConfigureAwait(false);
        return new SourceSnapshot(connection);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await ExecuteAsync(_connection, "ROLLBACK", CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error) when (error is DbException or InvalidOperationException)
        {
            // the connection is gone, and the snapshot with it: the error that is on its way says why
        }
    }

    private static async Task ExecuteAsync(DbConnection connection, string sql, CancellationToken cancellationToken)
    {
        var command = connection.CreateCommand();
        await using var disposal = command.ConfigureAwait(false);
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
