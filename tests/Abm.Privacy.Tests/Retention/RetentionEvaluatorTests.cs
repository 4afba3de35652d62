using System.Globalization;
using Abm.Privacy.Classification;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Retention;

namespace Abm.Privacy.Tests.Retention;

public class RetentionEvaluatorTests
{
    private static readonly DataClass Email = new(DataClasses.Email);
    private static readonly DateOnly Activity = new(2024, 1, 31);

    private static readonly RetentionRule Inactive = RetentionRule.DisposeAfter("inactive", "policy", [new("contact")], RetentionAnchor.LastActivity, CalendarPeriod.Parse("P24M"), DisposalAction.Anonymize, "Europe/Berlin");
    private static readonly RetentionRule Long = RetentionRule.DisposeAfter("long", "policy", [new("contact")], RetentionAnchor.LastActivity, CalendarPeriod.Parse("P5Y"), DisposalAction.Delete, "Europe/Berlin");
    private static readonly RetentionRule Law = RetentionRule.KeepAtLeast("law", "act", [Email], RetentionAnchor.LastActivity, CalendarPeriod.Parse("P6Y"), "Europe/Berlin");
    private static readonly RetentionRule Shorter = RetentionRule.KeepAtLeast("shorter-law", "act", [Email], RetentionAnchor.LastActivity, CalendarPeriod.Parse("P1Y"), "Europe/Berlin");
    private static readonly RetentionRule Review = RetentionRule.DisposeAfter("review", "policy", [Email], RetentionAnchor.LastActivity, CalendarPeriod.Parse("P1Y"), DisposalAction.Review, "Europe/Berlin");

    [Theory]
    [InlineData("2026-01-31T22:59:59Z", RetentionState.Active)]
    [InlineData("2026-01-31T23:00:00Z", RetentionState.Due)] // the first instant of 1 February in Berlin
    public void Data_is_due_from_the_first_instant_after_its_last_day(string at, RetentionState expected)
    {
        var decision = Evaluate(at, [Inactive]);

        Assert.Equal(expected, decision.State);
        Assert.Equal(Instant("2026-01-31T23:00:00Z"), decision.DisposeFrom);
        Assert.Equal(["inactive"], decision.WinningRules.Select(rule => rule.Id));
        Assert.Equal(expected == RetentionState.Due ? DisposalAction.Anonymize : null, decision.Action);
    }

    [Fact]
    public void An_instant_falls_on_its_day_in_the_zone_of_the_rule()
    {
        var record = Record(Instant("2024-01-31T23:30:00Z")); // 1 February in Berlin

        Assert.Equal(Instant("2026-02-01T23:00:00Z"), Evaluate("2025-01-01T00:00:00Z", [Inactive], record).DisposeFrom);
    }

    [Fact]
    public void The_shortest_maximum_wins()
    {
        var decision = Evaluate("2027-01-01T00:00:00Z", [Inactive, Long]);

        Assert.Equal((RetentionState.Due, DisposalAction.Anonymize), (decision.State, decision.Action));
        Assert.Equal(["long"], decision.LosingRules.Select(rule => rule.Id));
        Assert.Equal([new RetentionReason(RetentionReasonCode.MaximumEnded, "inactive")], decision.Reasons);
    }

    [Fact]
    public void The_longest_minimum_beats_every_maximum()
    {
        var decision = Evaluate("2027-01-01T00:00:00Z", [Inactive, Law, Shorter]);

        Assert.Equal(RetentionState.Retained, decision.State);
        Assert.Equal(["law"], decision.WinningRules.Select(rule => rule.Id));
        Assert.Equal((Instant("2030-01-31T23:00:00Z"), Instant("2030-01-31T23:00:00Z")), (decision.KeepUntil, decision.DisposeFrom));
        Assert.Equal([new(RetentionReasonCode.MinimumRuns, "law"), new(RetentionReasonCode.MaximumOutweighed, "inactive")], decision.Reasons);
        Assert.Equal(RetentionState.Due, Evaluate("2030-01-31T23:00:00Z", [Inactive, Law, Shorter]).State);
    }

    [Fact]
    public void A_minimum_protects_only_what_its_mandate_covers()
    {
        var phone = new RetentionRecord { DataClass = new(DataClasses.Phone), Anchors = { [RetentionAnchor.LastActivity] = Activity } };

        Assert.Equal(RetentionState.Due, Evaluate("2027-01-01T00:00:00Z", [Inactive, Law], phone).State);
    }

    [Fact]
    public void What_is_kept_for_ever_is_never_due()
    {
        var decision = Evaluate("2999-01-01T00:00:00Z", [Inactive, RetentionRule.KeepForever("ever", "act", [Email])]);

        Assert.Equal((RetentionState.Retained, DateTimeOffset.MaxValue, null), (decision.State, decision.KeepUntil, decision.DisposeFrom));
        Assert.Equal(RetentionState.Retained, Evaluate(DateTimeOffset.MaxValue.ToString("O", CultureInfo.InvariantCulture), [Inactive, RetentionRule.KeepForever("ever", "act", [Email])]).State);
    }

