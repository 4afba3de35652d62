using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>Adds a page of entries to the suppression list and to the streams of whom they name.</summary>
internal static class SuppressionImport
{
    public static async Task<long> RunAsync(LedgerSession session, TenantId tenant, LedgerIntake intake, IReadOnlyList<SuppressionEntry> entries, CancellationToken cancellationToken)
    {
        var writer = new LedgerWriter(session, tenant, intake);
        await writer.LockAsync(entries.Select(entry => (entry.Hash, false)).Distinct(), cancellationToken).ConfigureAwait(false);
        await writer.LockAccountTreeAsync(shared: true, cancellationToken).ConfigureAwait(false);
        var changed = 0L;
        var events = new SortedDictionary<ContactPointId, List<SuppressionEvent>>();
        foreach (var entry in entries)
        {
            if (await SuppressionList.AddAsync(session, tenant, entry, cancellationToken).ConfigureAwait(false) is not { } stands)
            {
                continue;
            }

            changed++;
            foreach (var record in await ContactRecord.FindAsync(session, tenant, stands.Hash, cancellationToken).ConfigureAwait(false))
            {
                if (!events.TryGetValue(record.Point.Id, out var added))
                {
                    events.Add(record.Point.Id, added = []);
                }

                added.AddRange(stands.ToEvents());
            }
        }

        foreach (var (id, added) in events)
        {
            var locked = await ContactRecord.FindAsync(session, tenant, id, locks: true, cancellationToken).ConfigureAwait(false);
            if (locked is { IsErased: false, Hash: { } hash })
            {
                var stream = await LedgerStreams.ReadAsync(session, tenant, id, cancellationToken).ConfigureAwait(false);
                await writer.AppendAsync(locked, [.. added.Where(item => !IsOwn(item, stream, hash))], always: false, cancellationToken).ConfigureAwait(false);
            }
        }

        return changed;
    }

    /// <summary>Whether the contact point itself demanded what came back from the list. It takes that back as it demanded it.</summary>
    public static bool IsOwn(SuppressionEvent item, List<LedgerEvent> stream, SuppressionHash hash) => stream.Exists(own =>
        !item.IsOfDomain && SuppressionEntry.FromEvent(own, hash) is { } demand
        && demand.Kind == item.Kind && demand.Scope == item.Scope && demand.Since == item.OccurredAt && demand.Until == item.Until
        && !stream.OfType<CorrectionEvent>().Any(correction => correction.Corrects == own.EventId));
}
