using System.Data.Common;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>The suppression list of a tenant, as rows.</summary>
internal static class SuppressionList
{
    private const string Columns = "identifier_type, normalizer, key_version, hash, kind, scope, since, renewed_at, until, lifted_at, origin";

    public static Task<List<SuppressionEntry>> FindAsync(LedgerSession session, TenantId tenant, SuppressionHash hash, CancellationToken cancellationToken) =>
        session.QueryAsync(
            $"SELECT {Columns} FROM {session.Tables.Suppressions} WHERE tenant = @t AND hash = @h ORDER BY kind, scope",
            Read,
            cancellationToken,
            ("@t", tenant.Value),
            ("@h", hash.Value.ToArray()));

    /// <summary>The entries of several hashes.</summary>
    public static async Task<List<SuppressionEntry>> FindAsync(LedgerSession session, TenantId tenant, IReadOnlyList<SuppressionHash> hashes, CancellationToken cancellationToken) => hashes.Count == 0 ? [] :
        await session.QueryAsync(
            $"SELECT {Columns} FROM {session.Tables.Suppressions} WHERE tenant = @t AND hash IN ({string.Join(", ", hashes.Select((_, i) => FormattableString.Invariant($"@h{i}")))}) ORDER BY hash, kind, scope",
            Read,
            cancellationToken,
            [("@t", tenant.Value), .. hashes.Select((hash, i) => (FormattableString.Invariant($"@h{i}"), (object?)hash.Value.ToArray()))]).ConfigureAwait(false);

    /// <summary>A page of the list, after the last entry of the page before.</summary>
    public static Task<List<SuppressionEntry>> PageAsync(LedgerSession session, TenantId tenant, SuppressionEntry? after, int max, CancellationToken cancellationToken) =>
        session.QueryAsync(
            $"SELECT {Columns} FROM {session.Tables.Suppressions} WHERE tenant = @t {(after is null ? "" : "AND (hash, kind, scope) > (@h, @k, @s) ")}ORDER BY hash, kind, scope LIMIT {max}",
            Read,
            cancellationToken,
            [
                ("@t", tenant.Value),
                .. after is null ? Array.Empty<(string, object?)>() : [("@h", after.Hash.Value.ToArray()), ("@k", (int)after.Kind), ("@s", after.Scope.Text)],
            ]);

    /// <summary>Entries whose hashes are of an older key version.</summary>
    public static Task<List<SuppressionEntry>> FindOlderAsync(LedgerSession session, TenantId tenant, int version, int max, CancellationToken cancellationToken) =>
        session.QueryAsync(
            $"SELECT {Columns} FROM {session.Tables.Suppressions} WHERE tenant = @t AND key_version < @v LIMIT {max}",
            Read,
            cancellationToken,
            ("@t", tenant.Value),
            ("@v", version));

    /// <summary>Adds an entry, or what it adds to the one that is there.</summary>
    /// <returns>The entry that stands now; null if nothing changed.</returns>
    public static async Task<SuppressionEntry?> AddAsync(LedgerSession session, TenantId tenant, SuppressionEntry entry, CancellationToken cancellationToken)
    {
        var known = (await FindAsync(session, tenant, entry.Hash, cancellationToken).ConfigureAwait(false)).Find(other => other.Kind == entry.Kind && other.Scope == entry.Scope);
        var merged = known?.Merge(entry) ?? entry;
        if (known is not null && ReferenceEquals(merged, known))
        {
            return null;
        }

        await StoreAsync(session, tenant, merged, cancellationToken).ConfigureAwait(false);
        return merged;
    }

    public static Task<int> StoreAsync(LedgerSession session, TenantId tenant, SuppressionEntry entry, CancellationToken cancellationToken) => session.ExecuteAsync(
        $"""
        INSERT INTO {session.Tables.Suppressions} (tenant, {Columns}) VALUES (@t, @y, @n, @v, @h, @k, @s, @since, {(entry.RenewedAt is null ? "NULL" : "@renewed")}, {(entry.Until is null ? "NULL" : "@until")}, {(entry.LiftedAt is null ? "NULL" : "@lifted")}, @o)
        ON CONFLICT (tenant, hash, kind, scope) DO UPDATE SET since = excluded.since, renewed_at = excluded.renewed_at, until = excluded.until, lifted_at = excluded.lifted_at, origin = excluded.origin
        """,
        cancellationToken,
        [
            ("@t", tenant.Value), ("@y", entry.Hash.IdentifierType), ("@n", entry.Hash.Normalizer), ("@v", entry.Hash.KeyVersion), ("@h", entry.Hash.Value.ToArray()),
            ("@k", (int)entry.Kind), ("@s", entry.Scope.Text), ("@since", entry.Since.ToUnixTimeMilliseconds()), ("@o", entry.Origin),
            .. new[] { ("@renewed", entry.RenewedAt), ("@until", entry.Until), ("@lifted", entry.LiftedAt) }
                .Where(item => item.Item2 is not null).Select(item => (item.Item1, (object?)item.Item2!.Value.ToUnixTimeMilliseconds())),
        ]);

    public static Task<int> RemoveAsync(LedgerSession session, TenantId tenant, SuppressionEntry entry, CancellationToken cancellationToken) => session.ExecuteAsync(
        $"DELETE FROM {session.Tables.Suppressions} WHERE tenant = @t AND hash = @h AND kind = @k AND scope = @s",
        cancellationToken,
        ("@t", tenant.Value),
        ("@h", entry.Hash.Value.ToArray()),
        ("@k", (int)entry.Kind),
        ("@s", entry.Scope.Text));

    private static SuppressionEntry Read(DbDataReader row) => new()
    {
        Hash = new SuppressionHash(row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetFieldValue<byte[]>(3)),
        Kind = (SuppressionKind)row.GetInt32(4),
        Scope = SuppressionScope.TryParse(row.GetString(5), out var scope) ? scope : throw new PrivacyException(
            PrivacyErrorCode.SuppressionListInvalid, "A stored suppression has a scope that this version does not know. Use a version of this library that knows it."),
        Since = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)),
        RenewedAt = Instant(row, 7),
        Until = Instant(row, 8),
        LiftedAt = Instant(row, 9),
        Origin = row.GetString(10),
    };

    private static DateTimeOffset? Instant(DbDataReader row, int column) => row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
