using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Records;
using static Abm.Privacy.Tests.Consent.TestPolicy;

namespace Abm.Privacy.Tests.Consent.Records;

public class PolicyDiffTests
{
    [Fact]
    public async Task A_policy_that_changes_nothing_reports_no_change()
    {
        var report = await CompareAsync(Of(PermitAll), Of(PermitAll), 100);

        Assert.Equal((100L, 0L), (report.Total, report.Changed));
        Assert.Empty(report.Shifts);
    }

    [Fact]
    public async Task Changes_are_counted_by_reason_with_a_bounded_sample_of_keys()
    {
        var candidate = Of(Rule("p", "permit", """{"all":[]}""", "OK"), Rule("f", "forbid", """{"fact":"subject.age","lt":18}""", "MINOR"), Rule("o", "oblige", """{"fact":"subject.age","gt":98}""", "CARE"));
        var report = await CompareAsync(Of(PermitAll), candidate, 1000);

        // every hundred has 18 minors and one of 99 years
        Assert.Equal((1000L, 190L, 180L, 180L, 0L), (report.Total, report.Changed, report.ChangedOutcomes, report.NoLongerPermitted, report.NewlyPermitted));
        Assert.Equal("test 1.0.0 would change 190 of 1,000 decisions", report.ToString());
        var shift = report.Shifts[0];
        Assert.Equal((ConsentOutcome.Permit, ConsentOutcome.Deny, 180L), (shift.From, shift.To, shift.Count));
        Assert.Equal("OK", Assert.Single(shift.FromReasons));
        Assert.Equal("MINOR", Assert.Single(shift.ToReasons));
        Assert.Equal(["k0", "k1", "k2"], shift.Samples);
        Assert.Equal("180 Permit OK -> Deny MINOR", shift.ToString());
        Assert.False(report.Shifts[1].ChangesOutcome);
    }

    [Fact]
    public async Task Both_policies_are_asked_about_the_same_moment()
    {
        var when = Rule("p", "permit", """{"fact":"consent.grantedAt","le":"@now"}""");
        var report = await CompareAsync(Of(when), Of(when, Rule("e", "explain", """{"fact":"consent.grantedAt","gt":"@now"}""", "LATER")), 100);

        Assert.Equal((50L, 0L), (report.Changed, report.ChangedOutcomes));
    }

    private static async Task<PolicyDiffReport> CompareAsync(ConsentPolicy active, ConsentPolicy candidate, int count) => await PolicyDiff.CompareAsync(
        new CompiledConsentEvaluator(active), new CompiledConsentEvaluator(candidate), Question, Rows(count), maxSamples: 3);

    private static async IAsyncEnumerable<ConsentFacts> Rows(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await Task.CompletedTask;
            yield return new ConsentFacts { Key = $"k{i}", SubjectAge = i % 100, ConsentGrantedAt = Ms(Now) + (i % 2) };
        }
    }
}
