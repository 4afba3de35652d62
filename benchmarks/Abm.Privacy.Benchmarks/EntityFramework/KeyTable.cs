using System.Data;
using System.Data.Common;
using Abm.Privacy.Cryptography;
using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.Benchmarks.EntityFramework;

/// <summary>The least key table on SQLite: a prepared insert, and a read of many subjects by one query.</summary>
internal sealed class KeyTable(Func<SqliteConnection>? connect, SqliteConnection? shared = null, SqliteTransaction? transaction = null) : IDataKeyStore
{
    public const string CreateTable =
        """
        CREATE TABLE bench_key (tenant TEXT NOT NULL, subject TEXT NOT NULL, key_id BLOB NOT NULL, created INT NOT NULL, wrapped BLOB NOT NULL,
            PRIMARY KEY (tenant, subject)) WITHOUT ROWID
        """;

    public async ValueTask<IReadOnlyList<StoredDataKey>> FindAsync(TenantId tenant, IReadOnlyCollection<DataKeyOwner> owners, CancellationToken cancellationToken)
    {
        var found = new List<StoredDataKey>(owners.Count);
        var connection = await OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"SELECT subject, key_id, created, wrapped FROM bench_key WHERE tenant = $t AND subject IN ({string.Join(',', owners.Select((_, i) => $"$s{i}"))})";
        command.Parameters.AddWithValue("$t", tenant.Value);
        foreach (var (owner, i) in owners.Select((owner, i) => (owner, i)))
        {
            command.Parameters.AddWithValue($"$s{i}", owner.Subject!.Value.Value);
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(new StoredDataKey(
                DataKeyOwner.ForSubject(new SubjectId(reader.GetString(0))), 1, new KeyId((byte[])reader[1]), KeyState.Active,
                new DateTimeOffset(reader.GetInt64(2), TimeSpan.Zero), (byte[])reader[3]));
        }

        await CloseAsync(connection);
        return found;
    }

    public async ValueTask<IReadOnlyList<StoredDataKey>> AddAsync(TenantId tenant, IReadOnlyCollection<StoredDataKey> keys, CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "INSERT INTO bench_key VALUES ($t, $s, $k, $c, $w) ON CONFLICT DO NOTHING";
        command.Parameters.AddWithValue("$t", tenant.Value);
        var (subject, id, created, wrapped) = (
            command.Parameters.Add("$s", SqliteType.Text), command.Parameters.Add("$k", SqliteType.Blob),
            command.Parameters.Add("$c", SqliteType.Integer), command.Parameters.Add("$w", SqliteType.Blob));
        var added = 0;
        var bytes = new byte[KeyId.Size];
        foreach (var key in keys)
        {
            key.KeyId.CopyTo(bytes);
            (subject.Value, id.Value, created.Value, wrapped.Value) = (key.Owner.Subject!.Value.Value, bytes, key.CreatedAt.UtcTicks, key.Wrapped.ToArray());
            added += command.ExecuteNonQuery();
        }

        await CloseAsync(connection);
        return added == keys.Count ? [.. keys] : throw new InvalidOperationException("The benchmark has no second writer.");
    }

    public async ValueTask<bool> AnyAsync(TenantId? tenant, CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT EXISTS (SELECT 1 FROM bench_key)";
        var any = (long)(await command.ExecuteScalarAsync(cancellationToken))! == 1;
        await CloseAsync(connection);
        return any;
    }

    public ValueTask<int> DestroyAsync(TenantId tenant, IReadOnlyCollection<DataKeyOwner> owners, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<bool> TryChangeAsync(TenantId tenant, IReadOnlyCollection<DataKeyChange> changes, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<StoredDataKey>> FindNotWrappedByAsync(TenantId tenant, KeyId tenantKey, int max, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<long> CountNotWrappedByAsync(TenantId tenant, KeyId tenantKey, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask FenceAsync(TenantId tenant, KeyId tenantKey, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyDictionary<DataKeyVersion, long>> ReserveMessagesAsync(
        TenantId tenant, IReadOnlyCollection<DataKeyVersion> keys, long messages, CancellationToken cancellationToken) => throw new NotSupportedException();

    private async ValueTask<SqliteConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = shared ?? connect!();
        if (connection.State != ConnectionState.Open)
        {
            await connection.OpenAsync(cancellationToken);
        }

        return connection;
    }

    private async ValueTask CloseAsync(SqliteConnection connection)
    {
        if (shared is null)
        {
            await connection.DisposeAsync();
        }
    }

    internal sealed class OfContext(IDataKeyStore? other) : IContextKeyStores
    {
        public IDataKeyStore CreateFor(DbContext context, DbTransaction? transaction) =>
            other ?? new KeyTable(null, (SqliteConnection)context.Database.GetDbConnection(), (SqliteTransaction?)transaction);
    }
}
