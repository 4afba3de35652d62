using Abm.Privacy.Cryptography;
using Abm.Privacy.Keys;

namespace Abm.Privacy.EntityFrameworkCore.Keys;

/// <summary>
/// The statements for PostgreSQL: one for each set of rows, through arrays. Rows are locked in one order before a set of
/// them is changed, so that two sets that overlap cannot wait for each other. While a new table has no statistics the planner
/// would rather read all of it for every set: so arrays stand in a SELECT of their own, which hides their length, and what is
/// run for every save or reveal leaves it one way only, a look-up in the primary key for each row (LIMIT and OFFSET are never
/// made part of a join).
/// </summary>
internal sealed class PostgresKeyDialect(KeyTables tables) : KeyDialect(tables)
{
    private const string OfSubjects = "subject = ANY ((SELECT @subjects)::text[])";
    private const string OfOwners = OfSubjects + " AND usage = ANY (@usages)";

    public string FindSql { get; } =
        $"""
        SELECT {DataKeyRecord.Columns} FROM unnest(@subjects) AS o (wanted)
        CROSS JOIN LATERAL (SELECT {DataKeyRecord.Columns} FROM {tables.Keys} WHERE tenant = @tenant AND subject = o.wanted AND usage = ANY (@usages) OFFSET 0) AS k
        """;

    public string InsertFirstSql { get; } = InsertSql(
        tables,
        $"WHERE (SELECT true FROM {tables.Keys} AS k WHERE k.tenant = @tenant AND k.subject = n.subject AND k.usage = n.usage LIMIT 1) IS NULL");

    /// <summary>
    /// The weakest lock, which a reservation passes and a destruction waits for. Not for the tenant's own keys: all its writers
    /// would mark the same row.
    /// </summary>
    public string HoldSql { get; } =
        $"""
        SELECT {DataKeyRecord.Columns} FROM unnest(@subjects) AS o (wanted)
        CROSS JOIN LATERAL (
            SELECT {DataKeyRecord.Columns} FROM {tables.Keys} WHERE tenant = @tenant AND subject = o.wanted AND usage = {(int)KeyUsage.Field}
            ORDER BY version FOR KEY SHARE) AS held
        UNION ALL
        SELECT {DataKeyRecord.Columns} FROM unnest(@subjects) AS o (wanted)
        CROSS JOIN LATERAL (
            SELECT {DataKeyRecord.Columns} FROM {tables.Keys}
            WHERE tenant = @tenant AND subject = o.wanted AND usage = ANY (@usages) AND usage <> {(int)KeyUsage.Field} OFFSET 0) AS k
        """;

    public override bool WritesBeside => true;

    private string InsertFurtherSql { get; } = InsertSql(tables, "");

    public override async Task<bool> TryEnterAsync(KeySession session, string tenant, IReadOnlyList<KeyId> wrappers, CancellationToken cancellationToken)
    {
        var keys = wrappers.Select(DataKeyRecord.BytesOf).ToArray();
        var gates = await ShareGatesAsync(session, tenant, keys, cancellationToken).ConfigureAwait(false);
        if (gates.Count < keys.Length)
        {
            // the first key ever under this tenant key
            var command = session.Command(
                $"INSERT INTO {Tables.Gates} (tenant, tenant_key, fenced) SELECT @tenant, n.key, false FROM unnest(@keys) AS n (key) ORDER BY n.key ON CONFLICT DO NOTHING",
                ("@tenant", tenant),
                ("@keys", keys));
            await using var disposal = command.ConfigureAwait(false);
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            gates = await ShareGatesAsync(session, tenant, keys, cancellationToken).ConfigureAwait(false);
        }

        return gates.Count == keys.Length && !gates.Contains(true);
    }

