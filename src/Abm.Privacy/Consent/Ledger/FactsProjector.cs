namespace Abm.Privacy.Consent.Ledger;

/// <summary>
/// Computes the facts of a contact point and a purpose from its history: the one place that knows what events mean. A pure function: the
/// order of the events, the place where they are stored and the clock of the machine make no difference. A store keeps its result as a row, and a
/// replay computes it anew for an earlier moment.
/// </summary>
public static class FactsProjector
{
    /// <summary>The bit of <see cref="ConsentFacts.FactErrors"/> for an account that is above itself; it denies.</summary>
    public const int BrokenAccountChain = 1;

    /// <summary>Computes the facts.</summary>
    /// <param name="history">The history.</param>
    /// <param name="purpose">The purpose.</param>
    /// <param name="moment">Which state of the ledger is meant.</param>
    /// <param name="campaign">The campaign whose own suppressions count too, as <see cref="CampaignNames"/> has it; null for none.</param>
    /// <returns>The facts, with what they rest on.</returns>
    /// <exception cref="ArgumentException">The purpose was never set, or the text is no name of a campaign.</exception>
    public static ProjectedFacts Project(LedgerHistory history, Purpose purpose, FactsMoment moment, string? campaign = null)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (purpose.IsUnset)
        {
            throw new ArgumentException("The purpose was never set.", nameof(purpose));
        }

        CampaignNames.Optional(campaign);
        var point = history.ContactPoint;
        var events = StandingEvents.Of(history.Events, moment);
        var evidence = new Dictionary<FactGroup, IReadOnlyList<Guid>>();
        var consent = ConsentFold.Of(events, purpose);
        var suppressions = SuppressionFold.Of(events, consent, purpose, point.Channel, campaign, moment.At);
        var link = events.Of<ContactAccountEvent>().LastOrDefault();
        var account = AccountFold.Of(history, link?.Account, purpose, campaign, moment);
        Note(evidence, FactGroup.Consent, consent.Evidence);
        Note(evidence, FactGroup.Suppression, suppressions.Evidence);
        Note(evidence, FactGroup.Account, [.. link is null ? (IEnumerable<Guid>)[] : [link.EventId], .. account.Evidence, .. suppressions.DomainEvidence]);

        var given = consent.Consent;
        var facts = new ConsentFacts
        {
            Key = point.Id.ToString(),
            ConsentStatus = consent.Status,
            ConsentDemonstrable = given?.IsDemonstrable ?? false,
            ConsentSpecific = given is not null && !given.Purpose.IsEverything,
            ConsentExplicit = given?.IsExplicit ?? false,
            ConsentWritten = given?.IsWritten ?? false,
            ConsentOtherScope = consent.HasOtherScope,
            ConsentGrantedAt = Ms(consent.GrantedAt),
            ConsentExpiresAt = Ms(consent.ExpiresAt),
            ConsentMethod = given?.Evidence?.Method ?? (given?.Kind == ConsentEventKind.Imported ? ConsentMethods.Import : null),
            ConsentParental = given?.GivenBy == ConsentGiver.Parent ? true : null,
            SuppressedMarketing = suppressions.Marketing,
            SuppressedAll = suppressions.All,
            SuppressedUndeliverable = suppressions.Undeliverable,
            AccountSuppressed = account.IsSuppressed || suppressions.Domain,
            AccountOnTargetList = account.IsOnTargetList,
            CapsAccount = account.MessageCap,
            FactErrors = account.IsBroken ? BrokenAccountChain : 0,
        };
        facts = PersonFold.Apply(facts, events, purpose, evidence);
        facts = PreferenceFold.Apply(facts, events, purpose, point.Channel, evidence);
        facts = ProfileFold.Apply(facts, events, purpose, point, evidence);
        return new ProjectedFacts(facts, link?.Account, SuppressionFold.Earlier(suppressions.NextEnd, account.NextEnd), evidence)
        {
            Campaigns = CampaignSuppression.Of(suppressions, account),
        };
    }

    /// <summary>The state of an account as it stands now, apart from its suppressions, which stand in the facts of its contact points.</summary>
    /// <param name="events">Every event of its stream; the order makes no difference.</param>
    /// <returns>The state.</returns>
    public static AccountState ProjectAccount(IReadOnlyList<LedgerEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var standing = StandingEvents.Of(events, FactsMoment.Current(DateTimeOffset.MaxValue));
        var target = standing.Of<AccountTargetEvent>().LastOrDefault();
        return new AccountState(standing.Of<AccountParentEvent>().LastOrDefault()?.Parent, target?.IsOnTargetList, target?.MessageCap);
    }

    internal static long? Ms(DateTimeOffset? instant) => instant?.ToUnixTimeMilliseconds();

    internal static void Note(Dictionary<FactGroup, IReadOnlyList<Guid>> evidence, FactGroup group, IReadOnlyList<Guid> events)
    {
        if (events.Count > 0)
        {
            evidence[group] = events;
        }
    }
}
