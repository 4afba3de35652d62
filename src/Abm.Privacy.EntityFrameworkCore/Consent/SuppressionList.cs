using System.Data.Common;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>The suppression list of a tenant, as rows.</summary>
internal static class SuppressionList
{
    private const string Columns = "identifier_type, normalizer, key_version, hash, kind, scope, since, until, origin";

    public static Task<List<SuppressionEntry>> FindAsync(LedgerSession session, TenantId tenant, SuppressionHash hash, CancellationToken cancellationToken) =>
        session.QueryAsync(
            $"SELECT {Columns} FROM {session.Tables.Suppressions} WHERE tenant = @t AND hash = @h ORDER BY kind, scope",
            Read,
            cancellationToken,
            ("@t", tenant.Value),
            ("@h", hash.Value.ToArray()));

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
        INSERT INTO {session.Tables.Suppressions} (tenant, {Columns}) VALUES (@t, @y, @n, @v, @h, @k, @s, @since, {(entry.Until is null ? "NULL" : "@until")}, @o)
        ON CONFLICT (tenant, hash, kind, scope) DO UPDATE SET since = excluded.since, until = excluded.until, origin = excluded.origin
        """,
        cancellationToken,
        [
            ("@t", tenant.Value), ("@y", entry.Hash.IdentifierType), ("@n", entry.Hash.Normalizer), ("@v", entry.Hash.KeyVersion), ("@h", entry.Hash.Value.ToArray()),
            ("@k", (int)entry.Kind), ("@s", entry.Scope.Text), ("@since", entry.Since.ToUnixTimeMilliseconds()), ("@o", entry.Origin),
            .. entry.Until is { } until ? [("@until", until.ToUnixTimeMilliseconds())] : Array.Empty<(string, object?)>(),
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
        Until = row.IsDBNull(7) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(7)),
        Origin = row.GetString(8),
    };
}
