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

    protected override IConsentEvaluator Create(ConsentPolicy policy, TimeProvider? time = null) =>
        new ShadowConsentEvaluator(new ConsentEvaluator(policy, time), new ConsentEvaluator(Of(), time));
}
