using System.Data.Common;
using System.Globalization;
using System.Text;
using Abm.Privacy.Cryptography;
using Abm.Privacy.EntityFrameworkCore.Saving;
using Abm.Privacy.Keys;

namespace Abm.Privacy.EntityFrameworkCore.Keys;

/// <summary>
/// The statements for SQLite: prepared ones over one row or a few, which cost no round trip there. It has one writer at a
/// time, so nothing is locked: a transaction that read before another one's commit cannot write any more.
/// </summary>
internal sealed class SqliteKeyDialect(KeyTables tables) : KeyDialect(tables)
{
    private const int OwnersPerQuery = 500;
    private const int RowsPerInsert = 40;

    /// <summary>The writer's lock may be the transaction's.</summary>
    public override bool WritesBeside => false;

    public override async Task<bool> TryEnterAsync(KeySession session, string tenant, IReadOnlyList<KeyId> wrappers, CancellationToken cancellationToken)
    {
        var command = session.Command($"SELECT 1 FROM {Tables.Gates} WHERE tenant = @tenant AND tenant_key = @wrapper AND fenced", ("@tenant", tenant));
        await using var disposal = command.ConfigureAwait(false);
        var key = command.Add("@wrapper");
        foreach (var wrapper in wrappers)
        {
            key.Value = DataKeyRecord.BytesOf(wrapper);
            if (await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not null)
            {
                return false;
            }
        }

        return true;
    }

