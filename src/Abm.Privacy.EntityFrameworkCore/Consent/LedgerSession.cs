using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.Identifiers;
using Microsoft.EntityFrameworkCore.Storage;

namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>An open connection and the transaction in which one call of the ledger works.</summary>
internal sealed class LedgerSession(IRelationalConnection connection, DbTransaction? transaction, LedgerTables tables)
{
    public LedgerTables Tables => tables;

    /// <summary>The end of a statement that locks the rows it reads against other writers and senders, not against foreign keys. SQLite has one writer.</summary>
    public string ForUpdate => tables.IsPostgres ? " FOR NO KEY UPDATE" : "";

    public async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters)
    {
        var command = Command(sql, parameters);
        await using var disposal = command.ConfigureAwait(false);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task<List<T>> QueryAsync<T>(string sql, Func<DbDataReader, T> read, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters)
    {
        var command = Command(sql, parameters);
        await using var disposal = command.ConfigureAwait(false);
        return await command.ReadAsync(read, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Waits until nobody else works on the same thing, until the transaction ends. Of one PostgreSQL server: a cluster with several
    /// coordinators needs all writers of a tenant at one of them.
    /// </summary>
    /// <param name="key">The thing: the first bytes of a keyed hash.</param>
    /// <param name="shared">Whether others that also share may work on it meanwhile.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The task.</returns>
    public Task LockAsync(ReadOnlySpan<byte> key, bool shared, CancellationToken cancellationToken) => tables.IsPostgres
        ? ExecuteAsync($"SELECT pg_advisory_xact_lock{(shared ? "_shared" : "")}(@key)", cancellationToken, ("@key", System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(key)))
        : Task.CompletedTask;

    /// <summary>Waits for something that a tenant has one of.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="shared">Whether others that also share may work on it meanwhile.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The task.</returns>
    public Task LockAsync(string name, TenantId tenant, bool shared, CancellationToken cancellationToken) =>
        LockAsync(SHA256.HashData(Encoding.UTF8.GetBytes($"{name}\n{tenant.Value}")), shared, cancellationToken);

    private DbCommand Command(string sql, (string Name, object? Value)[] parameters)
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
}
