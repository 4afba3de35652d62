using Abm.Privacy.Cryptography;
using Abm.Privacy.Keys;

namespace Abm.Privacy.EntityFrameworkCore.Keys;

/// <summary>
/// The statements of a data key store. What both databases understand stands here; a tenant equality stands on every
/// table, so that each statement runs in one partition.
/// </summary>
internal abstract class KeyDialect(KeyTables tables)
{
    /// <summary>Two ranges instead of an inequality, which no index serves.</summary>
    public string FindNotWrappedBySql { get; } =
        $"""
        SELECT {DataKeyRecord.Columns} FROM {tables.Keys} WHERE tenant = @tenant AND wrapped_by < @wrapper
        UNION ALL
        SELECT {DataKeyRecord.Columns} FROM {tables.Keys} WHERE tenant = @tenant AND wrapped_by > @wrapper
        LIMIT @max
        """;

    public string CountNotWrappedBySql { get; } =
        $"""
        SELECT (SELECT count(*) FROM {tables.Keys} WHERE tenant = @tenant AND wrapped_by < @wrapper)
            + (SELECT count(*) FROM {tables.Keys} WHERE tenant = @tenant AND wrapped_by > @wrapper)
        """;

    /// <summary>Whether another connection can write keys while a transaction is open.</summary>
    public abstract bool WritesBeside { get; }

    protected KeyTables Tables => tables;

    /// <summary>Passes the gates of the tenant keys that wrap what will be written, until the transaction ends.</summary>
    /// <returns>False if one is fenced.</returns>
    public abstract Task<bool> TryEnterAsync(KeySession session, string tenant, IReadOnlyList<KeyId> wrappers, CancellationToken cancellationToken);

    public abstract Task FenceAsync(KeySession session, string tenant, KeyId wrapper, CancellationToken cancellationToken);

    public abstract Task<List<StoredDataKey>> FindAsync(KeySession session, string tenant, OwnerFilter owners, CancellationToken cancellationToken);

    /// <summary>
    /// Finds keys and keeps those of subjects from being destroyed until the transaction ends; anything else may be done to
    /// them meanwhile.
    /// </summary>
    public abstract Task<List<StoredDataKey>> HoldAsync(KeySession session, string tenant, OwnerFilter owners, CancellationToken cancellationToken);

    /// <summary>Locks the rows of the owners in the one order of all writers, where the database locks rows.</summary>
    /// <param name="session">The session.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="owners">The owners.</param>
    /// <param name="toDestroy">Whether to wait for those who hold keys (<see cref="HoldAsync"/>) too.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The task.</returns>
    public abstract Task LockAsync(KeySession session, string tenant, OwnerFilter owners, bool toDestroy, CancellationToken cancellationToken);

    /// <summary>Inserts rows that are in order, apart from those that stand already.</summary>
    /// <param name="session">The session.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="keys">The keys.</param>
    /// <param name="firstKeys">Whether any other version of an owner stands in the way too.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>How many were inserted.</returns>
    public abstract Task<int> InsertAsync(
        KeySession session, string tenant, IReadOnlyList<StoredDataKey> keys, bool firstKeys, CancellationToken cancellationToken);

    /// <summary>Changes rows that are still as they were before.</summary>
    /// <returns>How many were changed.</returns>
    public abstract Task<int> UpdateAsync(KeySession session, string tenant, IReadOnlyList<DataKeyChange> changes, CancellationToken cancellationToken);

    /// <summary>Turns living keys into tombstones.</summary>
    /// <returns>How many there were.</returns>
    public abstract Task<int> DestroyAsync(KeySession session, string tenant, OwnerFilter owners, CancellationToken cancellationToken);

    public abstract Task<List<(DataKeyVersion Key, long Total)>> ReserveAsync(
        KeySession session, string tenant, IReadOnlyList<DataKeyVersion> keys, long messages, CancellationToken cancellationToken);

    /// <summary>Before anything is written, as keys move in the file even then: what the connection must know to overwrite what it frees.</summary>
    public virtual Task PrepareToWriteAsync(KeySession session, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>After keys were destroyed and committed: removes what is left of them in the database's files.</summary>
    public virtual Task ScrubAsync(KeySession session, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<List<StoredDataKey>> FindNotWrappedByAsync(KeySession session, string tenant, KeyId wrapper, int max, CancellationToken cancellationToken)
    {
        var command = session.Command(FindNotWrappedBySql, ("@tenant", tenant), ("@wrapper", DataKeyRecord.BytesOf(wrapper)), ("@max", max));
        await using var disposal = command.ConfigureAwait(false);
        return await command.ReadAsync(DataKeyRecord.Read, cancellationToken).ConfigureAwait(false);
    }

    public async Task<long> CountNotWrappedByAsync(KeySession session, string tenant, KeyId wrapper, CancellationToken cancellationToken)
    {
        var command = session.Command(CountNotWrappedBySql, ("@tenant", tenant), ("@wrapper", DataKeyRecord.BytesOf(wrapper)));
        await using var disposal = command.ConfigureAwait(false);
        return (long)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }

    public async Task<bool> AnyAsync(KeySession session, string? tenant, CancellationToken cancellationToken)
    {
        var where = tenant is null ? "" : " WHERE tenant = @tenant";
        var command = session.Command($"SELECT 1 FROM {tables.Keys}{where} LIMIT 1");
        await using var disposal = command.ConfigureAwait(false);
        if (tenant is not null)
        {
            command.Add("@tenant", tenant);
        }

        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not null;
    }
}
