namespace Abm.Privacy.Consent.Ledger;

/// <summary>The suppressions of a contact point that are about one purpose: each counts until it is lifted by its own kind and scope, or ends.</summary>
internal sealed class SuppressionFold
{
    public bool Marketing { get; private set; }

    public bool All { get; private set; }

    public bool Undeliverable { get; private set; }

    public bool Domain { get; private set; }

    public DateTimeOffset? NextEnd { get; private set; }

    /// <summary>What the suppressions of single campaigns set, by the campaign's name.</summary>
    public Dictionary<string, SuppressionFold> Campaigns { get; } = new(StringComparer.Ordinal);

    public List<Guid> Evidence { get; } = [];

    public List<Guid> DomainEvidence { get; } = [];

    public static SuppressionFold Of(StandingEvents events, ConsentFold consent, Purpose purpose, Channel channel, string? campaign, DateTimeOffset at)
    {
        var fold = new SuppressionFold();
        var all = events.Of<SuppressionEvent>().ToList();
        foreach (var item in all.Where(item => !item.IsLifted && (item.Scope.Campaign is not null || item.Scope.Covers(purpose, channel, campaign))))
        {
            var lifted = all.Exists(other => other.IsLifted && other.CountsFrom > item.OccurredAt
                && other.Kind == item.Kind && other.Scope == item.Scope && other.IsOfDomain == item.IsOfDomain);
            if (!lifted && !IsOutdated(item, consent) && (item.Until is not { } until || until > at))
            {
                fold.TakeOrKeep(item, campaign);
            }
        }

        return fold;
    }

    /// <summary>
    /// A withdrawal that came back from the list, of a person who was forgotten or of another one at the address, weighs no more than
    /// one in the stream itself: a later, demonstrable consent of the same scope takes its place, or an explicit one of a broader or equal purpose's.
    /// </summary>
    private static bool IsOutdated(SuppressionEvent item, ConsentFold consent) =>
        item is { Kind: SuppressionKind.Unsubscribe, Origin: SuppressionEntry.EventOrigin }
        && consent is { Status: ConsentStatuses.Granted, Consent: { IsDemonstrable: true } given } && given.CountsFrom > item.OccurredAt
        && given.Purpose.Purpose is not null && (SuppressionScope.Of(given.Purpose) == item.Scope || (given.IsExplicit && IsNoNarrower(item.Scope, given.Purpose)));

    private static bool IsNoNarrower(SuppressionScope scope, PurposeScope given) =>
        scope == SuppressionScope.Everything || scope.Purposes.Any(purpose => purpose.Depth <= given.Depth);

    private void TakeOrKeep(SuppressionEvent item, string? campaign)
    {
        if (item.Scope.Campaign is { } own)
        {
            Campaigns.TryAdd(own, new SuppressionFold());
            Campaigns[own].Take(item);
        }

        if (item.Scope.Campaign is null || item.Scope.Campaign == campaign)
        {
            Take(item);
        }
    }

    private void Take(SuppressionEvent item)
    {
        NextEnd = Earlier(NextEnd, item.Until);
        (item.IsOfDomain ? DomainEvidence : Evidence).Add(item.EventId);
        switch (item.Kind)
        {
            case var _ when item.IsOfDomain:
                Domain = true;
                break;
            case SuppressionKind.Undeliverable:
                Undeliverable = true;
                break;
            case SuppressionKind.Legal or SuppressionKind.Deceased:
            case SuppressionKind.Manual when item.Scope == SuppressionScope.Everything:
                All = true;
                break;
            default:
                Marketing = true;
                break;
        }
    }

    public static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is { } first && other is { } second ? (first < second ? first : second) : one ?? other;
}
