using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Tests.Support;
using static Abm.Privacy.Tests.Consent.Ledger.LedgerSamples;

namespace Abm.Privacy.Tests.Consent.Ledger;

/// <summary>The merge rules, one by one.</summary>
public class ConsentFoldTests
{
    private static readonly ConsentEvidence Token = Proof with { DoubleOptInTokenHash = new string('1', 64) };

    private static readonly ConsentEvent Awaiting = Granted(Purposes.Newsletter, -5) with { AwaitsConfirmation = true, Evidence = Token };

    private static readonly ConsentEvent Confirmed = new() { Kind = ConsentEventKind.Confirmed, Purpose = Purposes.Newsletter, OccurredAt = Noon.AddHours(-4), Origin = "form", Evidence = Token };

    [Fact]
    public void A_double_opt_in_counts_from_its_confirmation()
    {
        Assert.Equal(ConsentStatuses.Pending, Fold(Awaiting).ConsentStatus);
        var facts = Fold(Awaiting, Confirmed);
        Assert.Equal((ConsentStatuses.Granted, Noon.AddHours(-4).ToUnixTimeMilliseconds()), (facts.ConsentStatus, facts.ConsentGrantedAt));

        Assert.Equal(ConsentStatuses.None, Fold(Confirmed).ConsentStatus); // half of it is nothing
        Assert.Equal(ConsentStatuses.Pending, Fold(Awaiting, Confirmed with { Evidence = Proof with { DoubleOptInTokenHash = new string('2', 64) } }).ConsentStatus);
        Assert.Equal(ConsentStatuses.Pending, Fold(Awaiting, Confirmed with { Purpose = Purposes.EventInvitation }).ConsentStatus);
        Assert.Equal(ConsentStatuses.Withdrawn, Fold(Awaiting, Withdrawn(Purposes.Newsletter, -5), Confirmed).ConsentStatus); // between the halves
        Assert.Equal(ConsentStatuses.Granted, Fold(Granted(Purposes.Newsletter, -9), Awaiting).ConsentStatus); // asking again takes nothing away
    }

    [Theory]
    [InlineData("marketing", false, ConsentStatuses.Withdrawn)] // broad no, then a narrow yes that is not explicit
    [InlineData("marketing", true, ConsentStatuses.Granted)]
    [InlineData("*", true, ConsentStatuses.Granted)]
    [InlineData("marketing.newsletter", false, ConsentStatuses.Granted)]
    [InlineData("marketing.event", false, ConsentStatuses.Granted)] // about something else
    public void A_broader_no_is_lifted_by_a_later_yes_that_is_explicit_and_demonstrable(string no, bool isExplicit, string status)
    {
        Assert.True(PurposeScope.TryParse(no, out var scope));
        var yes = Granted(Purposes.Newsletter, -1) with { IsExplicit = isExplicit };

        Assert.Equal(status, Fold(Withdrawn(scope, -2), yes).ConsentStatus);
        if (isExplicit)
        {
            Assert.Equal(ConsentStatuses.Withdrawn, Fold(Withdrawn(scope, -2), yes with { Evidence = null }).ConsentStatus);
            Assert.Equal(ConsentStatuses.Withdrawn, Fold(Withdrawn(scope, -1), yes).ConsentStatus);
        }
    }

    [Fact]
    public void A_yes_that_nobody_can_prove_does_not_lift_a_no_to_the_same()
    {
        var yes = Granted(Purposes.Newsletter, -1);

        Assert.Equal(ConsentStatuses.Granted, Fold(Withdrawn(Purposes.Newsletter, -2), yes).ConsentStatus);
        Assert.Equal(ConsentStatuses.Withdrawn, Fold(Withdrawn(Purposes.Newsletter, -2), yes with { Evidence = null }).ConsentStatus);
        Assert.Equal(ConsentStatuses.Withdrawn, Fold(Withdrawn(Purposes.Newsletter, -2), yes with { Evidence = Proof with { Source = null } }).ConsentStatus);
        Assert.Equal(ConsentStatuses.Granted, Fold(yes with { Evidence = null }).ConsentStatus); // without a no it is a consent without proof
    }

