namespace Abm.Privacy.Consent.Ledger;

/// <summary>
/// What the events of a contact point change in the suppression list. A demand adds to it. An entry is lifted by an explicit taking back of the same kind and scope
/// (<see cref="SuppressionEvent.IsLifted"/>, <see cref="ObjectionEvent.IsWithdrawn"/>) that is later than the last demand, and not while anybody else at the
/// identifier still demands the same. A consent lifts nothing: it frees the contact point that gave it, and nobody else.
/// In whatever order events are reported, the list ends the same. A demand that is corrected stays in it until it is lifted.
/// </summary>
public static class SuppressionChanges
{
    /// <summary>Whether an event can change the list.</summary>
    /// <param name="ledgerEvent">The event of a contact point.</param>
    /// <returns>Whether <see cref="Find"/> is to be called with it.</returns>
    public static bool MayFollow(LedgerEvent ledgerEvent)
    {
        ArgumentNullException.ThrowIfNull(ledgerEvent);
        return ledgerEvent is SuppressionEvent or ObjectionEvent or CorrectionEvent or ConsentEvent { Kind: ConsentEventKind.Withdrawn };
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
        var standing = streams.Select(stream => StandingEvents.Of(stream, FactsMoment.Current(DateTimeOffset.MaxValue)).All).ToList();
        foreach (var item in accepted)
        {
            if (SuppressionEntry.FromEvent(item, hash) is { } demand)
            {
                list[(demand.Kind, demand.Scope)] = list.TryGetValue((demand.Kind, demand.Scope), out var first) ? first.Merge(demand) : demand;
            }

            var subject = FindSubject(item, streams);
            foreach (var entry in list.Values.Where(entry => entry.IsTakenBackBy(subject) || entry.IsAlso(SuppressionEntry.FromEvent(subject, hash))).ToList())
            {
                list[(entry.Kind, entry.Scope)] = entry with { LiftedAt = FindLifting(entry, item, subject, standing) };
            }
        }

        return [.. list.Values.Where(entry => !known.Contains(entry))];
    }

    /// <summary>The entry, lifted by a decision of the application's owner.</summary>
    /// <param name="entry">The entry of the list.</param>
    /// <param name="now">The present.</param>
    /// <param name="streams">Every event of each contact point at the identifier.</param>
    /// <returns>The entry to store, and the event that belongs into each of the streams; null if it is lifted already, or somebody at the identifier demands the same.</returns>
    public static (SuppressionEntry Entry, SuppressionEvent Event)? Lift(SuppressionEntry entry, DateTimeOffset now, IReadOnlyList<IReadOnlyList<LedgerEvent>> streams)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(streams);
        if (entry.IsLifted || streams.Any(stream => IsDemandedIn(entry, StandingEvents.Of(stream, FactsMoment.Current(DateTimeOffset.MaxValue)).All)))
        {
            return null;
        }

        // a demand may come from a clock that is ahead
        var lifted = entry with { LiftedAt = now > entry.LastDemand ? now : entry.LastDemand.AddMilliseconds(1) };
        return (lifted, lifted.ToLifting());
    }

    /// <summary>The last taking back; null while somebody who demanded the same did not take it back.</summary>
    private static DateTimeOffset? FindLifting(SuppressionEntry entry, LedgerEvent item, LedgerEvent subject, List<IReadOnlyList<LedgerEvent>> standing)
    {
        if (standing.Exists(stream => IsDemandedIn(entry, stream)))
        {
            return null;
        }

        // by somebody who was erased since, it may have been lifted later than by anybody who is there
        var isCorrected = item is CorrectionEvent && entry.IsTakenBackBy(subject) && !(entry.LiftedAt > subject.CountsFrom);
        return standing.SelectMany(stream => stream).Where(entry.IsTakenBackBy).Select(back => (DateTimeOffset?)back.CountsFrom).Append(isCorrected ? null : entry.LiftedAt).Max();
    }

    private static bool IsDemandedIn(SuppressionEntry entry, IReadOnlyList<LedgerEvent> standing) => standing.Any(one =>
        entry.IsAlso(SuppressionEntry.FromEvent(one, entry.Hash)) && !standing.Any(back => entry.IsTakenBackBy(back) && back.CountsFrom > one.OccurredAt));

    /// <summary>The event itself, or what a correction is about in the end: a correction may itself be corrected.</summary>
    private static LedgerEvent FindSubject(LedgerEvent item, IReadOnlyList<IReadOnlyList<LedgerEvent>> streams)
    {
        while (item is CorrectionEvent correction && streams.SelectMany(stream => stream).FirstOrDefault(other => other.EventId == correction.Corrects) is { } corrected)
        {
            item = corrected;
        }

        return item;
    }
}
