using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Consent.Ledger;
using Abm.Privacy.Tests.Support;
using static Abm.Privacy.Tests.Consent.Ledger.LedgerSamples;

namespace Abm.Privacy.Tests.Consent;

public sealed class ConsentServiceTests : IDisposable
{
    private static readonly TenantId Tenant = TestKeys.Tenant;
    private static readonly EmailAddress Email = EmailAddress.Parse("jane@example.com");
    private static readonly AccountId Acme = new("acme");

    private readonly ManualTime _time = new(Noon);
    private readonly KeyRing _ring = TestKeys.Ring();
    private readonly MemoryConsentLedger _ledger;

    public ConsentServiceTests() => _ledger = new MemoryConsentLedger(Catalog, new SuppressionHasher(_ring), _time);

    public void Dispose() => _ring.Dispose();

    [Fact]
    public async Task A_consent_in_the_ledger_permits_and_its_event_is_the_evidence()
    {
        var jane = await JaneAsync();
        var granted = await _ledger.AppendAsync(Tenant, jane, Granted(Purposes.Newsletter, -2));
        var decision = await Service().EvaluateAsync(Tenant, jane, Purposes.Newsletter, Channel.Email);

        Assert.True(decision.IsPermitted, decision.ToString());
        Assert.Contains(granted.EventId, decision.Evidence);
        Assert.Equal([granted.EventId], decision.EvidenceOf(decision.Reasons[0]));
        Assert.Equal(jane, decision.ContactPoint);
        Assert.Equal(Noon, decision.AsOf);
        Assert.True(decision.KnownAt >= Noon);
        Assert.False(decision.IsConfigurationGap);
    }

    [Fact]
    public async Task A_denial_names_the_event_that_decides_it()
    {
        var jane = await JaneAsync();
        await _ledger.AppendAsync(Tenant, jane, Granted(Purposes.Newsletter, -2));
        var objected = await _ledger.ObjectAsync(Tenant, jane, Noon.AddHours(-1), "center");
        var decision = await Service().EvaluateAsync(Tenant, jane, Purposes.Newsletter, Channel.Email);

        Assert.True(decision.HasReason(ReasonCodes.ObjectedDirectMarketing));
        Assert.Contains(objected.EventId, decision.Evidence);
        Assert.Contains(objected.EventId, decision.EvidenceOf(decision.Reasons.Single(reason => reason.Code == ReasonCodes.ObjectedDirectMarketing)));
    }

    [Fact]
    public async Task A_person_is_found_by_the_blind_index_of_the_address_in_any_spelling()
    {
        var jane = await JaneAsync();
        await _ledger.AppendAsync(Tenant, jane, Granted(Purposes.Newsletter, -2));

        Assert.True((await Service().EvaluateAsync(Tenant, EmailAddress.Parse("JANE@EXAMPLE.COM"), Purposes.Newsletter, Channel.Email)).IsPermitted);
        Assert.Equal(ReasonCodes.ContactPointUnknown, Gap(await Service().EvaluateAsync(Tenant, EmailAddress.Parse("omar@example.com"), Purposes.Newsletter, Channel.Email)));
        Assert.Equal(ReasonCodes.ChannelMismatch, Gap(await Service().EvaluateAsync(Tenant, Email, Purposes.AdAudience, Channel.AudienceUpload)));
    }

    [Fact]
    public async Task Of_several_contact_points_with_one_address_the_least_permissive_decides()
    {
        var jane = await JaneAsync();
        var omar = await JaneAsync(TestKeys.Omar);
        await _ledger.AppendAsync(Tenant, jane, Granted(Purposes.Newsletter, -2));
        await _ledger.AppendAsync(Tenant, omar, Granted(Purposes.Newsletter, -2));
        var both = await Service().EvaluateAsync(Tenant, Email, Purposes.Newsletter, Channel.Email);
        Assert.True(both.IsPermitted);
        Assert.Equal(2, both.Parts.Count);

        await _ledger.AppendAsync(Tenant, omar, new RestrictionEvent { IsRestricted = true, OccurredAt = Noon.AddHours(-1), Origin = "center" });
        var decision = await Service().EvaluateAsync(Tenant, Email, Purposes.Newsletter, Channel.Email);

        Assert.Equal(ConsentOutcome.Deny, decision.Outcome);
        Assert.True(decision.HasReason(ReasonCodes.Restricted));
        Assert.False(decision.HasReason(ReasonCodes.ConsentValid));
        Assert.Equal(decision.Parts.Single(part => !part.IsPermitted).Evidence, decision.Evidence);
        Assert.NotEmpty(decision.WhatWouldChange().Sets);
    }

