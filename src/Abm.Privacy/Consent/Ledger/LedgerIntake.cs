namespace Abm.Privacy.Consent.Ledger;

/// <summary>
/// What every store does with an event before it is stored: checks it, recognizes a repeated report, and gives it its id, the time of its
/// recording and the end of a consent. Call it while the stream is locked, with the whole stream.
/// </summary>
public sealed class LedgerIntake
{
    /// <summary>By how much the clocks of an origin and the ledger may differ.</summary>
    public static readonly TimeSpan MaxSkew = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The greatest number of events of a contact point or an account: facts are computed from all of them. A demand (a withdrawal, an objection, a suppression
    /// ...) and a correction are taken in beyond it.
    /// </summary>
    public const int MaxEvents = 10_000;

    private readonly PurposeCatalog _purposes;
    private readonly TimeProvider _time;

    /// <summary>The greatest number of accounts in one line from a contact point upwards.</summary>
    public const int MaxAccountLevels = 32;

    /// <summary>Creates an intake.</summary>
    /// <param name="purposes">The declared purposes.</param>
    /// <param name="time">The clock.</param>
    public LedgerIntake(PurposeCatalog purposes, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(purposes);
        ArgumentNullException.ThrowIfNull(time);
        (_purposes, _time) = (purposes, time);
    }

    /// <summary>The declared purposes.</summary>
    public PurposeCatalog Purposes => _purposes;

    /// <summary>The present by the ledger's clock.</summary>
    public DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>Takes in events of one stream.</summary>
    /// <param name="stream">Every event of the stream; what is accepted is added to it.</param>
    /// <param name="events">The new events, in any order.</param>
    /// <param name="isAccount">Whether it is the stream of an account.</param>
    /// <param name="accepted">The events to store, complete; none for repeated reports.</param>
    /// <returns>What became of each event, in the order given.</returns>
    /// <exception cref="PrivacyException">
    /// An event is of the other kind of stream or contradicts itself (<see cref="PrivacyErrorCode.LedgerEventRefused"/>), lies in the future
    /// (<see cref="PrivacyErrorCode.LedgerEventFromFuture"/>), is for an undeclared purpose (<see cref="PrivacyErrorCode.PurposeUnknown"/>), or says something else
    /// than an earlier one with the same key (<see cref="PrivacyErrorCode.LedgerEventConflict"/>). Then none is to be stored.
    /// </exception>
    public IReadOnlyList<AppendResult> Accept(IList<LedgerEvent> stream, IEnumerable<LedgerEvent> events, bool isAccount, out IReadOnlyList<LedgerEvent> accepted)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(events);
        var now = DateTimeOffset.FromUnixTimeMilliseconds(Now.ToUnixTimeMilliseconds());
        var recordedAt = stream.Count == 0 ? now : Later(now, stream.Max(item => item.RecordedAt).AddMilliseconds(1));
        var known = new Dictionary<(string, string?), LedgerEvent>();
        foreach (var item in stream.Where(item => item.IdempotencyKey is not null))
        {
            known[(item.Origin, item.IdempotencyKey)] = item;
        }

        var (results, added) = (new List<AppendResult>(), new List<LedgerEvent>());
        foreach (var item in events)
        {
            Check(item, now, isAccount);
            if (item.IdempotencyKey is not null && known.TryGetValue((item.Origin, item.IdempotencyKey), out var first))
            {
                ThrowIfDifferent(first, item);
                results.Add(new AppendResult(first.EventId, true));
                continue;
            }

            if (item is CorrectionEvent correction && !stream.Any(other => other.EventId == correction.Corrects))
            {
                throw Refused("The event that it corrects is not in this stream. Use the id that appending it returned.");
            }

            var complete = Complete(item, recordedAt);
            stream.Add(complete);
            added.Add(complete);
            known[(complete.Origin, complete.IdempotencyKey)] = complete;
            results.Add(new AppendResult(complete.EventId, false));
            recordedAt = recordedAt.AddMilliseconds(1);
        }

        if (stream.Count > MaxEvents && added.Exists(item => !item.IsDemand))
        {
            throw Refused($"The stream would have more than {MaxEvents} events. Find out who reports so many. Demands such as withdrawals are still taken in: report them in a call of their own.");
        }

        accepted = added;
        return results;
    }