    [Fact]
    public void A_review_never_postpones_a_disposal()
    {
        Assert.Equal(RetentionState.DueForReview, Evaluate("2025-06-01T00:00:00Z", [Review, Inactive]).State);
        Assert.Equal(RetentionState.Due, Evaluate("2027-06-01T00:00:00Z", [Review, Inactive]).State);
        Assert.Equal((RetentionState.DueForReview, DisposalAction.Review), (Evaluate("2027-06-01T00:00:00Z", [Review]).State, Evaluate("2027-06-01T00:00:00Z", [Review]).Action));
    }

    [Fact]
    public void At_the_same_instant_the_more_thorough_action_wins()
    {
        var delete = RetentionRule.DisposeAfter("z", "policy", [Email], RetentionAnchor.LastActivity, CalendarPeriod.Parse("P2Y"), DisposalAction.Delete, "Europe/Berlin");

        Assert.Equal(DisposalAction.Delete, Evaluate("2027-01-01T00:00:00Z", [Inactive, delete]).Action);
    }

    [Theory]
    [InlineData(RetentionReasonCode.ClassUnknown)]
    [InlineData(RetentionReasonCode.NoRule)]
    [InlineData(RetentionReasonCode.AnchorMissing)]
    [InlineData(RetentionReasonCode.ZoneUnknown)]
    public void What_the_facts_do_not_determine_is_never_disposed_of(RetentionReasonCode gap)
    {
        var noZone = RetentionRule.DisposeAfter("inactive", "policy", [Email], RetentionAnchor.LastActivity, CalendarPeriod.Parse("P1D"), DisposalAction.Delete);
        var decision = gap switch
        {
            RetentionReasonCode.ClassUnknown => Evaluate("2999-01-01T00:00:00Z", [Inactive], new RetentionRecord { DataClass = DataClass.Unknown, Anchors = { [RetentionAnchor.LastActivity] = Activity } }),
            RetentionReasonCode.NoRule => Evaluate("2999-01-01T00:00:00Z", [Inactive], new RetentionRecord { DataClass = new("person.name"), Anchors = { [RetentionAnchor.LastActivity] = Activity } }),
            RetentionReasonCode.AnchorMissing => Evaluate("2999-01-01T00:00:00Z", [Inactive], new RetentionRecord { DataClass = Email }),
            _ => Evaluate("2999-01-01T00:00:00Z", [noZone], Record(Activity, "Mars/Phobos")),
        };

        Assert.Equal((RetentionState.Undetermined, null, null), (decision.State, decision.DisposeFrom, decision.Action));
        Assert.Equal(gap, Assert.Single(decision.Reasons).Code);
    }

    [Fact]
    public void A_minimum_whose_anchor_is_missing_blocks_and_a_maximum_is_only_reported()
    {
        var contract = RetentionRule.KeepAtLeast("contract", "act", [Email], RetentionAnchor.ContractEnded, CalendarPeriod.Parse("P1D"), "UTC");
        var withdrawn = RetentionRule.DisposeAfter("withdrawn", "act", [Email], RetentionAnchor.ConsentWithdrawn, CalendarPeriod.Parse("P1D"), DisposalAction.Delete, "UTC");

        Assert.Equal(RetentionState.Undetermined, Evaluate("2999-01-01T00:00:00Z", [Inactive, contract]).State);
        var decision = Evaluate("2999-01-01T00:00:00Z", [Inactive, withdrawn]);
        Assert.Equal(RetentionState.Due, decision.State);
        Assert.Equal([new(RetentionReasonCode.AnchorMissing, "withdrawn"), new(RetentionReasonCode.MaximumEnded, "inactive")], decision.Reasons);
    }

    [Fact]
    public void An_anchor_that_was_never_set_is_missing()
    {
        AnchorDate[] unset = [default(DateOnly), default(DateTimeOffset), new DateTimeOffset(default(DateTime), TimeSpan.FromHours(-11)), default];

        Assert.All(unset, date =>
        {
            var decision = Evaluate("2999-01-01T00:00:00Z", [Inactive], Record(date));
            Assert.Equal((RetentionState.Undetermined, null), (decision.State, decision.DisposeFrom));
            Assert.Equal(RetentionReasonCode.AnchorMissing, Assert.Single(decision.Reasons).Code);
        });
    }

    [Fact]
    public void An_anchor_at_the_end_of_the_calendar_never_ends()
    {
        var tokyo = RetentionRule.DisposeAfter("tokyo", "policy", [Email], RetentionAnchor.LastActivity, CalendarPeriod.Parse("P1D"), DisposalAction.Delete, "Asia/Tokyo");

        Assert.Equal(RetentionState.Active, Evaluate("9990-01-01T00:00:00Z", [tokyo], Record(DateTimeOffset.MaxValue)).State);
    }

