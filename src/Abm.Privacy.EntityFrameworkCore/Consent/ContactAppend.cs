using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>Appends to the stream of one contact point, and to those of everybody else at its identifier what follows for them.</summary>
internal sealed class ContactAppend(LedgerSession session, TenantId tenant, ContactPointId contactPoint, LedgerIntake intake)
{
    /// <summary>Appends.</summary>
    /// <param name="events">The events.</param>
    /// <param name="changesList">Whether they may change the list; hashes can be compared then (<see cref="SuppressionVersions"/>).</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>What became of the events.</returns>
    public async Task<IReadOnlyList<AppendResult>> RunAsync(IReadOnlyList<LedgerEvent> events, bool changesList, CancellationToken cancellationToken)
    {
        var writer = new LedgerWriter(session, tenant, intake);
        var others = new List<ContactRecord>();
        SuppressionHash? identifier = null;
        if (changesList)
        {
            identifier = (await ContactRecord.FindAsync(session, tenant, contactPoint, locks: false, cancellationToken).ConfigureAwait(false) ?? throw Unknown()).Hash;
            if (identifier is not null)
            {
                await writer.LockAsync([(identifier, false)], cancellationToken).ConfigureAwait(false);
                others = await ContactRecord.FindAsync(session, tenant, identifier, cancellationToken).ConfigureAwait(false);
            }
        }

        await writer.LockAccountTreeAsync(shared: true, cancellationToken).ConfigureAwait(false);
        ContactRecord? own = null;
        var current = new List<ContactRecord>();
        foreach (var id in others.Select(other => other.Point.Id).Append(contactPoint).Distinct().Order())
        {
            var locked = await ContactRecord.FindAsync(session, tenant, id, locks: true, cancellationToken).ConfigureAwait(false) ?? throw Unknown();
            own = id == contactPoint ? locked : own;
            current.Add(locked);
        }

        if (own!.IsErased)
        {
            throw Erased();
        }

        if (changesList && !Equals(own.Hash, identifier))
        {
            // moved between the look and the lock, by somebody who does not know the lock of versions
            throw new SuppressionVersionException(await SuppressionVersions.FindAsync(session, tenant, cancellationToken).ConfigureAwait(false));
        }

        // as they are under the lock: who was erased meanwhile stays erased
        others = [.. current.Where(other => other.Point.Id != contactPoint && !other.IsErased)];
        var (results, accepted, stream) = await writer.AppendAsync(own, events, always: false, cancellationToken).ConfigureAwait(false);
        if (identifier is not null)
        {
            await writer.SuppressAsync(identifier, accepted, stream, others, cancellationToken).ConfigureAwait(false);
        }

        return results;
    }

    public static PrivacyException Unknown() => new(
        PrivacyErrorCode.ContactPointUnknown, "There is no such contact point in the ledger of this tenant. Register it first, and use the id that registering it returned.");

    private static PrivacyException Erased() => new(
        PrivacyErrorCode.SubjectErased,
        "The person of this contact point was erased, so what is recorded of it would reach nobody. Ask for the address, find or register it, and record it there; an address that is only to be suppressed goes through ImportSuppressionsAsync.");
}
