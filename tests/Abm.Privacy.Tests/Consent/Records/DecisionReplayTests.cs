using System.Diagnostics;
using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Consent.Records;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Consent.Ledger;
using Abm.Privacy.Tests.Support;
using static Abm.Privacy.Tests.Consent.Ledger.LedgerSamples;

namespace Abm.Privacy.Tests.Consent.Records;

public sealed class DecisionReplayTests : IDisposable
{
    private readonly ManualTime _time = new(Noon);
    private readonly KeyRing _ring = TestKeys.Ring();
    private readonly MemoryConsentLedger _ledger;
    private readonly InMemoryPolicyArchive _archive = new();
    private readonly ConsentService _service;
    private readonly DecisionRecorder _recorder;
    private readonly DecisionReplay _replay;

    public DecisionReplayTests()
    {
        _ledger = new MemoryConsentLedger(Catalog, new SuppressionHasher(_ring), _time);
        _service = new ConsentService(_ledger, Catalog, new CompiledConsentEvaluator(SampleConsent.Policy, _time), _time);
        _recorder = new DecisionRecorder(_ring, _archive);
        _replay = new DecisionReplay(_ledger, _archive, _ring, _time);
    }

    public void Dispose() => _ring.Dispose();

    [Fact]
    public async Task A_withdrawal_that_came_late_leaves_the_decision_right_as_known_and_wrong_in_truth()
    {
        var jane = await ConsentingAsync();
        var (decision, record) = await DecideAsync(jane);
        Assert.True(decision.IsPermitted);
        _time.Advance(TimeSpan.FromDays(10));
        var late = await _ledger.WithdrawAsync(TestKeys.Tenant, jane, Purposes.Newsletter, Noon.AddMinutes(-30), "paper");

        var result = await _replay.ReplayAsync(DecisionRecorder.SubjectOf(TestKeys.Tenant, decision), record);

        Assert.Equal((ReplayFinding.Confirmed, true, false), (result.Finding, result.WasRightAsKnown, result.WasRightAsTrue));
        Assert.Equal(late.EventId, Assert.Single(result.LateEvents, item => item.MadeDifference).EventId);
        Assert.True(result.AsTrue!.HasReason(ReasonCodes.ConsentWithdrawn));
        Assert.Equal("Confirmed: Permit: CONSENT_VALID; in truth Deny: CONSENT_WITHDRAWN", result.ToString());
    }

    [Fact]
    public async Task A_correction_that_came_late_is_named_with_what_it_takes_back()
    {
        var jane = await ConsentingAsync();
        var withdrawn = await _ledger.WithdrawAsync(TestKeys.Tenant, jane, Purposes.Newsletter, Noon.AddMinutes(-30), "paper");
        var (decision, record) = await DecideAsync(jane);
        Assert.False(decision.IsPermitted);
        _time.Advance(TimeSpan.FromDays(10));
        await _ledger.AppendAsync(TestKeys.Tenant, jane, new CorrectionEvent { Corrects = withdrawn.EventId, Reason = "another person", OccurredAt = Noon.AddDays(9), Origin = "desk" });

        var result = await _replay.ReplayAsync(DecisionRecorder.SubjectOf(TestKeys.Tenant, decision), record);

        Assert.Equal((true, false), (result.WasRightAsKnown, result.WasRightAsTrue));
        Assert.Equal(withdrawn.EventId, Assert.Single(result.LateEvents, item => item.MadeDifference).Corrects);
        Assert.True(result.AsTrue!.IsPermitted);
    }

    [Fact]
    public async Task What_happened_afterwards_changes_nothing()
    {
        var jane = await ConsentingAsync();
        var (decision, record) = await DecideAsync(jane);
        _time.Advance(TimeSpan.FromDays(10));
        await _ledger.WithdrawAsync(TestKeys.Tenant, jane, Purposes.Newsletter, Noon.AddDays(5), "center");

        var result = await _replay.ReplayAsync(DecisionRecorder.SubjectOf(TestKeys.Tenant, decision), record);

        Assert.Equal((true, true), (result.WasRightAsKnown, result.WasRightAsTrue));
        Assert.Empty(result.LateEvents);
    }

    [Fact]
    public async Task An_event_that_was_being_written_while_it_was_decided_is_no_difference()
    {
        var jane = await ConsentingAsync();
        var (decision, record) = await DecideAsync(jane);

        // recorded before the decision by its clock, seen only after it
        var now = decision.KnownAt.AddMilliseconds(-1);
        var history = (await _ledger.FindHistoryAsync(TestKeys.Tenant, jane))!;
        var inFlight = new ConsentEvent { EventId = Guid.NewGuid(), RecordedAt = now, Kind = ConsentEventKind.Withdrawn, Purpose = Purposes.Newsletter, OccurredAt = now, Origin = "center" };
        using var key = new Counted(_ring);
        var result = new ReplayRun(
            new LedgerHistory(history.ContactPoint, [.. history.Events, inFlight], history.Accounts), DecisionRecorder.SubjectOf(TestKeys.Tenant, decision), record,
            new ConsentEvaluator(SampleConsent.Policy), await key.OpenAsync()).Run(Noon.AddDays(1));

        Assert.Equal((ReplayFinding.Confirmed, true, false), (result.Finding, result.WasInFlight, result.WasRightAsTrue));
    }