    [Fact]
    public async Task Obligations_of_several_contact_points_add_up()
    {
        var jane = await JaneAsync();
        var omar = await JaneAsync(TestKeys.Omar);
        await _ledger.AppendAsync(Tenant, jane, Granted(Purposes.Newsletter, -2));
        await _ledger.AppendAsync(Tenant, omar, Granted(Purposes.Newsletter, -2));
        await _ledger.AppendAsync(Tenant, omar, new PreferenceEvent { RefusesPersonalization = true, OccurredAt = Noon.AddHours(-1), Origin = "center" });
        var decision = await Service().EvaluateAsync(Tenant, Email, Purposes.Newsletter, Channel.Email);

        Assert.True(decision.IsPermitted);
        Assert.True(decision.Requires(ObligationCodes.SendGenericContent));
        Assert.True(decision.Requires(ObligationCodes.UnsubscribeLink));
    }

    [Fact]
    public async Task A_buying_group_is_decided_in_one_call()
    {
        var jane = await JaneAsync();
        var omar = await JaneAsync(TestKeys.Omar);
        await _ledger.AppendAsync(Tenant, jane, Granted(Purposes.Newsletter, -2));
        var group = await Service().EvaluateAsync(Tenant, [jane, omar, ContactPointId.NewId(), jane], new ConsentQuestion(Purposes.Newsletter, Channel.Email));

        Assert.Equal([true, false, false], group.Decisions.Select(decision => decision.IsPermitted));
        Assert.Equal([jane], group.Permitted);
        Assert.Single(group.Decisions.Select(decision => decision.AsOf).Distinct());
        Assert.Equal((3L, 1L), (group.Counts.Total, group.Counts.Permitted));
        Assert.Equal(ConsentOutcome.Deny, group.Strictest.Outcome);
        Assert.Equal("1 permit, 0 defer, 2 deny", group.ToString());
        await Assert.ThrowsAsync<ArgumentException>(async () => await Service().EvaluateAsync(Tenant, [], new ConsentQuestion(Purposes.Newsletter, Channel.Email)));
    }

    [Fact]
    public async Task What_is_not_set_up_is_a_denial_with_a_reason_of_its_own()
    {
        var jane = await JaneAsync();
        await _ledger.AppendAsync(Tenant, jane, Granted(PurposeScope.Everything, -2));
        var undeclared = new Purpose("marketing.new");
        var later = new PurposeCatalog([.. Catalog.Definitions, new PurposeDefinition(undeclared, "Later.", [])]);

        Assert.Equal(ReasonCodes.ContactPointUnknown, Gap(await Service().EvaluateAsync(Tenant, ContactPointId.NewId(), Purposes.Newsletter, Channel.Email)));
        Assert.Equal(ReasonCodes.ContactPointUnknown, Gap(await Service().EvaluateAsync(new TenantId("other"), jane, Purposes.Newsletter, Channel.Email)));
        Assert.Equal(ReasonCodes.ChannelMismatch, Gap(await Service().EvaluateAsync(Tenant, jane, Purposes.Newsletter, Channel.Sms)));
        Assert.Equal(ReasonCodes.PurposeUndeclared, Gap(await Service().EvaluateAsync(Tenant, jane, undeclared, Channel.Email)));
        Assert.Equal(ReasonCodes.FactsNotBuilt, Gap(await Service(purposes: later).EvaluateAsync(Tenant, jane, undeclared, Channel.Email)));
    }

    [Fact]
    public async Task A_gap_advises_what_to_set_up_and_nothing_else_would_change_it()
    {
        var decision = await Service().EvaluateAsync(Tenant, ContactPointId.NewId(), Purposes.Newsletter, Channel.Email);

        Assert.Equal(AdviceCodes.RegisterContactPoint, Assert.Single(decision.Advice).Code);
        Assert.Empty(decision.WhatWouldChange().Sets);
        Assert.Empty(decision.Evidence);
    }

