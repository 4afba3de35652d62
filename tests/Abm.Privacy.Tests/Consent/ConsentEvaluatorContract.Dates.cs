using Abm.Privacy.Consent;
using static Abm.Privacy.Tests.Consent.TestPolicy;

namespace Abm.Privacy.Tests.Consent;

/// <summary>A policy decides within its dates alone.</summary>
public abstract partial class ConsentEvaluatorContract
{
    [Theory]
    [InlineData("2026-03-03T10:00:00.001Z", null, false)]
    [InlineData("2026-03-03T10:00:00Z", null, true)]
    [InlineData("2026-03-03T11:00:00+01:00", null, true)]
    [InlineData(null, "2026-03-03T10:00:00Z", false)]
    [InlineData(null, "2026-03-03T10:00:00.001Z", true)]
    [InlineData("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z", true)]
    public void A_policy_outside_its_dates_denies_everything(string? from, string? to, bool effective)
    {
        var policy = ConsentPolicy.Parse(WithDates(from, to, PermitAll));

        var decision = Create(policy).Evaluate(new ConsentFacts(), Question);

        Assert.Equal(effective, policy.IsEffectiveAt(Now));
        Assert.Equal(effective ? (ConsentOutcome.Permit, "OK") : (ConsentOutcome.Deny, ReasonCodes.PolicyNotEffective), Outcome(decision));
    }

    [Fact]
    public void The_clock_decides_about_the_dates_when_the_question_names_no_moment()
    {
        var policy = ConsentPolicy.Parse(WithDates("2026-03-03T10:00:00Z", "2026-03-04T10:00:00Z", PermitAll));
        var question = new ConsentQuestion(Purposes.Newsletter, Channel.Email);

        Assert.True(Create(policy, new FixedTime(Now)).Evaluate(new ConsentFacts(), question).IsPermitted);
        Assert.True(Create(policy, new FixedTime(Now.AddDays(1))).Evaluate(new ConsentFacts(), question).HasReason(ReasonCodes.PolicyNotEffective));
    }

    [Fact]
    public void Policies_together_are_in_force_while_each_of_them_is()
    {
        var early = ConsentPolicy.Parse(WithDates(null, "2026-03-04T00:00:00Z", PermitAll));
        var late = ConsentPolicy.Parse(WithDates("2026-03-03T00:00:00Z", null, Rule("f", "forbid", """{"fact":"suppressed.all","eq":true}""")).Replace("\"test\"", "\"late\"", StringComparison.Ordinal));
        var never = ConsentPolicy.Parse(WithDates("2026-03-04T00:00:00Z", null, Rule("g", "forbid", """{"fact":"suppressed.all","eq":true}""")).Replace("\"test\"", "\"never\"", StringComparison.Ordinal));

        var both = ConsentPolicy.Combine(early, late);

        Assert.Equal((late.EffectiveFrom, early.EffectiveTo), (both.EffectiveFrom, both.EffectiveTo));
        Assert.True(Create(both).Evaluate(new ConsentFacts(), Question).IsPermitted);
        Assert.Contains("no moment", Assert.Throws<InvalidDocumentException>(() => ConsentPolicy.Combine(early, never)).Message, StringComparison.Ordinal);
    }

    private static string WithDates(string? from, string? to, string rule)
    {
        var dates = (from is null ? "" : $"\"effectiveFrom\":\"{from}\",") + (to is null ? "" : $"\"effectiveTo\":\"{to}\",");
        return Json(rule).Replace("\"rules\"", dates + "\"rules\"", StringComparison.Ordinal);
    }
}
