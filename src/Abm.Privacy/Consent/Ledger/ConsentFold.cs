namespace Abm.Privacy.Consent.Ledger;

/// <summary>
/// The consent for one purpose, from every event that covers it. The narrowest consent that was given is the one that counts, of several the latest.
/// It is beaten by a negative answer (withdrawn, refused) that is later or of the same moment, by one that is narrower, by one of the same purpose unless the
/// consent is later and demonstrable, and by one that is broader unless the consent is later, explicit and demonstrable. A beaten consent never makes room for another one, so one more negative answer
/// never permits more.
/// </summary>
internal sealed class ConsentFold
{
    private readonly List<ConsentEvent> _events;
    private readonly List<ConsentEvent> _all;

    private ConsentFold(List<ConsentEvent> all, Purpose purpose)
    {
        _all = all;
        _events = all.FindAll(item => item.Purpose.Covers(purpose));
        Decide();
    }

    public string Status { get; private set; } = ConsentStatuses.None;

    /// <summary>The consent that is given or awaits its confirmation.</summary>
    public ConsentEvent? Consent { get; private set; }

    public DateTimeOffset? GrantedAt { get; private set; }

    public DateTimeOffset? ExpiresAt { get; private set; }

    /// <summary>Whether another purpose has a consent that this one does not share.</summary>
    public bool HasOtherScope { get; private set; }

    public List<Guid> Evidence { get; } = [];

    public static ConsentFold Of(StandingEvents events, Purpose purpose)
    {
        var all = events.Of<ConsentEvent>().ToList();
        var fold = new ConsentFold(all, purpose);
        fold.HasOtherScope = all
            .Where(item => (item.IsPositive || item.Kind == ConsentEventKind.Confirmed) && !item.Purpose.Covers(purpose) && item.Purpose.Purpose is not null)
            .Select(item => item.Purpose.Purpose!.Value)
            .Distinct()
            .Any(other => new ConsentFold(all, other).Status == ConsentStatuses.Granted);
        return fold;
    }

    private void Decide()
    {
        var given = _events.Where(item => item.IsPositive).Select(item => (Event: item, Confirmation: FindConfirmation(item))).ToList();
        var full = Best(given.Where(item => !item.Event.AwaitsConfirmation || item.Confirmation is not null));
        var (consent, confirmation) = full ?? Best(given) ?? default;
        var since = confirmation?.CountsFrom ?? consent?.CountsFrom;
        var isPending = consent is not null && full is null;
        var negatives = _events.FindAll(item => item.IsNegative && (consent is null || isPending || Beats(item, consent)));
        if (negatives.Count > 0)
        {
            // a withdrawal weighs more than a refusal, whichever came last
            var withdrawn = negatives.Exists(item => item.Kind == ConsentEventKind.Withdrawn);
            Status = withdrawn ? ConsentStatuses.Withdrawn : ConsentStatuses.Refused;
            Evidence.Add(negatives.FindLast(item => item.Kind == (withdrawn ? ConsentEventKind.Withdrawn : ConsentEventKind.Refused))!.EventId);
            return;
        }

        if (consent is null)
        {
            return;
        }

        (Status, Consent, GrantedAt) = (isPending ? ConsentStatuses.Pending : ConsentStatuses.Granted, consent, since);
        Evidence.Add(consent.EventId);
        if (confirmation is not null)
        {
            Evidence.Add(confirmation.EventId);
        }

        var ended = _events.Find(item => item.Kind == ConsentEventKind.Expired && item.OccurredAt >= since);
        ExpiresAt = ended is not null && (consent.ExpiresAt is not { } end || ended.OccurredAt < end) ? ended.OccurredAt : consent.ExpiresAt;
        if (ended is not null)
        {
            Evidence.Add(ended.EventId);
        }
    }

    /// <summary>The narrowest, of those the latest; of those of the same moment the weakest.</summary>
    private static (ConsentEvent Event, ConsentEvent? Confirmation)? Best(IEnumerable<(ConsentEvent Event, ConsentEvent? Confirmation)> given) =>
        given.OrderByDescending(item => item.Event.Purpose.Depth)
            .ThenByDescending(item => (item.Confirmation ?? item.Event).CountsFrom)
            .ThenBy(item => item.Event.IsDemonstrable)
            .ThenBy(item => item.Event.ExpiresAt ?? DateTimeOffset.MaxValue)
            .ThenBy(item => item.Event.IsExplicit)
            .ThenBy(item => item.Event.IsWritten)
            .Select(item => ((ConsentEvent, ConsentEvent?)?)item)
            .FirstOrDefault();

    private static bool Beats(ConsentEvent negative, ConsentEvent consent)
    {
        if (negative.OccurredAt >= consent.CountsFrom) // also between the two halves of a double opt-in
        {
            return true;
        }

        return negative.Purpose.Depth.CompareTo(consent.Purpose.Depth) switch
        {
            > 0 => true, // a broad consent does not take back a narrow no
            0 => !consent.IsDemonstrable, // what nobody can prove does not bring back what was taken back
            _ => !(consent.IsExplicit && consent.IsDemonstrable),
        };
    }

    /// <summary>The first confirmation of an awaiting consent: the same purpose and token.</summary>
    private ConsentEvent? FindConfirmation(ConsentEvent granted) => !granted.AwaitsConfirmation ? null : _all.Find(item =>
        item.Kind == ConsentEventKind.Confirmed && item.Purpose == granted.Purpose && item.OccurredAt >= granted.OccurredAt
        && item.Evidence?.DoubleOptInTokenHash == granted.Evidence?.DoubleOptInTokenHash);
}
