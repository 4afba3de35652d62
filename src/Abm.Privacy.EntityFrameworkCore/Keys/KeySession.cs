using System.Data.Common;
using Microsoft.EntityFrameworkCore.Storage;

namespace Abm.Privacy.EntityFrameworkCore.Keys;

/// <summary>An open connection and the transaction in which one call of a key store works.</summary>
internal sealed class KeySession(IRelationalConnection connection, DbTransaction? transaction, KeyDialect dialect)
{
    public DbConnection Connection => connection.DbConnection;

    public KeyDialect Dialect => dialect;

    /// <summary>Set by the work when what it wrote shall not stay.</summary>
    public bool Undo { get; set; }

    public DbCommand Command(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = connection.DbConnection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        command.CommandTimeout = connection.CommandTimeout ?? command.CommandTimeout;
        foreach (var (name, value) in parameters)
        {
            command.Add(name, value);
        }

        return command;
    }

    public async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        var command = Command(sql);
        await using var disposal = command.ConfigureAwait(false);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
