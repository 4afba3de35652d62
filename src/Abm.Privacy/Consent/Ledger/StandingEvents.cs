namespace Abm.Privacy.Consent.Ledger;

/// <summary>The events of a stream that count at a moment, in one order whatever order they came in.</summary>
internal sealed class StandingEvents
{
    private readonly List<LedgerEvent> _events;

    private StandingEvents(List<LedgerEvent> events) => _events = events;

    public static StandingEvents Of(IReadOnlyList<LedgerEvent> events, FactsMoment moment)
    {
        var known = events.Where(item => item.RecordedAt <= moment.KnownAt).ToList();
        var corrected = Corrected(known);
        var standing = known.Where(item => item is not CorrectionEvent && item.OccurredAt <= moment.ValidAt && !corrected.Contains(item.EventId)).ToList();

        // nothing that the ledger gave decides: what happened at the same moment stands in the order of the origin's own names
        standing.Sort(static (left, right) =>
            left.CountsFrom.CompareTo(right.CountsFrom) is not 0 and var byTime ? byTime
            : string.CompareOrdinal(left.Origin, right.Origin) is not 0 and var byOrigin ? byOrigin
            : string.CompareOrdinal(left.IdempotencyKey, right.IdempotencyKey) is not 0 and var byKey ? byKey
            : left.EventId.CompareTo(right.EventId));
        return new StandingEvents(standing);
    }

    /// <summary>Every one, earliest first.</summary>
    public IReadOnlyList<LedgerEvent> All => _events;

    /// <summary>Events of one kind, earliest first.</summary>
    public IEnumerable<T> Of<T>()
        where T : LedgerEvent => _events.OfType<T>();

    /// <summary>
    /// The event that switched something on and stands; null if it is off. What was switched on and off at the same moment is on. On is what the person demands.
    /// </summary>
    /// <param name="isOn">Whether an event switches on.</param>
    public T? LatestOn<T>(Func<T, bool> isOn)
        where T : LedgerEvent
    {
        var on = Of<T>().Where(isOn).MaxBy(item => item.OccurredAt);
        return on is null || Of<T>().Any(item => !isOn(item) && item.CountsFrom > on.OccurredAt) ? null : on;
    }

    /// <summary>A later correction may take back an earlier one.</summary>
    private static HashSet<Guid> Corrected(List<LedgerEvent> known)
    {
        var corrected = new HashSet<Guid>();
        foreach (var correction in known.OfType<CorrectionEvent>().OrderByDescending(item => item.RecordedAt).ThenByDescending(item => item.EventId))
        {
            if (!corrected.Contains(correction.EventId))
            {
                corrected.Add(correction.Corrects);
            }
        }

        return corrected;
    }
}
