namespace Abm.Privacy.Consent.Ledger;

/// <summary>The suppressions of a contact point that are about one purpose: each counts until it is lifted by its own kind and scope, or ends.</summary>
internal sealed class SuppressionFold
{
    public bool Marketing { get; private set; }

    public bool All { get; private set; }

    public bool Undeliverable { get; private set; }

    public bool Domain { get; private set; }

    public DateTimeOffset? NextEnd { get; private set; }

    public List<Guid> Evidence { get; } = [];

    public List<Guid> DomainEvidence { get; } = [];

    public static SuppressionFold Of(StandingEvents events, Purpose purpose, Channel channel, string? campaign, DateTimeOffset at)
    {
        var fold = new SuppressionFold();
        var all = events.Of<SuppressionEvent>().ToList();
        foreach (var item in all.Where(item => !item.IsLifted && item.Scope.Covers(purpose, channel, campaign)))
        {
            var lifted = all.Exists(other => other.IsLifted && other.OccurredAt > item.OccurredAt
                && other.Kind == item.Kind && other.Scope == item.Scope && other.IsOfDomain == item.IsOfDomain);
            if (!lifted && (item.Until is not { } until || until > at))
            {
                fold.Take(item);
            }
        }

        return fold;
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
