namespace Abm.Privacy.Consent.Ledger;

/// <summary>
/// What the events of a contact point change in the suppression list. A demand adds to it; what takes the demand back later lifts it; and what is found to be a mistake
/// lifts nothing any more. In whatever order events are reported, the list ends the same. A corrected demand stays: lift it by a <see cref="SuppressionEvent"/>.
/// </summary>
public static class SuppressionChanges
{
    /// <summary>Whether an event can change the list.</summary>
    /// <param name="ledgerEvent">The event of a contact point.</param>
    /// <returns>Whether <see cref="Find"/> is to be called with it.</returns>
    public static bool MayFollow(LedgerEvent ledgerEvent)
    {
        ArgumentNullException.ThrowIfNull(ledgerEvent);
        return ledgerEvent is SuppressionEvent or ObjectionEvent or CorrectionEvent or ConsentEvent { Kind: not ConsentEventKind.Requested };
    }

    /// <summary>Finds what changes. Call it while the identifier and every stream at it are locked.</summary>
    /// <param name="known">The entries of the identifier.</param>
    /// <param name="hash">The hash of the identifier under the current key.</param>
    /// <param name="accepted">The new events of one contact point at the identifier.</param>
    /// <param name="streams">Every event of each contact point at the identifier, with the new ones.</param>
    /// <returns>The entries to store, each in the place of the one with its kind and scope. Their events belong into the streams of everybody else at the identifier.</returns>
    public static IReadOnlyList<SuppressionEntry> Find(
        IReadOnlyList<SuppressionEntry> known, SuppressionHash hash, IReadOnlyList<LedgerEvent> accepted, IReadOnlyList<IReadOnlyList<LedgerEvent>> streams)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(hash);
        ArgumentNullException.ThrowIfNull(accepted);
        ArgumentNullException.ThrowIfNull(streams);
        var list = known.ToDictionary(entry => (entry.Kind, entry.Scope));
        var standing = streams.SelectMany(stream => StandingEvents.Of(stream, FactsMoment.Current(DateTimeOffset.MaxValue)).All).ToList();
        foreach (var item in accepted)
        {
            if (SuppressionEntry.FromEvent(item, hash) is { } demand)
            {
                var entry = list.TryGetValue((demand.Kind, demand.Scope), out var first) ? first.Merge(demand) : demand;
                var lifting = FindLifting(entry, standing);
                list[(demand.Kind, demand.Scope)] = entry.LiftedAt is null || lifting > entry.LiftedAt ? entry with { LiftedAt = lifting } : entry;
            }

            foreach (var other in list.Values.ToList())
            {
                list[(other.Kind, other.Scope)] = Lift(other, item, streams, standing);
            }
        }

        return [.. list.Values.Where(entry => !known.Contains(entry))];
    }

    private static SuppressionEntry Lift(SuppressionEntry entry, LedgerEvent item, IReadOnlyList<IReadOnlyList<LedgerEvent>> streams, List<LedgerEvent> standing)
    {
        if (item is not CorrectionEvent correction)
        {
            return entry.IsTakenBackBy(item) && !(entry.LiftedAt >= item.CountsFrom) ? entry with { LiftedAt = item.CountsFrom } : entry;
        }

        // by somebody who was erased since, it may have been lifted later: that stays
        var corrected = FindCorrected(correction, streams);
        return corrected is not null && entry.IsTakenBackBy(corrected) && !(entry.LiftedAt > corrected.CountsFrom) ? entry with { LiftedAt = FindLifting(entry, standing) } : entry;
    }

    /// <summary>What a correction is about in the end: a correction may itself be corrected.</summary>
    private static LedgerEvent? FindCorrected(CorrectionEvent correction, IReadOnlyList<IReadOnlyList<LedgerEvent>> streams)
    {
        LedgerEvent? corrected = correction;
        while (corrected is CorrectionEvent next)
        {
            corrected = streams.SelectMany(stream => stream).FirstOrDefault(item => item.EventId == next.Corrects);
        }

        return corrected;
    }

    private static DateTimeOffset? FindLifting(SuppressionEntry entry, List<LedgerEvent> standing) =>
        standing.Where(entry.IsTakenBackBy).Select(item => (DateTimeOffset?)item.CountsFrom).Max();
}
