using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>Takes one entry of the suppression list back, and its events in the streams of whom it names.</summary>
internal static class SuppressionLifting
{
    public static async Task<bool> RunAsync(LedgerSession session, TenantId tenant, LedgerIntake intake, SuppressionEntry entry, CancellationToken cancellationToken)
    {
        var writer = new LedgerWriter(session, tenant, intake);
        await writer.LockAsync([(entry.Hash, false)], cancellationToken).ConfigureAwait(false);
        await writer.LockAccountTreeAsync(shared: true, cancellationToken).ConfigureAwait(false);
        var known = (await SuppressionList.FindAsync(session, tenant, entry.Hash, cancellationToken).ConfigureAwait(false))
            .Find(other => other.Kind == entry.Kind && other.Scope == entry.Scope);
        if (known is null)
        {
            return false;
        }

        var (records, streams) = (new List<ContactRecord>(), new List<IReadOnlyList<LedgerEvent>>());
        foreach (var found in await ContactRecord.FindAsync(session, tenant, entry.Hash, cancellationToken).ConfigureAwait(false))
        {
            if (await ContactRecord.FindAsync(session, tenant, found.Point.Id, locks: true, cancellationToken).ConfigureAwait(false) is { IsErased: false } record)
            {
                records.Add(record);
                streams.Add(await LedgerStreams.ReadAsync(session, tenant, record.Point.Id, cancellationToken).ConfigureAwait(false));
            }
        }

        if (SuppressionChanges.Lift(known, intake.Now, streams) is not var (lifted, item))
        {
            return false;
        }

        await SuppressionList.StoreAsync(session, tenant, lifted, cancellationToken).ConfigureAwait(false);
        foreach (var record in records)
        {
            await writer.AppendAsync(record, [item], always: false, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }
}