    [Fact]
    public void A_minimum_on_a_narrower_class_holds_a_record_of_the_broader_one()
    {
        var contact = new RetentionRecord { DataClass = new("contact"), Anchors = { [RetentionAnchor.LastActivity] = Activity } };
        var decision = Evaluate("2027-01-01T00:00:00Z", [Inactive, Law], contact);

        Assert.Equal((RetentionState.Retained, Instant("2030-01-31T23:00:00Z")), (decision.State, decision.DisposeFrom));
        Assert.Equal([new(RetentionReasonCode.MinimumRuns, "law"), new(RetentionReasonCode.MaximumOutweighed, "inactive")], decision.Reasons);
        Assert.Equal(RetentionState.Due, Evaluate("2030-01-31T23:00:00Z", [Inactive, Law], contact).State);
    }

    [Fact]
    public void A_maximum_on_a_narrower_class_never_disposes_of_the_broader_one()
    {
        var contact = new RetentionRecord { DataClass = new("contact"), Anchors = { [RetentionAnchor.LastActivity] = Activity } };
        var both = RetentionRule.KeepThenDispose("both", "act", [Email], RetentionAnchor.LastActivity, CalendarPeriod.Parse("P1Y"), DisposalAction.Delete, "Europe/Berlin");

        Assert.Equal(RetentionState.Active, Evaluate("2025-06-01T00:00:00Z", [Inactive, both], contact).State);
        Assert.Equal((RetentionState.Undetermined, RetentionReasonCode.NoRule), (Evaluate("2999-01-01T00:00:00Z", [both], contact).State, Assert.Single(Evaluate("2999-01-01T00:00:00Z", [both], contact).Reasons).Code));
    }

    [Fact]
    public void Only_an_evaluator_makes_a_decision()
    {
        Assert.Empty(typeof(RetentionDecision).GetConstructors());
        Assert.All(typeof(RetentionDecision).GetProperties(), property => Assert.False(property.SetMethod is { IsPublic: true }, property.Name));
    }

    [Fact]
    public void A_rule_without_a_zone_takes_that_of_the_record()
    {
        var rule = RetentionRule.DisposeAfter("local", "policy", [Email], RetentionAnchor.LastActivity, CalendarPeriod.Parse("P1Y"), DisposalAction.Delete);

        Assert.Equal(Instant("2025-02-01T03:00:00Z"), Evaluate("2024-06-01T00:00:00Z", [rule], Record(Activity, "America/Sao_Paulo")).DisposeFrom);
        Assert.Equal(Instant("2025-01-31T15:00:00Z"), Evaluate("2024-06-01T00:00:00Z", [rule], Record(Activity, "Asia/Tokyo")).DisposeFrom);
    }

    [Fact]
    public void A_period_beyond_the_calendar_never_ends()
    {
        var endless = CalendarPeriod.Parse("P9000Y");

        Assert.Equal(RetentionState.Retained, Evaluate("9990-01-01T00:00:00Z", [Inactive, RetentionRule.KeepAtLeast("x", "act", [Email], RetentionAnchor.LastActivity, endless, "UTC")]).State);
        Assert.Equal(RetentionState.Active, Evaluate("9990-01-01T00:00:00Z", [RetentionRule.DisposeAfter("x", "act", [Email], RetentionAnchor.LastActivity, endless, DisposalAction.Delete, "UTC")]).State);
    }

    [Fact]
    public void A_minimum_alone_leaves_the_data_active_without_an_end()
    {
        var decision = Evaluate("2999-01-01T00:00:00Z", [Law]);

        Assert.Equal((RetentionState.Active, null), (decision.State, decision.DisposeFrom));
        Assert.Equal([new RetentionReason(RetentionReasonCode.NoMaximum)], decision.Reasons);
    }

    [Fact]
    public void A_hold_blocks_what_is_due_and_says_what_it_outweighs()
    {
        var hold = new LegalHold("case-7", "dispute", Instant("2025-01-01T00:00:00Z")) { DataClasses = [Email] };
        var schedule = new RetentionSchedule("s", "1", [Inactive, Law]);
        var decision = RetentionEvaluator.Evaluate(Record(Activity), schedule, [hold, hold], Instant("2031-01-01T00:00:00Z"));

        Assert.Equal((RetentionState.Held, null, null), (decision.State, decision.DisposeFrom, decision.Action));
        Assert.Equal(Instant("2030-01-31T23:00:00Z"), decision.KeepUntil);
        Assert.Equal((0, 2, schedule.Digest), (decision.WinningRules.Count, decision.LosingRules.Count, decision.ScheduleDigest));
        Assert.Equal([new(RetentionReasonCode.HoldInForce, "case-7"), new(RetentionReasonCode.MaximumOutweighed, "inactive")], decision.Reasons);
    }

    [Fact]
    public void Every_reason_is_a_sentence() =>
        Assert.All(Enum.GetValues<RetentionReasonCode>(), code => Assert.Matches("^[A-Z].{10,}\\.$", new RetentionReason(code, "id").ToString()));

    private static RetentionDecision Evaluate(string at, RetentionRule[] rules, RetentionRecord? record = null) =>
        RetentionEvaluator.Evaluate(record ?? Record(Activity), new RetentionSchedule("s", "1", rules), [], Instant(at));

    private static RetentionRecord Record(AnchorDate activity, string? zone = null) =>
        new() { DataClass = Email, Zone = zone, Subject = new SubjectId("s1"), Anchors = { [RetentionAnchor.LastActivity] = activity } };

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
