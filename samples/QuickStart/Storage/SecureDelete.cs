using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace QuickStart.Storage;

/// <summary>Has SQLite overwrite what it deletes, on every connection: otherwise destroyed keys stay in the file's free pages.</summary>
internal sealed class SecureDelete : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA secure_delete = ON";
        command.ExecuteNonQuery();
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