    [Fact]
    public async Task A_row_that_still_held_an_ended_suppression_is_found()
    {
        var jane = await ConsentingAsync();
        await _ledger.AppendAsync(TestKeys.Tenant, jane, Suppressed(SuppressionKind.Unsubscribe, -1, until: Noon.AddHours(1)));
        _time.Advance(TimeSpan.FromHours(2));
        var row = (await _ledger.FindFactsAsync(TestKeys.Tenant, jane, Purposes.Newsletter))!;
        Assert.True(row.SuppressedMarketing);
        var decision = new ConsentEvaluator(SampleConsent.Policy, _time).Evaluate(row, new ConsentQuestion(Purposes.Newsletter, Channel.Email));
        var record = await _recorder.RecordAsync(TestKeys.Tenant, decision);

        var result = await _replay.ReplayAsync(DecisionRecorder.SubjectOf(TestKeys.Tenant, decision), record);

        Assert.Equal((ReplayFinding.Confirmed, true), (result.Finding, result.WasInFlight));
        Assert.True(result.AsKnown!.HasReason(ReasonCodes.SuppressedMarketing));
        Assert.True(result.AsTrue!.IsPermitted);
    }

    [Fact]
    public async Task Another_engine_or_an_altered_record_is_told_apart_from_other_facts()
    {
        var jane = await ConsentingAsync();
        var (decision, record) = await DecideAsync(jane);
        var subject = DecisionRecorder.SubjectOf(TestKeys.Tenant, decision);
        var bytes = record.ToBytes();
        var (mask, outcome) = ((byte[])[.. bytes], (byte[])[.. bytes]);
        mask[2 + 16 + 16 + 6 + 1 + 1 + 8 + 3 + 7] ^= 4;
        outcome[1] = (byte)(outcome[1] & ~3);

        Assert.Equal(ReplayFinding.EngineDiffers, (await _replay.ReplayAsync(subject, DecisionRecord.Parse(mask))).Finding);
        Assert.Equal(false, (await _replay.ReplayAsync(subject, DecisionRecord.Parse(outcome))).WasRightAsKnown);
        var omar = await _replay.ReplayAsync(subject with { Purpose = Purposes.EventInvitation }, record);
        Assert.Equal((ReplayFinding.FactsDiffer, null), (omar.Finding, omar.WasRightAsKnown));
    }

    [Fact]
    public async Task Without_the_policy_or_the_contact_point_the_result_says_so()
    {
        var jane = await ConsentingAsync();
        var (decision, record) = await DecideAsync(jane);
        var subject = DecisionRecorder.SubjectOf(TestKeys.Tenant, decision);
        var without = await new DecisionReplay(_ledger, new InMemoryPolicyArchive(), _ring, _time).ReplayAsync(subject, record);
        var unknown = await _replay.ReplayAsync(subject with { ContactPoint = ContactPointId.NewId() }, record);

        Assert.Equal((ReplayFinding.PolicyMissing, null, null), (without.Finding, without.WasRightAsKnown, without.WasRightAsTrue));
        Assert.Equal((ReplayFinding.ContactPointUnknown, null, null), (unknown.Finding, unknown.WasRightAsKnown, unknown.WasRightAsTrue));
    }

    [Fact]
    public async Task A_record_outlives_the_rotation_of_its_key()
    {
        var jane = await ConsentingAsync();
        var (decision, record) = await DecideAsync(jane);
        await new KeyLifecycle(_ring).RotateAsync(TestKeys.Tenant, DataKeyOwner.ForTenant(KeyUsage.Decision));
        var (_, later) = await DecideAsync(jane);

        Assert.NotEqual(record.FactsDigest, later.FactsDigest);
        Assert.Equal(2, later.KeyVersion);
        Assert.Equal(ReplayFinding.Confirmed, (await _replay.ReplayAsync(DecisionRecorder.SubjectOf(TestKeys.Tenant, decision), record)).Finding);
    }

    [Fact]
    public async Task One_replay_takes_far_less_than_5_ms()
    {
        var jane = await ConsentingAsync();
        var (decision, record) = await DecideAsync(jane);
        var subject = DecisionRecorder.SubjectOf(TestKeys.Tenant, decision);
        await _replay.ReplayAsync(subject, record);
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < 50; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await _replay.ReplayAsync(subject, record);
            best = Stopwatch.GetElapsedTime(start) is var took && took < best ? took : best;
        }

        Assert.True(best < TimeSpan.FromMilliseconds(5), best.ToString());
    }

    private async Task<ContactPointId> ConsentingAsync()
    {
        var point = await _ledger.RegisterAsync(new ContactPointRegistration(TestKeys.Tenant, TestKeys.Jane, Channel.Email), EmailAddress.Parse("jane@example.com"));
        await _ledger.AppendAsync(TestKeys.Tenant, point.Id, [
            new ProfileEvent { Jurisdiction = Jurisdictions.Germany, Zone = "Europe/Berlin", Age = 40, SubscriberType = SubscriberTypes.Corporate, OccurredAt = Noon.AddDays(-1), Origin = "crm" },
            Granted(Purposes.Newsletter, -2),
        ]);
        _time.Advance(TimeSpan.FromMinutes(1));
        return point.Id;
    }

    private async Task<(ConsentDecision Decision, DecisionRecord Record)> DecideAsync(ContactPointId contactPoint)
    {
        var decision = await _service.EvaluateAsync(TestKeys.Tenant, contactPoint, Purposes.Newsletter, Channel.Email);
        return (decision, DecisionRecord.Parse((await _recorder.RecordAsync(TestKeys.Tenant, decision)).ToBytes()));
    }

    /// <summary>The recorder's key for a run without a store.</summary>
    private sealed class Counted(KeyRing ring) : IDisposable
    {
        private KeyLease? _lease;

        public async Task<DecisionKey> OpenAsync()
        {
            _lease = await ring.OpenOwnersAsync(TestKeys.Tenant, [DecisionKey.Owner]);
            return DecisionKey.Of(_lease, null);
        }

        public void Dispose() => _lease?.Dispose();
    }
}
