using Abm.Privacy.Identifiers;

namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>
/// The versions of the suppression key under which a tenant's hashes are stored. Whoever compares hashes shares a lock, under which all of them are of one
/// version; whoever brings a newer one is alone. So nobody looks for a demand under one version while it stands, or is being stored, under another.
/// </summary>
/// <param name="Oldest">The oldest one; beyond every version if there are no hashes.</param>
/// <param name="Newest">The newest one; 0 if there are no hashes.</param>
internal readonly record struct SuppressionVersions(int Oldest, int Newest)
{
    /// <summary>Whether no hash was ever stored.</summary>
    public bool AreNone => Newest == 0;

    /// <summary>Whether a carry-over is on its way.</summary>
    public bool AreSeveral => Oldest < Newest;

    /// <summary>Takes the first of all locks, until the transaction ends.</summary>
    public static Task LockAsync(LedgerSession session, TenantId tenant, bool alone, CancellationToken cancellationToken) =>
        session.LockAsync("abm.suppression-version", tenant, shared: !alone, cancellationToken);

    /// <summary>Takes the lock, and sees to it that hashes under a version can be compared with the stored ones.</summary>
    /// <param name="session">The session.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="version">The version of the hashes at hand.</param>
    /// <param name="alone">Whether nobody else may compare or store hashes meanwhile.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The task.</returns>
    /// <exception cref="SuppressionVersionException">They cannot.</exception>
    public static async Task LockAsync(LedgerSession session, TenantId tenant, int version, bool alone, CancellationToken cancellationToken)
    {
        await LockAsync(session, tenant, alone, cancellationToken).ConfigureAwait(false);
        var stored = await FindAsync(session, tenant, cancellationToken).ConfigureAwait(false);

        // the first hash of all: somebody else might be storing one under another version
        if (stored.AreNone ? !alone : stored != new SuppressionVersions(version, version))
        {
            throw new SuppressionVersionException(stored);
        }
    }

    public static async Task<SuppressionVersions> FindAsync(LedgerSession session, TenantId tenant, CancellationToken cancellationToken)
    {
        var (list, points) = (session.Tables.Suppressions, session.Tables.ContactPoints);
        var found = await session.QueryAsync(
            $"""
            SELECT MIN(v), MAX(v) FROM (
                SELECT MIN(key_version) AS v FROM {list} WHERE tenant = @t UNION ALL SELECT MAX(key_version) FROM {list} WHERE tenant = @t
                UNION ALL SELECT MIN(suppression_version) FROM {points} WHERE tenant = @t UNION ALL SELECT MAX(suppression_version) FROM {points} WHERE tenant = @t) AS versions
            """,
            row => row.IsDBNull(0) ? new SuppressionVersions(int.MaxValue, 0) : new SuppressionVersions(row.GetInt32(0), row.GetInt32(1)),
            cancellationToken,
            ("@t", tenant.Value)).ConfigureAwait(false);
        return found.Single();
    }
}