    /// <summary>Refuses events in the name of the suppression list, before they are appended: those come from its entries alone.</summary>
    /// <param name="events">What an application appends.</param>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.LedgerEventRefused"/>: an event has the reserved origin.</exception>
    public static void ThrowIfReserved(IEnumerable<LedgerEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        if (events.Any(item => item?.Origin == SuppressionEntry.EventOrigin))
        {
            throw Refused($"The origin {SuppressionEntry.EventOrigin} is the suppression list's own, and what comes from it is not put into the list again. Name the system that reports the event.");
        }
    }

    private void Check(LedgerEvent item, DateTimeOffset now, bool isAccount)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (!(isAccount ? item.IsForAccounts : item.IsForContactPoints))
        {
            throw Refused($"{item.GetType().Name} does not belong to the stream of {(isAccount ? "an account" : "a contact point")}.");
        }

        if (item.FindFault() is { } fault)
        {
            throw Refused(fault);
        }

        if (item.OccurredAt > now + MaxSkew)
        {
            throw new PrivacyException(
                PrivacyErrorCode.LedgerEventFromFuture,
                $"The event of the origin {item.Origin} lies more than {MaxSkew.TotalMinutes} minutes in the future. Check the origin's clock and time zone.");
        }

        if (item.Purposes.FirstOrDefault(scope => !Knows(item, scope)) is { IsUnset: false } unknown)
        {
            throw PurposeCatalog.Unknown(unknown);
        }
    }

    // a topic or suppression may be narrower than what is declared, and a list from elsewhere may name what is not: both only narrow
    private bool Knows(LedgerEvent item, PurposeScope scope) => item is PreferenceEvent or SuppressionEvent or AccountSuppressionEvent
        ? _purposes.Knows(scope) || _purposes.Definitions.Any(definition => definition.Purpose.Covers(scope.Purpose!.Value)) || item.Origin == SuppressionEntry.EventOrigin
        : _purposes.Knows(scope);

    private LedgerEvent Complete(LedgerEvent item, DateTimeOffset recordedAt)
    {
        var id = Guid.CreateVersion7(recordedAt);
        var complete = item with { EventId = id, RecordedAt = recordedAt, IdempotencyKey = item.IdempotencyKey ?? id.ToString() };
        return complete is ConsentEvent { IsPositive: true, ExpiresAt: null } consent && consent.Purpose.Purpose is { } purpose && _purposes.Find(purpose)?.ConsentDuration is { } duration
            ? consent with { ExpiresAt = consent.OccurredAt + duration }
            : complete;
    }

    /// <summary>Compares what was reported, without what the ledger gave it.</summary>
    private static void ThrowIfDifferent(LedgerEvent first, LedgerEvent again)
    {
        var same = again with { EventId = first.EventId, RecordedAt = first.RecordedAt };
        if (same is ConsentEvent { ExpiresAt: null } consent && first is ConsentEvent { ExpiresAt: { } end })
        {
            same = consent with { ExpiresAt = end };
        }

        if (LedgerEventSerializer.Write(same) != LedgerEventSerializer.Write(first))
        {
            throw new PrivacyException(
                PrivacyErrorCode.LedgerEventConflict,
                $"The origin {first.Origin} reports something else under an idempotency key that it used before. Give the new event a key of its own; to take the old one back, append a CorrectionEvent.");
        }
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static PrivacyException Refused(string fault) => new(PrivacyErrorCode.LedgerEventRefused, $"The event was not stored. {fault}");
}