    [Fact]
    public async Task Messages_are_counted_against_the_cap_and_a_cap_that_nobody_counts_denies()
    {
        var jane = await JaneAsync();
        await _ledger.AppendAsync(Tenant, jane, Granted(Purposes.Newsletter, -2));
        await _ledger.AppendAsync(Tenant, jane, new PreferenceEvent { MessageCap = 2, OccurredAt = Noon.AddHours(-1), Origin = "center" });
        await _ledger.AppendAsync(Tenant, jane, new ContactAccountEvent { Account = Acme, OccurredAt = Noon.AddHours(-1), Origin = "crm" });
        var counter = new Counter();

        Assert.True((await Service().EvaluateAsync(Tenant, jane, Purposes.Newsletter, Channel.Email)).HasReason(ReasonCodes.FactError));
        Assert.True((await Service(counter).EvaluateAsync(Tenant, jane, Purposes.Newsletter, Channel.Email)).IsPermitted);
        counter.Counts = new SendCounts(2, 0);
        Assert.True((await Service(counter).EvaluateAsync(Tenant, jane, Purposes.Newsletter, Channel.Email)).HasReason(ReasonCodes.FrequencyCap));
        Assert.Equal(Acme, counter.Account);
    }

    [Fact]
    public async Task A_suppression_for_a_campaign_counts_where_the_campaign_is_named()
    {
        var jane = await JaneAsync();
        await _ledger.AppendAsync(Tenant, jane, Granted(Purposes.Newsletter, -2));
        await _ledger.AppendAsync(Tenant, jane, Suppressed(SuppressionKind.Unsubscribe, -1, SuppressionScope.OfCampaign("spring")));
        var question = new ConsentQuestion(Purposes.Newsletter, Channel.Email);

        Assert.True((await Service().EvaluateAsync(Tenant, jane, question, "autumn")).IsPermitted);
        var spring = await Service().EvaluateAsync(Tenant, [jane, await JaneAsync(TestKeys.Omar)], question, "spring");
        Assert.False(spring.Decisions[0].IsPermitted);
        Assert.Equal(("spring", "spring"), (spring.Strictest.Campaign, spring.Decisions[0].Campaign));
    }

    [Theory]
    [InlineData("")]
    [InlineData("spring ")]
    [InlineData("spr\ting")]
    public async Task A_text_that_is_no_name_of_a_campaign_is_refused_wherever_it_enters(string campaign)
    {
        var jane = ContactPointId.NewId(); // not even whom the ledger does not know
        var question = new ConsentQuestion(Purposes.Newsletter, Channel.Email);

        await Assert.ThrowsAsync<ArgumentException>(async () => await Service().EvaluateAsync(Tenant, jane, question, campaign));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Service().EvaluateAsync(Tenant, [jane], question, campaign));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Service().EvaluateAsync(Tenant, Email, question, campaign));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _ledger.ProjectFactsAsync(Tenant, ContactPointId.NewId(), Purposes.Newsletter, FactsMoment.Current(Noon), campaign));
        Assert.Throws<ArgumentException>(() => FactsProjector.Project(new LedgerHistory(new ContactPoint(Tenant, jane, TestKeys.Jane, Channel.Email, SubjectKind.Unknown, Noon), []), Purposes.Newsletter, FactsMoment.Current(Noon), campaign));
        Assert.Throws<ArgumentException>(() => new Abm.Privacy.Consent.Records.DecisionSubject(Tenant, jane, Purposes.Newsletter, Channel.Email) { Campaign = campaign });
        Assert.Throws<ArgumentException>(() => new Abm.Privacy.Consent.Sending.MessagePlan(jane, Purposes.Newsletter, Channel.Email) { Campaign = campaign });
    }

    private static string Gap(ConsentDecision decision)
    {
        Assert.Equal(ConsentOutcome.Deny, decision.Outcome);
        Assert.True(decision.IsConfigurationGap);
        return Assert.Single(decision.Reasons).Code;
    }

    private async Task<ContactPointId> JaneAsync(SubjectId? subject = null)
    {
        var point = await _ledger.RegisterAsync(new ContactPointRegistration(Tenant, subject ?? TestKeys.Jane, Channel.Email), Email);
        await _ledger.AppendAsync(Tenant, point.Id, new ProfileEvent { Jurisdiction = Jurisdictions.Germany, Zone = "Europe/Berlin", Age = 40, SubscriberType = SubscriberTypes.Corporate, OccurredAt = Noon.AddDays(-1), Origin = "crm" });
        return point.Id;
    }

    private ConsentService Service(ISendCounter? counter = null, PurposeCatalog? purposes = null) =>
        new(_ledger, purposes ?? Catalog, new CompiledConsentEvaluator(SampleConsent.Policy, _time), _time, counter);

    private sealed class Counter : ISendCounter
    {
        public SendCounts Counts { get; set; }

        public AccountId? Account { get; private set; }

        public ValueTask<SendCounts> CountAsync(TenantId tenant, ContactPointId contactPoint, AccountId? account, DateTimeOffset at, CancellationToken cancellationToken = default)
        {
            Account = account;
            return ValueTask.FromResult(Counts);
        }
    }
}