    [Fact]
    public void A_broad_yes_never_lifts_a_narrow_no()
    {
        var yes = Granted(Purposes.Marketing, -1) with { IsExplicit = true };

        Assert.Equal(ConsentStatuses.Withdrawn, Fold(Withdrawn(Purposes.Newsletter, -2), yes).ConsentStatus);
        Assert.Equal(ConsentStatuses.Withdrawn, Fold(Granted(Purposes.Newsletter, -3), Withdrawn(Purposes.Newsletter, -2), yes).ConsentStatus);
        Assert.Equal(ConsentStatuses.Granted, Fold(yes).ConsentStatus);
    }

    [Fact]
    public void A_consent_to_everything_is_a_consent_that_is_not_specific()
    {
        Assert.Equal((ConsentStatuses.Granted, false), (Fold(Granted(PurposeScope.Everything, -1)).ConsentStatus, Fold(Granted(PurposeScope.Everything, -1)).ConsentSpecific));
        Assert.True(Fold(Granted(Purposes.Newsletter, -2), Granted(PurposeScope.Everything, -1)).ConsentSpecific); // and takes nothing from a specific one
    }

    [Fact]
    public void A_consent_ends_at_the_earlier_of_its_end_and_its_expiry()
    {
        var given = Granted(Purposes.Newsletter, -5) with { ExpiresAt = Noon.AddHours(9) };
        var expired = new ConsentEvent { Kind = ConsentEventKind.Expired, Purpose = Purposes.Marketing, OccurredAt = Noon.AddHours(-2), Origin = "job" };

        Assert.Equal(Noon.AddHours(9).ToUnixTimeMilliseconds(), Fold(given).ConsentExpiresAt);
        Assert.Equal(Noon.AddHours(-2).ToUnixTimeMilliseconds(), Fold(given, expired).ConsentExpiresAt);
        Assert.Equal(Noon.AddHours(9).ToUnixTimeMilliseconds(), Fold(given, expired with { OccurredAt = Noon.AddHours(-6) }).ConsentExpiresAt);
    }

    [Fact]
    public void Kinds_and_scopes_of_suppressions_show_in_their_own_facts()
    {
        Assert.True(Fold(Suppressed(SuppressionKind.Unsubscribe, -1)).SuppressedMarketing);
        Assert.True(Fold(Suppressed(SuppressionKind.Undeliverable, -1)).SuppressedUndeliverable);
        Assert.True(Fold(Suppressed(SuppressionKind.Legal, -1)).SuppressedAll);
        Assert.True(Fold(Suppressed(SuppressionKind.Manual, -1)).SuppressedAll);
        Assert.True(Fold(Suppressed(SuppressionKind.Manual, -1, SuppressionScope.Of(Purposes.Marketing))).SuppressedMarketing);
        Assert.True(Fold(Suppressed(SuppressionKind.Manual, -1) with { IsOfDomain = true }).AccountSuppressed);
        var none = Fold();
        Assert.Equal(none, Fold(Suppressed(SuppressionKind.Legal, -1, SuppressionScope.Of(Purposes.EventInvitation))));
        Assert.Equal(none, Fold(Suppressed(SuppressionKind.Legal, -1, SuppressionScope.Of(Channel.Sms))));
        Assert.Equal(none, Fold(Suppressed(SuppressionKind.Legal, -1, SuppressionScope.OfCampaign("spring"))));
        Assert.Equal(none, Fold(Suppressed(SuppressionKind.Legal, -1, until: Noon)));
        Assert.Equal(none, Fold(Suppressed(SuppressionKind.Legal, -2), Suppressed(SuppressionKind.Legal, -1) with { IsLifted = true }));
        Assert.True(Fold(Suppressed(SuppressionKind.Legal, -1), Suppressed(SuppressionKind.Legal, -1) with { IsLifted = true }).SuppressedAll);
        Assert.True(Fold(Suppressed(SuppressionKind.Legal, -2), Suppressed(SuppressionKind.Unsubscribe, -1) with { IsLifted = true }).SuppressedAll);
    }

