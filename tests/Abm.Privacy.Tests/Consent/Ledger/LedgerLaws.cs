using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Consent.Packs;
using Abm.Privacy.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using static Abm.Privacy.Tests.Consent.Ledger.LedgerSamples;

namespace Abm.Privacy.Tests.Consent.Ledger;

/// <summary>What holds for every history, on generated ones. The seed is fixed.</summary>
public class LedgerLaws
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithMaxTest(Soak.IsOn ? 200_000 : 1500).WithReplay(20260303, 7);

    private static readonly FactsMoment Current = FactsMoment.Current(Noon);

    private static readonly ContactPoint Point = new(TestKeys.Tenant, new ContactPointId(new Guid("11111111-2222-4333-8444-555555555555")), TestKeys.Jane, Channel.Email, SubjectKind.Unknown, Noon);

    private static readonly Lazy<ConsentEvaluator> Packs = new(() => new ConsentEvaluator(ConsentPacks.Combine(ConsentPacks.All)));

    private static readonly Gen<PurposeScope> Scopes = Gen.Elements<PurposeScope>(
        PurposeScope.Everything, Purposes.Marketing, Purposes.Newsletter, Purposes.EventInvitation, Purposes.Ads, Purposes.AdAudience);

    private static readonly Gen<SuppressionScope> SuppressionScopes = Gen.Elements(
        SuppressionScope.Everything, SuppressionScope.Of(Purposes.Marketing), SuppressionScope.Of(Purposes.EventInvitation), SuppressionScope.Of(Channel.Email), SuppressionScope.Of(Channel.Sms),
        SuppressionScope.OfCampaign("spring"), SuppressionScope.OfCampaign("autumn"));

    private static readonly Gen<Purpose> Asked = Gen.Elements(Purposes.Newsletter, Purposes.EventInvitation, Purposes.AdAudience, Purposes.AccountNotice);

    private static readonly Gen<DateTimeOffset> Instants = Gen.Choose(-6, -1).Select(hours => Noon.AddHours(hours)); // few, so that many coincide

    private static readonly Gen<ConsentEvidence?> Proofs = Gen.Elements<ConsentEvidence?>(Proof, Proof, Proof with { NoticeVersion = null }, null);

    /// <summary>What nobody may gain by: a demand of the person or the owner that something stops.</summary>
    private static readonly Gen<LedgerEvent> Demand = Gen.OneOf(
        from scope in Scopes from at in Instants select (LedgerEvent)new ConsentEvent { Kind = ConsentEventKind.Withdrawn, Purpose = scope, OccurredAt = at, Origin = "a" },
        from scope in Scopes from at in Instants select (LedgerEvent)new ObjectionEvent { Purpose = scope, OccurredAt = at, Origin = "a" },
        from at in Instants select (LedgerEvent)new RestrictionEvent { IsRestricted = true, OccurredAt = at, Origin = "a" },
        from at in Instants select (LedgerEvent)new SaleOrShareEvent { IsOptedOut = true, OccurredAt = at, Origin = "a" },
        from at in Instants select (LedgerEvent)new SensitiveUseEvent { IsLimited = true, OccurredAt = at, Origin = "a" },
        from kind in Gen.Elements(Enum.GetValues<SuppressionKind>()[1..])
        from scope in SuppressionScopes
        from at in Instants
        from until in Gen.Elements<int?>(null, -1, 5)
        from domain in Gen.Elements(false, false, true)
        from origin in Gen.Elements("a", SuppressionEntry.EventOrigin).Select(origin => domain ? SuppressionEntry.EventOrigin : origin)
        select (LedgerEvent)new SuppressionEvent { Kind = kind, Scope = scope, OccurredAt = at, Until = until is { } days ? Noon.AddDays(days) : null, IsOfDomain = domain, Origin = origin });

    private static readonly Gen<LedgerEvent> Anything = Gen.Frequency(
        (3, Demand),
        (6,
            from kind in Gen.Elements(ConsentEventKind.Granted, ConsentEventKind.Granted, ConsentEventKind.Renewed, ConsentEventKind.Imported)
            from scope in Scopes
            from at in Instants
            from proof in Proofs
            from strong in Gen.Elements(true, false)
            from ends in Gen.Elements<int?>(null, null, 1, 500)
            select (LedgerEvent)new ConsentEvent
            {
                Kind = kind, Purpose = scope, OccurredAt = at, Origin = "b", Evidence = proof, IsExplicit = strong, IsWritten = strong, ExpiresAt = ends is { } days ? at.AddHours(days) : null,
            }),
        (2,
            from confirmed in Gen.Elements(true, false)
            from scope in Scopes
            from at in Instants
            from token in Gen.Elements('1', '2')
            select (LedgerEvent)new ConsentEvent
            {
                Kind = confirmed ? ConsentEventKind.Confirmed : ConsentEventKind.Granted, AwaitsConfirmation = !confirmed, Purpose = scope, OccurredAt = at, Origin = "c",
                Evidence = Proof with { DoubleOptInTokenHash = new string(token, 64) },
            }),
        (1, from kind in Gen.Elements(ConsentEventKind.Refused, ConsentEventKind.Expired, ConsentEventKind.Requested) from scope in Scopes from at in Instants
            select (LedgerEvent)new ConsentEvent { Kind = kind, Purpose = scope, OccurredAt = at, Origin = "d" }),
        (1, from scope in Scopes from at in Instants select (LedgerEvent)new ObjectionEvent { Purpose = scope, IsWithdrawn = true, OccurredAt = at, Origin = "d" }),
        (1, from at in Instants select (LedgerEvent)new RestrictionEvent { IsRestricted = false, OccurredAt = at, Origin = "d" }),
        (1, from at in Instants select (LedgerEvent)new SaleOrShareEvent { IsOptedOut = false, OccurredAt = at, Origin = "d" }),
        (1, from kind in Gen.Elements(SuppressionKind.Unsubscribe, SuppressionKind.Legal) from at in Instants
            from scope in Gen.Elements(SuppressionScope.Everything, SuppressionScope.OfCampaign("spring"))
            select (LedgerEvent)new SuppressionEvent { Kind = kind, Scope = scope, IsLifted = true, OccurredAt = at, Origin = "d" }),
        (3, from code in Gen.Elements("EU/DE", "UK", "US", "US/CA", "CA", "BR") from type in Gen.Elements(SubscriberTypes.Corporate, SubscriberTypes.Individual) from at in Instants
            select (LedgerEvent)new ProfileEvent { Jurisdiction = code, Zone = "Europe/Berlin", SubscriberType = type, Age = 40, IsBusinessRelated = true, IsLegitimateInterestAssessed = true, OccurredAt = at, Origin = "e" }),
        (1, from at in Instants select (LedgerEvent)new SoftOptInEvent { IsSaleContext = true, IsForOwnProducts = true, IsForSimilarProducts = true, WasOptOutOffered = true, OccurredAt = at, Origin = "e" }),
        (1, from at in Instants select (LedgerEvent)new ImpliedConsentEvent { Kind = ImpliedConsentKinds.Purchase, OccurredAt = at, Origin = "e" }));

    /// <summary>Events with keys of their own, as a ledger holds them: recorded one after the other.</summary>
    private static readonly Gen<LedgerEvent[]> Histories = Gen.Choose(0, 12).SelectMany(count => Anything.ArrayOf(count)).Select(Recorded);

    [Fact]
    public void The_order_in_which_events_are_recorded_changes_no_fact() => Check.One(Fixed, Prop.ForAll(
        Arb.From(Histories.SelectMany(events => Gen.Shuffle(events).Select(shuffled => (events, shuffled)))),
        Arb.From(Asked),
        (pair, purpose) => Facts(Recorded(pair.shuffled), purpose) == Facts(pair.events, purpose)));

    [Fact]
    public void One_more_demand_never_turns_a_denial_into_anything_else() => Check.One(Fixed, Prop.ForAll(
        Arb.From(Histories),
        Arb.From(Demand),
        Arb.From(Asked),
        (events, demand, purpose) =>
        {
            var before = Decide(events, purpose);
            var after = Decide(Recorded([.. events, demand with { IdempotencyKey = "last" }]), purpose);
            return after <= before;
        }));

    [Fact]
    public void One_more_demand_never_makes_a_fact_more_permissive() => Check.One(Fixed.WithMaxTest(4 * Fixed.MaxTest), Prop.ForAll(
        Arb.From(Histories),
        Arb.From(Demand),
        Arb.From(Asked),
        (events, demand, purpose) =>
        {
            var before = Facts(events, purpose);
            var after = Facts(Recorded([.. events, demand with { IdempotencyKey = "last" }]), purpose);
            var consentStays = after with
            {
                ObjectionAt = before.ObjectionAt, Restricted = before.Restricted, SuppressedMarketing = before.SuppressedMarketing, SuppressedAll = before.SuppressedAll,
                SuppressedUndeliverable = before.SuppressedUndeliverable, AccountSuppressed = before.AccountSuppressed, SaleShareOptedOut = before.SaleShareOptedOut,
                SaleShareOptedOutAt = before.SaleShareOptedOutAt, SignalGpc = before.SignalGpc, SensitiveLimited = before.SensitiveLimited, ConsentOtherScope = before.ConsentOtherScope,
            };
            return (after.ConsentStatus == ConsentStatuses.Withdrawn || consentStays == before) // a consent is lost, or is the one it was
                && (after.ObjectionAt >= before.ObjectionAt || before.ObjectionAt is null)
                && (after.SaleShareOptedOutAt >= before.SaleShareOptedOutAt || before.SaleShareOptedOutAt is null)
                && (!before.Restricted || after.Restricted) && (!before.SaleShareOptedOut || after.SaleShareOptedOut) && (!before.SensitiveLimited || after.SensitiveLimited)
                && (!before.SuppressedMarketing || after.SuppressedMarketing) && (!before.SuppressedAll || after.SuppressedAll)
                && (!before.SuppressedUndeliverable || after.SuppressedUndeliverable) && (!before.AccountSuppressed || after.AccountSuppressed);
        }));

    [Fact]
    public void What_a_campaign_adds_to_a_row_is_what_the_fold_with_its_name_adds() => Check.One(Fixed, Prop.ForAll(
        Arb.From(Histories),
        Arb.From(Gen.Elements("spring", "autumn", "Spring")),
        Arb.From(Asked),
        (events, campaign, purpose) =>
        {
            var row = FactsProjector.Project(new LedgerHistory(Point, events), purpose, Current);
            var asked = FactsProjector.Project(new LedgerHistory(Point, events), purpose, Current, campaign);
            var added = row.Campaigns.SingleOrDefault(item => item.Campaign == campaign) ?? new CampaignSuppression(campaign, false, false, false, false, null);
            return asked.StaleAfter == new[] { row.StaleAfter, added.StaleAfter }.Min()
                && asked.Campaigns.SequenceEqual(row.Campaigns)
                && asked.Facts == row.Facts with
                {
                    SuppressedMarketing = row.Facts.SuppressedMarketing || added.Marketing, SuppressedAll = row.Facts.SuppressedAll || added.All,
                    SuppressedUndeliverable = row.Facts.SuppressedUndeliverable || added.Undeliverable, AccountSuppressed = row.Facts.AccountSuppressed || added.Account,
                };
        }));

    [Fact]
    public void A_withdrawal_at_or_after_every_consent_leaves_none() => Check.One(Fixed, Prop.ForAll(
        Arb.From(Histories),
        Arb.From(Gen.Elements<PurposeScope>(Purposes.Newsletter, Purposes.Marketing, PurposeScope.Everything)),
        (events, scope) => Facts(Recorded([.. events, Withdrawn(scope, -1)]), Purposes.Newsletter).ConsentStatus == ConsentStatuses.Withdrawn));

    [Fact]
    public void What_was_known_is_the_fold_of_what_was_recorded_by_then() => Check.One(Fixed, Prop.ForAll(
        Arb.From(Histories),
        Arb.From(Gen.Choose(0, 12)),
        Arb.From(Asked),
        (events, count, purpose) =>
        {
            var known = Noon.AddMilliseconds(Math.Min(count, events.Length));
            return Project(events, purpose, FactsMoment.AsKnownAt(known)) == Project([.. events.Where(item => item.RecordedAt <= known)], purpose, FactsMoment.Current(known));
        }));

    [Fact]
    public void What_was_true_is_the_fold_of_what_had_happened_by_then() => Check.One(Fixed, Prop.ForAll(
        Arb.From(Histories),
        Arb.From(Instants),
        Arb.From(Asked),
        (events, valid, purpose) =>
            Project(events, purpose, FactsMoment.AsTrueAt(valid, Noon.AddDays(1))) == Project([.. events.Where(item => item.OccurredAt <= valid)], purpose, FactsMoment.Current(valid))));

    [Fact]
    public void A_repeated_report_changes_nothing() => Check.One(Fixed.WithMaxTest(300), Prop.ForAll(
        Arb.From(Histories),
        events =>
        {
            var intake = new LedgerIntake(new PurposeCatalog([.. Catalog.Definitions, new PurposeDefinition(Purposes.Ads, "Ads.", [])]), new ManualTime(Noon));
            var stream = new List<LedgerEvent>();
            var first = intake.Accept(stream, events, isAccount: false, out _);
            var again = intake.Accept(stream, events.Reverse(), isAccount: false, out var accepted);
            return stream.Count == events.Length && accepted.Count == 0 && again.All(result => result.IsDuplicate)
                && again.Select(result => result.EventId).Reverse().SequenceEqual(first.Select(result => result.EventId));
        }));

    [Fact]
    public void What_is_written_is_read_back() => Check.One(Fixed.WithMaxTest(500), Prop.ForAll(
        Arb.From(Histories),
        events => events.All(item => LedgerEventSerializer.Read(LedgerEventSerializer.Write(item)) == item)));

    [Fact]
    public void The_generated_histories_reach_every_status_and_outcome()
    {
        var samples = Histories.Zip(Asked).Sample(3000, 20).ToList();

        Assert.Equal(5, samples.Select(sample => Facts(sample.Item1, sample.Item2).ConsentStatus).Distinct().Count());
        Assert.Contains(ConsentOutcome.Permit, samples.Select(sample => Decide(sample.Item1, sample.Item2)));
        Assert.Contains(ConsentOutcome.Deny, samples.Select(sample => Decide(sample.Item1, sample.Item2)));
    }

    private static ConsentOutcome Decide(LedgerEvent[] events, Purpose purpose) =>
        Packs.Value.Evaluate(Facts(events, purpose), new ConsentQuestion(purpose, Channel.Email) { At = Noon }).Outcome;

    private static ConsentFacts Facts(LedgerEvent[] events, Purpose purpose) => Project(events, purpose, Current);

    private static ConsentFacts Project(LedgerEvent[] events, Purpose purpose, FactsMoment moment) => FactsProjector.Project(new LedgerHistory(Point, events), purpose, moment).Facts;

    private static LedgerEvent[] Recorded(LedgerEvent[] events) =>
        [.. events.Select((item, i) => item with { EventId = Guid.NewGuid(), RecordedAt = Noon.AddMilliseconds(i + 1), IdempotencyKey = item.IdempotencyKey ?? $"k{i}" })];
}
