using System.Runtime.CompilerServices;
using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>
/// The consent ledger in tables of an application's own database (<c>modelBuilder.UseAbmConsent()</c>), on PostgreSQL or SQLite. Each call has a
/// transaction of its own; made <see cref="For"/> a context, it works inside the context's transaction.
/// </summary>
/// <typeparam name="TContext">The application's context.</typeparam>
public sealed class EfConsentLedger<TContext> : IConsentLedger
    where TContext : DbContext
{
    private const int PageSize = 100;

    private readonly LedgerDatabase _database;
    private readonly KeyRing _keys;
    private readonly LedgerIntake _intake;
    private readonly LedgerIdentifiers _identifiers;
    private readonly EvidenceSealer _sealer;

    /// <summary>Creates a ledger.</summary>
    /// <param name="factory">Makes a context for each call.</param>
    /// <param name="keys">Holds the keys of the index, of the suppression list and of the persons.</param>
    /// <param name="purposes">The declared purposes.</param>
    /// <param name="time">The clock.</param>
    public EfConsentLedger(IDbContextFactory<TContext> factory, KeyRing keys, PurposeCatalog purposes, TimeProvider time)
        : this(SourceOf(factory), keys, purposes, time)
    {
    }

    internal EfConsentLedger(KeyContextSource contexts, KeyRing keys, PurposeCatalog purposes, TimeProvider time)
        : this(new LedgerDatabase(contexts), keys, new LedgerIntake(purposes, time))
    {
    }

    private EfConsentLedger(LedgerDatabase database, KeyRing keys, LedgerIntake intake)
    {
        ArgumentNullException.ThrowIfNull(keys);
        (_database, _keys, _intake, _identifiers, _sealer) = (database, keys, intake, new LedgerIdentifiers(keys, database, intake), new EvidenceSealer(keys));
    }

    /// <summary>
    /// The ledger on the connection and in the current or ambient transaction of a context: an append is committed or rolled back with the application's
    /// own work. Locks are held until that transaction ends, so keep it short. On SQLite the tenant's keys must exist before.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <returns>A ledger for one unit of work, as little safe for concurrent use as the context.</returns>
    public IConsentLedger For(TContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new EfConsentLedger<TContext>(new LedgerDatabase(context), _keys, _intake);
    }

    /// <inheritdoc/>
    public async ValueTask<ContactPoint> RegisterAsync<TIdentifier>(
        ContactPointRegistration registration, TIdentifier identifier, CancellationToken cancellationToken = default)
        where TIdentifier : struct, IIdentifier
    {
        ArgumentNullException.ThrowIfNull(registration);
        return await _identifiers.RunAsync(
            registration.Tenant,
            1,
            (suppression, ct) => _identifiers.NameAsync(suppression, identifier, ct),
            (session, names, ct) => new LedgerRegistration(session, registration, names, _intake).RunAsync(ct),
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ContactPoint>> FindAsync<TIdentifier>(TenantId tenant, TIdentifier identifier, CancellationToken cancellationToken = default)
        where TIdentifier : struct, IIdentifier
    {
        var values = await _identifiers.IndexValuesAsync(tenant, identifier, cancellationToken).ConfigureAwait(false);
        return await _database.RunAsync(
            false,
            async (session, ct) =>
            {
                var found = new List<ContactRecord>();
                foreach (var value in values)
                {
                    found.AddRange(await ContactRecord.FindAsync(
                        session,
                        tenant,
                        $"c.contact_point IN (SELECT i.contact_point FROM {session.Tables.ContactIndex} AS i WHERE i.tenant = @t AND i.value = @v)",
                        locks: false,
                        ct,
                        ("@v", value)).ConfigureAwait(false));
                }

                return found.Select(record => record.Point).DistinctBy(point => point.Id).OrderBy(point => point.Id).ToList();
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<AppendResult>> AppendAsync(
        TenantId tenant, ContactPointId contactPoint, IReadOnlyList<LedgerEvent> events, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        events = Named(events);
        if (EvidenceSealer.HasWork(events))
        {
            var point = await _database.RunAsync(false, (session, ct) => ContactRecord.FindAsync(session, tenant, contactPoint, locks: false, ct), cancellationToken).ConfigureAwait(false)
                ?? throw ContactAppend.Unknown();
            events = await _sealer.SealAsync(point.Point, events, cancellationToken).ConfigureAwait(false);
        }

        // hashes are compared only if the list may change
        var changesList = events.Any(SuppressionChanges.MayFollow);
        Task<IReadOnlyList<AppendResult>> RunAsync(LedgerSession session, CancellationToken ct) => new ContactAppend(session, tenant, contactPoint, _intake).RunAsync(events, changesList, ct);
        return await (changesList ? _identifiers.RunAsync(tenant, RunAsync, cancellationToken) : _database.RunAsync(true, RunAsync, cancellationToken)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<AppendResult>> AppendAsync(
        TenantId tenant, AccountId account, IReadOnlyList<LedgerEvent> events, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        _ = account.Value;
        events = Named(events);
        return await _database.RunAsync(true, (session, ct) => new AccountAppend(session, tenant, account, _intake).RunAsync(events, ct), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<LedgerHistory?> FindHistoryAsync(TenantId tenant, ContactPointId contactPoint, CancellationToken cancellationToken = default) =>
        await _database.RunAsync(
            false,
            async (session, ct) =>
            {
                if (await ContactRecord.FindAsync(session, tenant, contactPoint, locks: false, ct).ConfigureAwait(false) is not { } record)
                {
                    return null;
                }

                var stream = await LedgerStreams.ReadAsync(session, tenant, contactPoint, ct).ConfigureAwait(false);
                return new LedgerHistory(record.Point, stream, await LedgerStreams.ReadAccountsAsync(session, tenant, stream, [], ct).ConfigureAwait(false));
            },
            cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask<ConsentFacts?> FindFactsAsync(TenantId tenant, ContactPointId contactPoint, Purpose purpose, CancellationToken cancellationToken = default) =>
        await _database.RunAsync(
            false,
            (session, ct) => FactColumns.FindAsync(session, tenant, contactPoint, purpose, ct),
            cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask<long> RebuildFactsAsync(TenantId tenant, bool onlyStale = false, CancellationToken cancellationToken = default)
    {
        var (after, rebuilt) = (Guid.Empty, 0L);
        var stale = _intake.Now.ToUnixTimeMilliseconds();
        while (true)
        {
            var page = await _database.RunAsync(
                true,
                async (session, ct) =>
                {
                    var condition = onlyStale
                        ? $"c.contact_point > @after AND c.erased_at IS NULL AND c.contact_point IN (SELECT f.contact_point FROM {session.Tables.Facts} AS f WHERE f.tenant = @t AND f.stale_after <= {stale.ToString(System.Globalization.CultureInfo.InvariantCulture)})"
                        : "c.contact_point > @after AND c.erased_at IS NULL";
                    var writer = new LedgerWriter(session, tenant, _intake);
                    await writer.LockAccountTreeAsync(shared: true, ct).ConfigureAwait(false);
                    var records = await ContactRecord.FindAsync(session, tenant, $"{condition} ORDER BY c.contact_point LIMIT {PageSize}", locks: true, ct, ("@after", after)).ConfigureAwait(false);
                    foreach (var record in records)
                    {
                        await writer.FoldAsync(record, null, ct).ConfigureAwait(false);
                    }

                    return records;
                },
                cancellationToken).ConfigureAwait(false);
            rebuilt += page.Count;
            if (page.Count == 0)
            {
                return rebuilt;
            }

            after = page[^1].Point.Id.Value;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<long> ImportSuppressionsAsync(TenantId tenant, IAsyncEnumerable<SuppressionEntry> entries, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var changed = 0L;
        await foreach (var page in entries.Chunk(PageSize).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            changed += await _identifiers.ImportAsync(tenant, page, cancellationToken).ConfigureAwait(false);
        }

        return changed;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> LiftSuppressionAsync(TenantId tenant, SuppressionEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return await _identifiers.RunAsync(
            tenant,
            entry.Hash.KeyVersion,
            (suppression, _) => Task.FromResult(entry with { Hash = SuppressionHasher.Rekey(suppression, entry.Hash) }),
            (session, current, ct) => SuppressionLifting.RunAsync(session, tenant, _intake, current, ct),
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SuppressionEntry> ExportSuppressionsAsync(TenantId tenant, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var version = await _identifiers.CarryOverAsync(tenant, cancellationToken).ConfigureAwait(false);
        for (SuppressionEntry? after = null; ;)
        {
            var (page, stored) = await _database.RunAsync(
                false,
                async (session, ct) => (
                    await SuppressionList.PageAsync(session, tenant, after, 1000, ct).ConfigureAwait(false), await SuppressionVersions.FindAsync(session, tenant, ct).ConfigureAwait(false)),
                cancellationToken).ConfigureAwait(false);
            if (stored.Newest > version)
            {
                // carried over meanwhile, which moves entries to other pages: better twice than never
                (version, after) = (await _identifiers.CarryOverAsync(tenant, cancellationToken).ConfigureAwait(false), null);
                continue;
            }

            foreach (var entry in await _identifiers.CurrentAsync(tenant, page, version, cancellationToken).ConfigureAwait(false))
            {
                yield return entry;
            }

            if (page.Count == 0)
            {
                yield break;
            }

            after = page[^1];
        }
    }

    /// <summary>Each with a key of its own, so that a strategy that repeats a call whose commit was not confirmed stores nothing twice.</summary>
    private static IReadOnlyList<LedgerEvent> Named(IReadOnlyList<LedgerEvent> events)
    {
        LedgerIntake.ThrowIfReserved(events);
        return [.. events.Select(item => item is { IdempotencyKey: null } ? item with { IdempotencyKey = Guid.NewGuid().ToString() } : item)];
    }

    private static KeyContextSource SourceOf(IDbContextFactory<TContext> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return KeyContextSource.For(factory.CreateDbContext);
    }
}
