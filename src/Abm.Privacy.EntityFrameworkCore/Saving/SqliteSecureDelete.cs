using System.Data.Common;
using Abm.Privacy.EntityFrameworkCore.Keys;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Abm.Privacy.EntityFrameworkCore.Saving;

/// <summary>Has SQLite overwrite what it deletes, on every connection that a context opens: else it stays in the file's free pages.</summary>
internal sealed class SqliteSecureDelete : DbConnectionInterceptor
{
    private const string Sql = "PRAGMA secure_delete = ON";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (IsSqlite(eventData))
        {
            using var command = connection.CreateCommand();
            command.CommandText = Sql;
            command.ExecuteNonQuery();
        }
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (IsSqlite(eventData))
        {
            await SetAsync(connection, CancellationToken.None).ConfigureAwait(false); // an open connection without it would stay so
        }
    }

    /// <summary>The same for a connection that no context opened.</summary>
    public static async Task SetAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var command = connection.CreateCommand();
        await using var disposal = command.ConfigureAwait(false);
        command.CommandText = Sql;
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static bool IsSqlite(ConnectionEndEventData eventData) => eventData.Context?.Database.ProviderName == KeyTables.SqliteProvider;
}
