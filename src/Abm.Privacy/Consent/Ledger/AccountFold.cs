using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>The account of a contact point with the accounts above it: whether any of them is suppressed.</summary>
internal sealed class AccountFold
{
    public bool IsSuppressed { get; private set; }

    /// <summary>Whether the chain has no end: accounts that are above themselves, or too many.</summary>
    public bool IsBroken { get; private set; }

    public bool? IsOnTargetList { get; private set; }

    public int? MessageCap { get; private set; }

    public DateTimeOffset? NextEnd { get; private set; }

    /// <summary>The campaigns for which it is suppressed, each with when that ends next.</summary>
    public Dictionary<string, DateTimeOffset?> Campaigns { get; } = new(StringComparer.Ordinal);

    public List<Guid> Evidence { get; } = [];

    public static AccountFold Of(LedgerHistory history, AccountId? account, Purpose purpose, string? campaign, FactsMoment moment)
    {
        var fold = new AccountFold();
        var seen = new HashSet<AccountId>();
        for (var next = account; next is { } current;)
        {
            if (!seen.Add(current) || seen.Count > LedgerIntake.MaxAccountLevels)
            {
                fold.IsBroken = true;
                break;
            }

            var events = StandingEvents.Of(history.Accounts.GetValueOrDefault(current) ?? [], moment);
            if (seen.Count == 1 && events.Of<AccountTargetEvent>().LastOrDefault() is { } target)
            {
                (fold.IsOnTargetList, fold.MessageCap) = (target.IsOnTargetList, target.MessageCap);
                fold.Evidence.Add(target.EventId);
            }

            fold.TakeSuppressions(events, purpose, history.ContactPoint.Channel, campaign, moment.At);
            var parent = events.Of<AccountParentEvent>().LastOrDefault();
            if (parent is not null)
            {
                fold.Evidence.Add(parent.EventId);
            }

            next = parent?.Parent;
        }

        return fold;
    }

    private void TakeSuppressions(StandingEvents events, Purpose purpose, Channel channel, string? campaign, DateTimeOffset at)
    {
        var all = events.Of<AccountSuppressionEvent>().ToList();
        foreach (var item in all.Where(item => !item.IsLifted && (item.Until is not { } until || until > at)))
        {
            if (all.Exists(other => other.IsLifted && other.CountsFrom > item.OccurredAt && other.Scope == item.Scope))
            {
                continue;
            }

            if (item.Scope.Campaign is { } own)
            {
                Campaigns[own] = SuppressionFold.Earlier(Campaigns.GetValueOrDefault(own), item.Until);
            }

            if (item.Scope.Covers(purpose, channel, campaign))
            {
                IsSuppressed = true;
                NextEnd = SuppressionFold.Earlier(NextEnd, item.Until);
                Evidence.Add(item.EventId);
            }
        }
    }
}
