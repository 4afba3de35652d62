using System.Globalization;
using Abm.Privacy.Consent;
using static Abm.Privacy.Tests.Consent.TestPolicy;

namespace Abm.Privacy.Tests.Consent;

/// <summary>Moments, calendar durations and local times.</summary>
public abstract partial class ConsentEvaluatorContract
{
    private static readonly string QuietHours = Rule("quiet", "defer", """{"not":{"fact":"contact.zone","localTimeIn":["08:00","21:00"]}}""", "QUIET", ""","until":{"localTime":"08:00"}""");

    [Theory]
    [InlineData("lt", false, false, true)]
    [InlineData("le", false, true, true)]
    [InlineData("eq", false, true, false)]
    [InlineData("ge", true, true, false)]
    [InlineData("gt", true, false, false)]
    public void A_cut_off_is_exact_to_the_millisecond(string comparison, bool later, bool same, bool earlier)
    {
        var cutOff = Ms(Now.AddMonths(-24));
        var rule = Rule("p", "permit", $$"""{"fact":"implied.at","{{comparison}}":"@now-P24M"}""");

        Assert.Equal((later, same, earlier), (Holds(cutOff + 1), Holds(cutOff), Holds(cutOff - 1)));

        bool Holds(long at) => Decide(new ConsentFacts { ImpliedAt = at }, rule).IsPermitted;
    }

    [Theory]
    [InlineData("2026-03-31T10:00:00Z", "P1M", "2026-02-28T10:00:00Z")]
    [InlineData("2024-03-31T10:00:00Z", "P1M", "2024-02-29T10:00:00Z")]
    [InlineData("2026-03-31T10:00:00Z", "P1M1D", "2026-02-27T10:00:00Z")]
    [InlineData("2026-03-31T10:00:00Z", "P2M", "2026-01-31T10:00:00Z")]
    [InlineData("2024-02-29T10:00:00Z", "P1Y", "2023-02-28T10:00:00Z")]
    [InlineData("2026-03-31T10:00:00Z", "P2W", "2026-03-17T10:00:00Z")]
    [InlineData("2026-03-31T10:00:00Z", "P1Y1M1W1D", "2025-02-20T10:00:00Z")]
    public void A_calendar_duration_is_taken_off_in_one_step(string now, string duration, string expected)
    {
        var evaluator = Create(Of(Rule("p", "permit", $$"""{"fact":"implied.at","eq":"@now-{{duration}}"}""")));

        Assert.True(evaluator.Evaluate(new ConsentFacts { ImpliedAt = Ms(Parse(expected)) }, Question with { At = Parse(now) }).IsPermitted);
    }

    [Fact]
    public void A_moment_in_the_policy_is_compared_whatever_its_offset()
    {
        var rule = Rule("p", "permit", """{"fact":"consent.grantedAt","ge":"2018-05-25T00:00:00+02:00"}""");

        Assert.True(Decide(new ConsentFacts { ConsentGrantedAt = Ms(Parse("2018-05-24T22:00:00Z")) }, rule).IsPermitted);
        Assert.False(Decide(new ConsentFacts { ConsentGrantedAt = Ms(Parse("2018-05-24T21:59:59Z")) }, rule).IsPermitted);
    }

    [Theory]
    [InlineData("America/Denver", "2026-03-07T14:30:00Z", "2026-03-07T15:00:00Z")] // 07:30 MST
    [InlineData("America/Denver", "2026-03-08T14:30:00Z", null)] // 08:30 MDT: the clocks went forward at night
    [InlineData("America/Denver", "2026-03-08T04:00:00Z", "2026-03-08T14:00:00Z")] // 21:00 MST, then 08:00 MDT
    [InlineData("America/Denver", "2026-03-08T03:59:59Z", null)] // the last second
    [InlineData("Europe/Berlin", "2026-10-25T06:30:00Z", "2026-10-25T07:00:00Z")] // 07:30 CET: it would be 08:30 by summer time
    [InlineData("Europe/Berlin", "2026-10-24T06:30:00Z", null)] // 08:30 CEST
    [InlineData("Asia/Kolkata", "2026-03-03T02:29:00Z", "2026-03-03T02:30:00Z")] // an offset of half an hour
    public void Quiet_hours_follow_the_persons_clock_through_the_changes_of_time(string zone, string now, string? notBefore)
    {
        var decision = Create(Of(PermitAll, QuietHours)).Evaluate(new ConsentFacts { ContactZone = zone }, Question with { At = Parse(now) });

        Assert.Equal(notBefore is null ? ConsentOutcome.Permit : ConsentOutcome.Defer, decision.Outcome);
        Assert.Equal(notBefore is null ? null : Parse(notBefore), decision.NotBefore);
    }