    public override async Task FenceAsync(KeySession session, string tenant, KeyId wrapper, CancellationToken cancellationToken)
    {
        // waits for every transaction that shares the gate
        var command = session.Command(
            $"INSERT INTO {Tables.Gates} AS g (tenant, tenant_key, fenced) VALUES (@tenant, @wrapper, true) ON CONFLICT (tenant, tenant_key) DO UPDATE SET fenced = true",
            ("@tenant", tenant),
            ("@wrapper", DataKeyRecord.BytesOf(wrapper)));
        await using var disposal = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public override Task<List<StoredDataKey>> FindAsync(KeySession session, string tenant, OwnerFilter owners, CancellationToken cancellationToken) =>
        FindAsync(session, FindSql, tenant, owners, cancellationToken);

    public override Task<List<StoredDataKey>> HoldAsync(KeySession session, string tenant, OwnerFilter owners, CancellationToken cancellationToken) =>
        FindAsync(session, HoldSql, tenant, owners, cancellationToken);

    private static async Task<List<StoredDataKey>> FindAsync(KeySession session, string sql, string tenant, OwnerFilter owners, CancellationToken cancellationToken)
    {
        var command = session.Command(sql, ("@tenant", tenant), ("@subjects", owners.Subjects), ("@usages", owners.Usages));
        await using var disposal = command.ConfigureAwait(false);
        return await command.ReadAsync(DataKeyRecord.Read, cancellationToken).ConfigureAwait(false);
    }

    public override async Task LockAsync(KeySession session, string tenant, OwnerFilter owners, bool toDestroy, CancellationToken cancellationToken)
    {
        var command = session.Command(
            $"""
            SELECT count(*) FROM unnest(@subjects) AS o (wanted)
            CROSS JOIN LATERAL (
                SELECT 1 FROM {Tables.Keys} WHERE tenant = @tenant AND subject = o.wanted AND usage = ANY (@usages)
                ORDER BY usage, version FOR {(toDestroy ? "UPDATE" : "NO KEY UPDATE")}) AS locked
            """,
            ("@tenant", tenant),
            ("@subjects", owners.Subjects),
            ("@usages", owners.Usages));
        await using var disposal = command.ConfigureAwait(false);
        await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
    }

    public override async Task<int> InsertAsync(
        KeySession session, string tenant, IReadOnlyList<StoredDataKey> keys, bool firstKeys, CancellationToken cancellationToken)
    {
        var command = session.Command(
            firstKeys ? InsertFirstSql : InsertFurtherSql,
            ("@tenant", tenant),
            ("@subjects", keys.Select(key => DataKeyRecord.SubjectOf(key.Owner)).ToArray()),
            ("@usages", keys.Select(key => (short)key.Owner.Usage).ToArray()),
            ("@versions", keys.Select(key => key.Version).ToArray()),
            ("@key_ids", keys.Select(key => DataKeyRecord.BytesOf(key.KeyId)).ToArray()),
            ("@states", keys.Select(key => (short)key.State).ToArray()),
            ("@created", keys.Select(key => key.CreatedAt.UtcTicks).ToArray()),
            ("@wrapped", keys.Select(key => ParameterBytes.Of(key.Wrapped)).ToArray()),
            ("@wrapped_by", keys.Select(WrapperOf).ToArray()),
            ("@messages", keys.Select(key => key.MessagesReserved).ToArray()));
        await using var disposal = command.ConfigureAwait(false);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public override async Task<int> UpdateAsync(KeySession session, string tenant, IReadOnlyList<DataKeyChange> changes, CancellationToken cancellationToken)
    {
        var command = session.Command(
            $"""
            UPDATE {Tables.Keys} AS k
            SET state = n.state, created_at = n.created_at, wrapped = n.wrapped, wrapped_by = n.wrapped_by,
                messages_reserved = greatest(k.messages_reserved, n.messages)
            FROM unnest((SELECT @subjects), (SELECT @usages), (SELECT @versions), (SELECT @key_ids), (SELECT @old_states), (SELECT @old_wrapped), (SELECT @states), (SELECT @created), (SELECT @wrapped), (SELECT @wrapped_by), (SELECT @messages))
                AS n (subject, usage, version, key_id, old_state, old_wrapped, state, created_at, wrapped, wrapped_by, messages)
            WHERE k.tenant = @tenant AND k.subject = n.subject AND k.usage = n.usage AND k.version = n.version
                AND k.key_id = n.key_id AND k.state = n.old_state AND k.wrapped = n.old_wrapped AND k.state <> {(int)KeyState.Destroyed}
            """,
            ("@tenant", tenant),
            ("@subjects", changes.Select(change => DataKeyRecord.SubjectOf(change.After.Owner)).ToArray()),
            ("@usages", changes.Select(change => (short)change.After.Owner.Usage).ToArray()),
            ("@versions", changes.Select(change => change.After.Version).ToArray()),
            ("@key_ids", changes.Select(change => DataKeyRecord.BytesOf(change.After.KeyId)).ToArray()),
            ("@old_states", changes.Select(change => (short)change.Before!.State).ToArray()),
            ("@old_wrapped", changes.Select(change => ParameterBytes.Of(change.Before!.Wrapped)).ToArray()),
            ("@states", changes.Select(change => (short)change.After.State).ToArray()),
            ("@created", changes.Select(change => change.After.CreatedAt.UtcTicks).ToArray()),
            ("@wrapped", changes.Select(change => ParameterBytes.Of(change.After.Wrapped)).ToArray()),
            ("@wrapped_by", changes.Select(change => WrapperOf(change.After)).ToArray()),
            ("@messages", changes.Select(change => change.After.MessagesReserved).ToArray()));
        await using var disposal = command.ConfigureAwait(false);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public override async Task<int> DestroyAsync(KeySession session, string tenant, OwnerFilter owners, CancellationToken cancellationToken)
    {
        var command = session.Command(
            $"""
            UPDATE {Tables.Keys} SET state = {(int)KeyState.Destroyed}, wrapped = ''::bytea, wrapped_by = NULL
            WHERE tenant = @tenant AND {OfOwners} AND state <> {(int)KeyState.Destroyed}
            """,
            ("@tenant", tenant),
            ("@subjects", owners.Subjects),
            ("@usages", owners.Usages));
        await using var disposal = command.ConfigureAwait(false);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public override async Task<List<(DataKeyVersion Key, long Total)>> ReserveAsync(
        KeySession session, string tenant, IReadOnlyList<DataKeyVersion> keys, long messages, CancellationToken cancellationToken)
    {
        var command = session.Command(
            $"""
            UPDATE {Tables.Keys} AS k SET messages_reserved = k.messages_reserved + @messages
            FROM unnest((SELECT @subjects), (SELECT @usages), (SELECT @versions)) AS n (subject, usage, version)
            WHERE k.tenant = @tenant AND k.subject = n.subject AND k.usage = n.usage AND k.version = n.version
            RETURNING k.subject, k.usage, k.version, k.messages_reserved
            """,
            ("@tenant", tenant),
            ("@subjects", keys.Select(key => DataKeyRecord.SubjectOf(key.Owner)).ToArray()),
            ("@usages", keys.Select(key => (short)key.Owner.Usage).ToArray()),
            ("@versions", keys.Select(key => key.Version).ToArray()),
            ("@messages", messages));
        await using var disposal = command.ConfigureAwait(false);
        return await command.ReadAsync(
            row => (new DataKeyVersion(DataKeyRecord.ReadOwner(row), row.GetInt32(2)), row.GetInt64(3)), cancellationToken).ConfigureAwait(false);
    }

    private static string InsertSql(KeyTables tables, string condition) =>
        $"""
        INSERT INTO {tables.Keys} (tenant, subject, usage, version, key_id, state, created_at, wrapped, wrapped_by, messages_reserved)
        SELECT @tenant, n.subject, n.usage, n.version, n.key_id, n.state, n.created_at, n.wrapped, n.wrapped_by, n.messages
        FROM unnest((SELECT @subjects), (SELECT @usages), (SELECT @versions), (SELECT @key_ids), (SELECT @states), (SELECT @created), (SELECT @wrapped), (SELECT @wrapped_by), (SELECT @messages)) WITH ORDINALITY
            AS n (subject, usage, version, key_id, state, created_at, wrapped, wrapped_by, messages, place)
        {condition}
        ORDER BY n.place
        ON CONFLICT DO NOTHING
        """;

    private static byte[]? WrapperOf(StoredDataKey key) => key.WrappedBy is { } wrapper ? DataKeyRecord.BytesOf(wrapper) : null;

    private async Task<List<bool>> ShareGatesAsync(KeySession session, string tenant, byte[][] keys, CancellationToken cancellationToken)
    {
        var command = session.Command(
            $"SELECT fenced FROM {Tables.Gates} WHERE tenant = @tenant AND tenant_key = ANY (@keys) ORDER BY tenant_key FOR SHARE",
            ("@tenant", tenant),
            ("@keys", keys));
        await using var disposal = command.ConfigureAwait(false);
        return await command.ReadAsync(row => row.GetBoolean(0), cancellationToken).ConfigureAwait(false);
    }
}