    [Fact]
    public void A_campaign_is_suppressed_where_it_is_asked_about_and_a_row_says_when_it_goes_stale()
    {
        var history = new LedgerHistory(Point, Recorded(Suppressed(SuppressionKind.Manual, -1, SuppressionScope.OfCampaign("spring"), Noon.AddDays(2)), Suppressed(SuppressionKind.Complaint, -1, until: Noon.AddDays(3))));
        var row = FactsProjector.Project(history, Purposes.Newsletter, FactsMoment.Current(Noon));
        var spring = FactsProjector.Project(history, Purposes.Newsletter, FactsMoment.Current(Noon), "spring");

        Assert.Equal((1, Noon.AddDays(3)), (row.Evidence[FactGroup.Suppression].Count, row.StaleAfter));
        Assert.Equal((2, Noon.AddDays(2)), (spring.Evidence[FactGroup.Suppression].Count, spring.StaleAfter));
    }

    [Fact]
    public void An_account_that_is_above_itself_in_what_is_stored_denies()
    {
        AccountId one = new("one"), two = new("two");
        var accounts = new Dictionary<AccountId, IReadOnlyList<LedgerEvent>>
        {
            [one] = Recorded(new AccountParentEvent { Parent = two, OccurredAt = Noon, Origin = "crm" }),
            [two] = Recorded(new AccountParentEvent { Parent = one, OccurredAt = Noon, Origin = "crm" }),
        };
        var history = new LedgerHistory(Point, Recorded(new ContactAccountEvent { Account = one, OccurredAt = Noon, Origin = "crm" }), accounts);

        Assert.Equal(FactsProjector.BrokenAccountChain, FactsProjector.Project(history, Purposes.Newsletter, FactsMoment.Current(Noon)).Facts.FactErrors);
    }

    [Fact]
    public void An_objection_is_taken_back_by_the_person_alone_and_only_as_far_as_it_goes()
    {
        var objection = new ObjectionEvent { OccurredAt = Noon.AddHours(-3), Origin = "mail" };
        var narrow = objection with { OccurredAt = Noon.AddHours(-2), IsWithdrawn = true, Purpose = Purposes.Newsletter };

        Assert.NotNull(Fold(objection, Granted(Purposes.Newsletter, -1) with { IsExplicit = true }).ObjectionAt); // the policy weighs the two
        Assert.NotNull(Fold(objection, narrow).ObjectionAt);
        Assert.Null(Fold(objection, narrow with { Purpose = PurposeScope.Everything }).ObjectionAt);
        Assert.Null(Fold(objection with { Purpose = Purposes.EventInvitation }).ObjectionAt);
    }

    [Fact]
    public void What_is_switched_on_and_off_at_the_same_moment_is_on()
    {
        var facts = Fold(
            new RestrictionEvent { IsRestricted = true, OccurredAt = Noon, Origin = "a" }, new RestrictionEvent { IsRestricted = false, OccurredAt = Noon, Origin = "b" },
            new SaleOrShareEvent { IsOptedOut = true, IsGlobalPrivacyControl = true, OccurredAt = Noon, Origin = "a" }, new SaleOrShareEvent { IsOptedOut = false, OccurredAt = Noon, Origin = "b" },
            new SensitiveUseEvent { IsLimited = true, OccurredAt = Noon, Origin = "a" }, new SensitiveUseEvent { IsLimited = false, OccurredAt = Noon, Origin = "b" },
            new ObjectionEvent { OccurredAt = Noon, Origin = "a" }, new ObjectionEvent { IsWithdrawn = true, OccurredAt = Noon, Origin = "b" });

        Assert.True(facts.Restricted && facts.SaleShareOptedOut && facts.SignalGpc && facts.SensitiveLimited && facts.ObjectionAt is not null);
    }

