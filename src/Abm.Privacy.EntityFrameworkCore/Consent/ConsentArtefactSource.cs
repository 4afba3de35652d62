using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>
/// What the consent ledger holds of a person for erasure: the index values and hashes by which the person's contact points are found, and their rows of
/// facts and campaigns, all of which go. The events stay, about a random id that leads to nobody any more; entries of the suppression list stay, so that the person's
/// objection is honored. What was encrypted in evidence goes with the person's key.
/// </summary>
/// <typeparam name="TContext">The context with the tables of <c>UseAbmConsent()</c>.</typeparam>
public sealed class ConsentArtefactSource<TContext> : IDerivedArtefactSource
    where TContext : DbContext
{
    private const string Ground = "GDPR Art 17(3)(b) and 21(3): the person's objection must be honored";

    private readonly LedgerDatabase _database;
    private readonly TimeProvider _time;

    /// <summary>Looks into the tables of a context.</summary>
    /// <param name="factory">Makes a context for each call.</param>
    /// <param name="time">The clock.</param>
    public ConsentArtefactSource(IDbContextFactory<TContext> factory, TimeProvider time)
        : this(KeyContextSource.For((factory ?? throw new ArgumentNullException(nameof(factory))).CreateDbContext), time)
    {
    }

    internal ConsentArtefactSource(KeyContextSource contexts, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        (_database, _time) = (new LedgerDatabase(contexts), time);
    }

    /// <summary>The context's name, with <c>.consent</c>.</summary>
    public string Name => typeof(TContext).Name + ".consent";

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<DerivedArtefact>> FindAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken) =>
        await _database.RunAsync(
            false,
            async (session, ct) =>
            {
                var people = await PointsAsync(session, tenant, subject, locks: false, ct).ConfigureAwait(false);
                var (values, facts, campaigns, entries) = (0L, 0L, 0L, 0L);
                foreach (var record in people)
                {
                    values += await CountAsync(session, session.Tables.ContactIndex, record, ct).ConfigureAwait(false);
                    facts += await CountAsync(session, session.Tables.Facts, record, ct).ConfigureAwait(false);
                    campaigns += await CountAsync(session, session.Tables.Campaigns, record, ct).ConfigureAwait(false);
                    entries += record.Hash is null ? 0 : (await SuppressionList.FindAsync(session, tenant, record.Hash, ct).ConfigureAwait(false)).Count;
                }

                return (IReadOnlyList<DerivedArtefact>)
                [
                    new DerivedArtefact(DerivedArtefactKind.BlindIndex, ConsentModel.ContactIndex, values),
                    new DerivedArtefact(DerivedArtefactKind.BlindIndex, ConsentModel.ContactPoints, people.Count(record => record.Hash is not null)),
                    new DerivedArtefact(DerivedArtefactKind.ClearCopy, ConsentModel.Facts, facts),
                    new DerivedArtefact(DerivedArtefactKind.ClearCopy, ConsentModel.Campaigns, campaigns),
                    new DerivedArtefact(DerivedArtefactKind.Suppression, ConsentModel.Suppressions, entries) { KeptOnGround = Ground },
                ];
            },
            cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask<long> EraseAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken) =>
        await _database.RunAsync(
            true,
            async (session, ct) =>
            {
                var erased = 0L;
                foreach (var record in await PointsAsync(session, tenant, subject, locks: true, ct).ConfigureAwait(false))
                {
                    erased += await DeleteAsync(session, session.Tables.ContactIndex, record, ct).ConfigureAwait(false);
                    erased += await DeleteAsync(session, session.Tables.Facts, record, ct).ConfigureAwait(false);
                    erased += await DeleteAsync(session, session.Tables.Campaigns, record, ct).ConfigureAwait(false);
                    erased += record.Hash is null ? 0 : 1;
                    await session.ExecuteAsync(
                        $"UPDATE {session.Tables.ContactPoints} SET identifier_hash = NULL, domain_hash = NULL, erased_at = COALESCE(erased_at, @at) WHERE tenant = @t AND contact_point = @c",
                        ct,
                        ("@t", tenant.Value),
                        ("@c", record.Point.Id.Value),
                        ("@at", _time.GetUtcNow().ToUnixTimeMilliseconds())).ConfigureAwait(false);
                }

                return erased;
            },
            cancellationToken).ConfigureAwait(false);

    private static Task<List<ContactRecord>> PointsAsync(LedgerSession session, TenantId tenant, SubjectId subject, bool locks, CancellationToken cancellationToken) =>
        ContactRecord.FindAsync(session, tenant, "c.subject = @s ORDER BY c.contact_point", locks, cancellationToken, ("@s", subject.Value));

    private static async Task<long> CountAsync(LedgerSession session, string table, ContactRecord record, CancellationToken cancellationToken) => (await session.QueryAsync(
        $"SELECT COUNT(*) FROM {table} WHERE tenant = @t AND contact_point = @c",
        row => row.GetInt64(0),
        cancellationToken,
        ("@t", record.Point.Tenant.Value),
        ("@c", record.Point.Id.Value)).ConfigureAwait(false)).Single();

    private static Task<int> DeleteAsync(LedgerSession session, string table, ContactRecord record, CancellationToken cancellationToken) => session.ExecuteAsync(
        $"DELETE FROM {table} WHERE tenant = @t AND contact_point = @c", cancellationToken, ("@t", record.Point.Tenant.Value), ("@c", record.Point.Id.Value));
}