    [Theory]
    [InlineData("Europe/Berlin", "02:30", "2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z")] // skipped: the moment of the change
    [InlineData("Europe/Berlin", "02:30", "2026-10-25T00:00:00Z", "2026-10-25T00:30:00Z")] // shown twice: the first
    [InlineData("Europe/Berlin", "02:30", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z")] // shown twice: the second lies ahead
    [InlineData("Europe/Berlin", "02:30", "2026-10-25T01:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("Pacific/Kiritimati", "00:00", "2026-03-03T09:59:00Z", "2026-03-03T10:00:00Z")]
    public void The_end_of_a_deferral_is_the_next_moment_with_that_local_time(string zone, string time, string now, string expected)
    {
        var rule = Rule("d", "defer", Always, "LATER", $$""","until":{"localTime":"{{time}}"}""");

        var decision = Create(Of(PermitAll, rule)).Evaluate(new ConsentFacts { ContactZone = zone }, Question with { At = Parse(now) });

        Assert.Equal(Parse(expected), decision.NotBefore);
    }

    [Fact]
    public void At_the_end_of_its_quiet_hours_the_message_may_go()
    {
        var evaluator = Create(Of(PermitAll, QuietHours));
        var row = new ConsentFacts { ContactZone = "America/Chicago" };
        for (var hour = 0; hour < 24 * 14; hour++)
        {
            var decision = evaluator.Evaluate(row, Question with { At = Parse("2026-03-01T00:00:00Z").AddHours(hour) });
            if (decision.Outcome == ConsentOutcome.Defer)
            {
                Assert.True(evaluator.Evaluate(row, Question with { At = decision.NotBefore }).IsPermitted);
                Assert.False(evaluator.Evaluate(row, Question with { At = decision.NotBefore - TimeSpan.FromSeconds(1) }).IsPermitted);
            }
        }
    }

    [Theory]
    [InlineData(22, true)]
    [InlineData(5, true)]
    [InlineData(6, false)]
    [InlineData(21, false)]
    public void A_window_may_pass_midnight(int hour, bool inside)
    {
        var evaluator = Create(Of(Rule("p", "permit", """{"fact":"contact.zone","localTimeIn":["22:00","06:00"]}""")));

        var decision = evaluator.Evaluate(new ConsentFacts { ContactZone = "UTC" }, Question with { At = new DateTimeOffset(2026, 3, 3, hour, 0, 0, TimeSpan.Zero) });

        Assert.Equal(inside, decision.IsPermitted);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Mars/Olympus")]
    [InlineData("")]
    public void A_zone_that_nobody_knows_denies(string? zone)
    {
        var decision = Decide(new ConsentFacts { ContactZone = zone }, PermitAll, QuietHours);

        Assert.Equal((ConsentOutcome.Deny, ReasonCodes.FactMissing), Outcome(decision));
        Assert.Equal(["contact.zone"], decision.Reasons[0].MissingFacts);
    }

    [Fact]
    public void The_latest_end_of_several_deferrals_counts_and_an_unknown_end_does_not_hide_it()
    {
        var paused = Rule("pause", "defer", """{"fact":"preference.pausedUntil","gt":"@now"}""", "PAUSED", ""","until":{"fact":"preference.pausedUntil"}""");
        var capped = Rule("cap", "defer", """{"fact":"sends.contact","ge":{"fact":"caps.contact"}}""", "CAP");
        var row = new ConsentFacts { PreferencePausedUntil = Ms(Now.AddDays(3)), SendsContact = 2, CapsContact = 2, ContactZone = "Asia/Tokyo" };

        Assert.Equal(Now.AddDays(3), Decide(row, PermitAll, paused, capped, Rule("q", "defer", Always, "Q", ""","until":{"localTime":"08:00"}""")).NotBefore);
        Assert.Null(Decide(row, PermitAll, capped).NotBefore);
        Assert.Null(Decide(row with { PreferencePausedUntil = Ms(Now) }, PermitAll, Rule("d", "defer", Always, "PAST", ""","until":{"fact":"preference.pausedUntil"}""")).NotBefore);
        Assert.Equal(ConsentOutcome.Permit, Decide(row with { CapsContact = 3, PreferencePausedUntil = Ms(Now) }, PermitAll, paused, capped).Outcome);
    }

    private static DateTimeOffset Parse(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