    [Fact]
    public void Preferences_are_replaced_as_a_whole_and_those_of_the_same_moment_narrow_together()
    {
        var first = new PreferenceEvent { Topics = [Purposes.Newsletter], Channels = [Channel.Sms], MessageCap = 3, OccurredAt = Noon.AddHours(-2), Origin = "a" };
        var second = new PreferenceEvent { Topics = [], PausedUntil = Noon.AddDays(1), MessageCap = 9, OccurredAt = Noon.AddHours(-2), Origin = "b" };

        var both = Fold(first, second);
        Assert.Equal((false, false, 3, Noon.AddDays(1).ToUnixTimeMilliseconds()), (both.PreferenceTopicWanted, both.PreferenceChannelWanted, both.CapsContact, both.PreferencePausedUntil));
        Assert.True(Fold(first).PreferenceTopicWanted);
        Assert.Equal(Fold(), Fold(first, new PreferenceEvent { OccurredAt = Noon, Origin = "a" }));
    }

    [Fact]
    public void A_notice_counts_for_data_that_was_obtained_before_it()
    {
        var source = new SourceEvent { Kind = SourceKinds.Broker, CollectedAt = Noon.AddDays(-2), OccurredAt = Noon.AddDays(-2), Origin = "import" };

        Assert.Null(Fold(source, new SourceNoticeEvent { OccurredAt = Noon.AddDays(-3), Origin = "esp" }).SourceNoticeAt);
        Assert.NotNull(Fold(source, new SourceNoticeEvent { OccurredAt = Noon.AddDays(-1), Origin = "esp" }).SourceNoticeAt);
    }

    [Fact]
    public void A_withdrawal_that_came_back_from_the_list_gives_way_to_a_later_consent_with_proof()
    {
        var back = Suppressed(SuppressionKind.Unsubscribe, -3, SuppressionScope.Of(Purposes.Newsletter)) with { Origin = SuppressionEntry.EventOrigin };
        var consent = Granted(Purposes.Newsletter, -2);

        Assert.True(Fold(back).SuppressedMarketing);
        Assert.False(Fold(back, consent).SuppressedMarketing);
        Assert.True(Fold(back, consent with { Evidence = null }).SuppressedMarketing);
        Assert.True(Fold(back, consent, Withdrawn(Purposes.Newsletter, -1)).SuppressedMarketing);
        Assert.True(Fold(back, Granted(Purposes.Newsletter, -3)).SuppressedMarketing);
        Assert.True(Fold(back with { Scope = SuppressionScope.Everything }, consent).SuppressedMarketing);
        Assert.False(Fold(back with { Scope = SuppressionScope.Everything }, consent with { IsExplicit = true }).SuppressedMarketing);
        Assert.True(Fold(back with { Origin = "esp" }, consent).SuppressedMarketing); // what was reported of this contact point is lifted on purpose
        Assert.True(Fold(back with { Kind = SuppressionKind.Complaint }, consent).SuppressedMarketing);
    }

    private static ContactPoint Point => new(TestKeys.Tenant, new ContactPointId(new Guid("11111111-2222-4333-8444-555555555555")), TestKeys.Jane, Channel.Email, SubjectKind.Unknown, Noon);

    private static ConsentFacts Fold(params LedgerEvent[] events) =>
        FactsProjector.Project(new LedgerHistory(Point, Recorded(events)), Purposes.Newsletter, FactsMoment.Current(Noon)).Facts;

    private static LedgerEvent[] Recorded(params LedgerEvent[] events) =>
        [.. events.Select((item, i) => item with { EventId = Guid.NewGuid(), RecordedAt = Noon.AddMilliseconds(i), IdempotencyKey = $"k{i}" })];
}