    public override async Task FenceAsync(KeySession session, string tenant, KeyId wrapper, CancellationToken cancellationToken)
    {
        var command = session.Command(
            $"INSERT INTO {Tables.Gates} (tenant, tenant_key, fenced) VALUES (@tenant, @wrapper, 1) ON CONFLICT (tenant, tenant_key) DO UPDATE SET fenced = 1",
            ("@tenant", tenant),
            ("@wrapper", DataKeyRecord.BytesOf(wrapper)));
        await using var disposal = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public override async Task<List<StoredDataKey>> FindAsync(KeySession session, string tenant, OwnerFilter owners, CancellationToken cancellationToken)
    {
        var found = new List<StoredDataKey>();
        foreach (var subjects in owners.Subjects.Chunk(OwnersPerQuery))
        {
            var command = session.Command(FindSql(subjects.Length, owners), ("@tenant", tenant));
            await using var disposal = command.ConfigureAwait(false);
            for (var i = 0; i < subjects.Length; i++)
            {
                command.Add(Parameter(i), subjects[i]);
            }

            found.AddRange(await command.ReadAsync(DataKeyRecord.Read, cancellationToken).ConfigureAwait(false));
        }

        return found;
    }

    public string FindSql(int subjects, OwnerFilter owners)
    {
        var sql = new StringBuilder($"SELECT {DataKeyRecord.Columns} FROM {Tables.Keys} WHERE tenant = @tenant AND {UsagesOf(owners)} AND subject IN (", 256 + (subjects * 6));
        for (var i = 0; i < subjects; i++)
        {
            sql.Append(i == 0 ? "" : ",").Append(Parameter(i));
        }

        return sql.Append(')').ToString();
    }

    /// <summary>What writes after this reading has the writer's lock, or gets none if a key was destroyed since.</summary>
    public override Task<List<StoredDataKey>> HoldAsync(KeySession session, string tenant, OwnerFilter owners, CancellationToken cancellationToken) =>
        FindAsync(session, tenant, owners, cancellationToken);

    public override Task LockAsync(KeySession session, string tenant, OwnerFilter owners, bool toDestroy, CancellationToken cancellationToken) => Task.CompletedTask;

    public override async Task<int> InsertAsync(
        KeySession session, string tenant, IReadOnlyList<StoredDataKey> keys, bool firstKeys, CancellationToken cancellationToken)
    {
        var inserted = 0;

        // what is equal is one parameter: the driver looks parameters up by name, one after the other
        foreach (var alike in keys.GroupBy(SharedParameters.ValuesOf))
        {
            var left = alike.ToArray().AsMemory();
            while (left.Length > 0)
            {
                // as many full statements as there are of one text, then the rest
                var rows = Math.Min(RowsPerInsert, left.Length);
                var command = session.Command(InsertSql(rows, firstKeys), ("@tenant", tenant));
                await using var disposal = command.ConfigureAwait(false);
                new SharedParameters(command).Set(left.Span[0]);
                var parameters = Enumerable.Range(0, rows).Select(row => new RowParameters(command, row)).ToArray();
                for (; left.Length >= rows; left = left[rows..])
                {
                    for (var row = 0; row < rows; row++)
                    {
                        parameters[row].Set(left.Span[row]);
                    }

                    inserted += await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                }
            }
        }

        return inserted;
    }

    public override async Task<int> UpdateAsync(KeySession session, string tenant, IReadOnlyList<DataKeyChange> changes, CancellationToken cancellationToken)
    {
        var command = session.Command(
            $"""
            UPDATE {Tables.Keys}
            SET state = @state, created_at = @created, wrapped = @wrapped, wrapped_by = @wrapped_by, messages_reserved = max(messages_reserved, @messages)
            WHERE tenant = @tenant AND subject = @subject AND usage = @usage AND version = @version
                AND key_id = @key_id AND state = @old_state AND wrapped = @old_wrapped AND state <> {(int)KeyState.Destroyed}
            """,
            ("@tenant", tenant));
        await using var disposal = command.ConfigureAwait(false);
        var (shared, row) = (new SharedParameters(command), new RowParameters(command, null));
        var (oldState, oldWrapped) = (command.Add("@old_state"), command.Add("@old_wrapped"));
        var changed = 0;
        foreach (var change in changes)
        {
            shared.Set(change.After);
            row.Set(change.After);
            oldState.Value = (int)change.Before!.State;
            oldWrapped.Value = change.Before.Wrapped.ToArray();
            changed += await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        return changed;
    }

    public override async Task<int> DestroyAsync(KeySession session, string tenant, OwnerFilter owners, CancellationToken cancellationToken)
    {
        var command = session.Command(
            $"""
            UPDATE {Tables.Keys} SET state = {(int)KeyState.Destroyed}, wrapped = x'', wrapped_by = NULL
            WHERE tenant = @tenant AND subject = @subject AND {UsagesOf(owners)} AND state <> {(int)KeyState.Destroyed}
            """,
            ("@tenant", tenant));
        await using var disposal = command.ConfigureAwait(false);
        var parameter = command.Add("@subject");
        var destroyed = 0;
        foreach (var subject in owners.Subjects)
        {
            parameter.Value = subject;
            destroyed += await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        return destroyed;
    }

    public override async Task<List<(DataKeyVersion Key, long Total)>> ReserveAsync(
        KeySession session, string tenant, IReadOnlyList<DataKeyVersion> keys, long messages, CancellationToken cancellationToken)
    {
        var command = session.Command(
            $"""
            UPDATE {Tables.Keys} SET messages_reserved = messages_reserved + @messages
            WHERE tenant = @tenant AND subject = @subject AND usage = @usage AND version = @version
            RETURNING messages_reserved
            """,
            ("@tenant", tenant),
            ("@messages", messages));
        await using var disposal = command.ConfigureAwait(false);
        var (subject, usage, version) = (command.Add("@subject"), command.Add("@usage"), command.Add("@version"));
        var reserved = new List<(DataKeyVersion, long)>(keys.Count);
        foreach (var key in keys)
        {
            (subject.Value, usage.Value, version.Value) = (DataKeyRecord.SubjectOf(key.Owner), (int)key.Owner.Usage, key.Version);
            if (await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is long total)
            {
                reserved.Add((key, total));
            }
        }

        return reserved;
    }

    public override async Task PrepareToWriteAsync(KeySession session, CancellationToken cancellationToken) =>
        await SqliteSecureDelete.SetAsync(session.Connection, cancellationToken).ConfigureAwait(false);

    public override async Task ScrubAsync(KeySession session, CancellationToken cancellationToken) =>
        await SqliteScrub.EmptyLogAsync(session.Connection, cancellationToken).ConfigureAwait(false);

    private static string Parameter(int index) => string.Create(CultureInfo.InvariantCulture, $"@s{index}");

    private string InsertSql(int rows, bool firstKeys)
    {
        var sql = new StringBuilder($"""
            INSERT INTO {Tables.Keys} (tenant, subject, key_id, wrapped, usage, version, state, created_at, wrapped_by, messages_reserved)
            WITH n (subject, key_id, wrapped) AS (VALUES
            """);
        for (var row = 0; row < rows; row++)
        {
            sql.Append(row == 0 ? " (" : ", (").AppendJoin(", ", RowParameters.Names.Select(name => RowParameters.NameOf(name, row))).Append(')');
        }

        // an owner with a key of any version has no first key any more
        var noOtherVersion = firstKeys
            ? $"NOT EXISTS (SELECT 1 FROM {Tables.Keys} AS k WHERE k.tenant = @tenant AND k.subject = n.subject AND k.usage = @usage)"
            : "true"; // without a condition ON would belong to a join
        return sql.Append(CultureInfo.InvariantCulture, $") SELECT @tenant, n.*, {string.Join(", ", SharedParameters.Names)} FROM n WHERE {noOtherVersion} ON CONFLICT DO NOTHING").ToString();
    }

    private static string UsagesOf(OwnerFilter owners) => $"usage IN ({string.Join(',', owners.Usages)})";

    /// <summary>The parameters of one row, set again for the next.</summary>
    private sealed class RowParameters(DbCommand command, int? row)
    {
        /// <summary>In the order of the columns.</summary>
        public static readonly string[] Names = ["@subject", "@key_id", "@wrapped"];

        private readonly DbParameter[] _columns = [.. Names.Select(name => command.Add(NameOf(name, row)))];

        public static string NameOf(string name, int? row) => row is { } number ? string.Create(CultureInfo.InvariantCulture, $"{name}{number}") : name;

        public void Set(StoredDataKey key)
        {
            _columns[0].Value = DataKeyRecord.SubjectOf(key.Owner);
            _columns[1].Value = DataKeyRecord.BytesOf(key.KeyId);
            _columns[2].Value = ParameterBytes.Of(key.Wrapped);
        }
    }

    /// <summary>The parameters of columns that are mostly equal in all rows of a statement.</summary>
    private sealed class SharedParameters(DbCommand command)
    {
        /// <summary>In the order of the columns.</summary>
        public static readonly string[] Names = ["@usage", "@version", "@state", "@created", "@wrapped_by", "@messages"];

        private readonly DbParameter[] _columns = [.. Names.Select(name => command.Add(name))];

        /// <summary>What is equal in rows that one statement can write.</summary>
        public static (KeyUsage Usage, int Version, KeyState State, long Created, KeyId? WrappedBy, long Messages) ValuesOf(StoredDataKey key) =>
            (key.Owner.Usage, key.Version, key.State, key.CreatedAt.UtcTicks, key.WrappedBy, key.MessagesReserved);

        public void Set(StoredDataKey key)
        {
            var (usage, version, state, created, wrappedBy, messages) = ValuesOf(key);
            _columns[0].Value = (int)usage;
            _columns[1].Value = version;
            _columns[2].Value = (int)state;
            _columns[3].Value = created;
            _columns[4].Value = wrappedBy is { } wrapper ? DataKeyRecord.BytesOf(wrapper) : DBNull.Value;
            _columns[5].Value = messages;
        }
    }
}
