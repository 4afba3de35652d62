using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Records;
using static Abm.Privacy.Tests.Consent.TestPolicy;

namespace Abm.Privacy.Tests.Consent.Records;

public sealed class ShadowConsentEvaluatorTests : ConsentEvaluatorContract
{
    [Fact]
    public void The_active_policy_answers_and_what_the_candidate_would_have_changed_is_counted()
    {
        var shadow = new ShadowConsentEvaluator(new ConsentEvaluator(Of(PermitAll)), new ConsentEvaluator(Of(PermitAll, Rule("f", "forbid", """{"fact":"restricted","eq":true}""", "NO"))), maxSamples: 2);
        for (var i = 0; i < 10; i++)
        {
            Assert.True(shadow.Evaluate(new ConsentFacts { Key = $"k{i}", Restricted = i % 2 == 0 }, Question).IsPermitted);
        }

        var report = shadow.GetReport();
        Assert.Equal((10L, 5L, 5L), (report.Total, report.Changed, report.NoLongerPermitted));
        Assert.Equal(["k0", "k2"], Assert.Single(report.Shifts).Samples);
        shadow.Reset();
        Assert.Equal(0, shadow.GetReport().Total);
    }

    [Fact]
    public void A_candidate_that_fails_keeps_nobody_from_an_answer_and_is_reported()
    {
        var shadow = new ShadowConsentEvaluator(new ConsentEvaluator(Of(PermitAll)), new Failing());

        Assert.True(shadow.Evaluate(new ConsentFacts { Key = "k" }, Question).IsPermitted);
        var report = shadow.GetReport();
        Assert.Equal((1L, 0L, 1L), (report.Total, report.Changed, report.Failed));
        Assert.IsType<TimeoutException>(report.Failure);
    }

    [Fact]
    public void Kinds_of_changes_beyond_some_thousand_are_counted_together()
    {
        string[] marks = [.. Enumerable.Range(0, 13).Select(bit => Rule($"f{bit}", "forbid", $$"""{"fact":"subject.age","in":[{{string.Join(',', Enumerable.Range(0, 8192).Where(age => (age >> bit & 1) == 1))}}]}""", $"R{bit}"))];
        var shadow = new ShadowConsentEvaluator(new ConsentEvaluator(Of(PermitAll)), new ConsentEvaluator(Of([PermitAll, .. marks])));
        for (var age = 0; age < 8192; age++)
        {
            shadow.Evaluate(new ConsentFacts { Key = "k", SubjectAge = age }, Question);
        }

        var report = shadow.GetReport();
        Assert.Equal(8191, report.Changed);
        Assert.Equal(4097, report.Shifts.Count);
        Assert.Equal((8191 - 4096, ConsentOutcome.Deny), (report.Shifts[0].Count, report.Shifts[0].To));
        Assert.Empty(report.Shifts[0].ToReasons);
    }

    private sealed class Failing : IConsentEvaluator
    {
        public ConsentPolicy Policy { get; } = Of(PermitAll);

        public ConsentDecision Evaluate(ConsentFacts facts, ConsentQuestion question) => throw new TimeoutException();
    }

    protected override IConsentEvaluator Create(ConsentPolicy policy, TimeProvider? time = null) =>
        new ShadowConsentEvaluator(new ConsentEvaluator(policy, time), new ConsentEvaluator(Of(), time));
}
