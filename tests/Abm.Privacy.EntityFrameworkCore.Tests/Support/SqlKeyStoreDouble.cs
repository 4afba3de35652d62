using System.Data;
using System.Data.Common;
using System.Globalization;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Support;

/// <summary>The least data key store that works on a connection and a transaction: one table, plain SQL for every provider.</summary>
internal sealed class SqlKeyStoreDouble(DbConnection connection, DbTransaction? transaction) : IDataKeyStore
{
    public const string CreateTable =
        """
        CREATE TABLE test_key (
            tenant TEXT NOT NULL, usage INT NOT NULL, subject TEXT NOT NULL, version INT NOT NULL,
            key_id TEXT NOT NULL, state INT NOT NULL, created TEXT NOT NULL, wrapped TEXT NOT NULL,
            PRIMARY KEY (tenant, usage, subject, version));
        CREATE TABLE test_fence (tenant TEXT NOT NULL, key_id TEXT NOT NULL, PRIMARY KEY (tenant, key_id))
        """;

    public async ValueTask<IReadOnlyList<StoredDataKey>> FindAsync(
        TenantId tenant, IReadOnlyCollection<DataKeyOwner> owners, CancellationToken cancellationToken)
    {
        var found = new List<StoredDataKey>();
        await using var open = await OpenAsync(cancellationToken);
        foreach (var group in owners.GroupBy(owner => owner.Usage))
        {
            foreach (var chunk in group.Chunk(500))
            {
                await using var command = Command("");
                var names = chunk.Select((owner, i) => Parameter(command, $"s{i}", owner.Subject?.Value ?? ""));
                command.CommandText = $"SELECT subject, version, key_id, state, created, wrapped FROM test_key WHERE tenant = @t AND usage = @u AND subject IN ({string.Join(',', names)})";
                Parameter(command, "t", tenant.Value);
                Parameter(command, "u", (int)group.Key);
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                while (await reader.ReadAsync(cancellationToken))
                {
                    found.Add(new StoredDataKey(
                        group.Key == KeyUsage.Field ? DataKeyOwner.ForSubject(new SubjectId(reader.GetString(0))) : DataKeyOwner.ForTenant(group.Key),
                        reader.GetInt32(1),
                        new KeyId(Convert.FromHexString(reader.GetString(2))),
                        (KeyState)reader.GetInt32(3),
                        DateTimeOffset.Parse(reader.GetString(4), CultureInfo.InvariantCulture),
                        Convert.FromHexString(reader.GetString(5))));
                }
            }
        }

        return found;
    }

    public async ValueTask<IReadOnlyList<StoredDataKey>> AddAsync(
        TenantId tenant, IReadOnlyCollection<StoredDataKey> keys, CancellationToken cancellationToken)
    {
        await using var open = await OpenAsync(cancellationToken);
        foreach (var wrapper in keys.Select(key => key.WrappedBy!.Value).Distinct())
        {
            await using var fenced = Command("SELECT COUNT(*) FROM test_fence WHERE tenant = @t AND key_id = @k");
            Parameter(fenced, "t", tenant.Value);
            Parameter(fenced, "k", wrapper.ToString());
            if (Convert.ToInt32(await fenced.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture) > 0)
            {
                throw new PrivacyException(PrivacyErrorCode.TenantKeyRetired, "The tenant key is fenced.");
            }
        }

        var added = 0;
        foreach (var key in keys)
        {
            await using var command = Command(
                "INSERT INTO test_key SELECT @t, @u, @s, 1, @k, @st, @c, @w WHERE NOT EXISTS (SELECT 1 FROM test_key WHERE tenant = @t AND usage = @u AND subject = @s) ON CONFLICT DO NOTHING");
            Parameter(command, "t", tenant.Value);
            Parameter(command, "u", (int)key.Owner.Usage);
            Parameter(command, "s", key.Owner.Subject?.Value ?? "");
            Parameter(command, "k", key.KeyId.ToString());
            Parameter(command, "st", (int)key.State);
            Parameter(command, "c", key.CreatedAt.ToString("O", CultureInfo.InvariantCulture));
            Parameter(command, "w", Convert.ToHexString(key.Wrapped.Span));
            added += await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return added == keys.Count ? [.. keys] : await FindAsync(tenant, [.. keys.Select(key => key.Owner)], cancellationToken);
    }

    public async ValueTask<int> DestroyAsync(TenantId tenant, IReadOnlyCollection<DataKeyOwner> owners, CancellationToken cancellationToken)
    {
        var destroyed = 0;
        await using var open = await OpenAsync(cancellationToken);
        foreach (var owner in owners)
        {
            await using var command = Command("UPDATE test_key SET state = @d, wrapped = '' WHERE tenant = @t AND usage = @u AND subject = @s AND state <> @d");
            Parameter(command, "d", (int)KeyState.Destroyed);
            Parameter(command, "t", tenant.Value);
            Parameter(command, "u", (int)owner.Usage);
            Parameter(command, "s", owner.Subject?.Value ?? "");
            destroyed += await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return destroyed;
    }

    public async ValueTask FenceAsync(TenantId tenant, KeyId tenantKey, CancellationToken cancellationToken)
    {
        await using var open = await OpenAsync(cancellationToken);
        await using var command = Command("INSERT INTO test_fence VALUES (@t, @k)");
        Parameter(command, "t", tenant.Value);
        Parameter(command, "k", tenantKey.ToString());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async ValueTask<bool> AnyAsync(TenantId? tenant, CancellationToken cancellationToken)
    {
        await using var open = await OpenAsync(cancellationToken);
        await using var command = Command("SELECT COUNT(*) FROM (SELECT 1 FROM test_key WHERE tenant = @t LIMIT 1) AS found");
        Parameter(command, "t", tenant!.Value.Value);
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture) > 0;
    }

    public ValueTask<bool> TryChangeAsync(TenantId tenant, IReadOnlyCollection<DataKeyChange> changes, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<IReadOnlyList<StoredDataKey>> FindNotWrappedByAsync(TenantId tenant, KeyId tenantKey, int max, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<long> CountNotWrappedByAsync(TenantId tenant, KeyId tenantKey, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<IReadOnlyDictionary<DataKeyVersion, long>> ReserveMessagesAsync(
        TenantId tenant, IReadOnlyCollection<DataKeyVersion> keys, long messages, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    private DbCommand Command(string text)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        command.Transaction = transaction;
        return command;
    }

    private static string Parameter(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
        return "@" + name;
    }

    /// <summary>Opens a closed connection, and closes it again at the end.</summary>
    private async ValueTask<Closing> OpenAsync(CancellationToken cancellationToken)
    {
        if (connection.State == ConnectionState.Open)
        {
            return new Closing(null);
        }

        await connection.OpenAsync(cancellationToken);
        return new Closing(connection);
    }

    private sealed class Closing(DbConnection? opened) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            if (opened is not null)
            {
                await opened.CloseAsync();
            }
        }
    }
}
