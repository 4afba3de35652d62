using System.Globalization;
using Abm.Privacy.Consent;
using static Abm.Privacy.Tests.Consent.SampleConsent;
using static Abm.Privacy.Tests.Consent.TestPolicy;

namespace Abm.Privacy.Tests.Consent;

public class AdviceTests
{
    private static readonly string[] Languages = ["en", "de-AT", "fr"];

    [Fact]
    public void Who_never_said_no_may_be_asked() =>
        Assert.Contains(AdviceCodes.AskConsent, Codes(Stranger));

    [Fact]
    public void Who_said_no_is_not_asked()
    {
        ConsentFacts[] rows =
        [
            Stranger with { ConsentStatus = ConsentStatuses.Withdrawn }, Stranger with { ConsentStatus = ConsentStatuses.Refused }, Stranger with { ObjectionAt = Ms(Now.AddDays(-1)) },
            Stranger with { Restricted = true }, Stranger with { SuppressedMarketing = true }, Stranger with { SuppressedAll = true }, Stranger with { AccountSuppressed = true },
        ];

        Assert.All(rows, row => Assert.DoesNotContain(AdviceCodes.AskConsent, Codes(row)));
    }

    [Fact]
    public void Whom_a_rule_keeps_from_being_asked_is_not_asked()
    {
        var policy = ConsentPolicy.Parse(Json(
            Rule("p", "permit", """{"fact":"consent.status","eq":"granted"}"""),
            Rule("e", "explain", """{"fact":"consent.status","eq":"none"}""", ReasonCodes.ConsentMissing),
            Rule("f", "forbid", """{"fact":"subject.age","lt":18}""", "TOO_YOUNG", ""","applies":{"purposeUnder":"request"}""")));
        var evaluator = new ConsentEvaluator(policy);

        Assert.Empty(evaluator.Evaluate(new ConsentFacts { SubjectAge = 12 }, Question).Advice);
        Assert.Empty(evaluator.Evaluate(new ConsentFacts(), Question).Advice);
        Assert.Equal("ASK_CONSENT", Assert.Single(evaluator.Evaluate(new ConsentFacts { SubjectAge = 40 }, Question).Advice).Code);
    }

    [Fact]
    public void A_missing_fact_is_to_be_checked()
    {
        var advice = Evaluator.Evaluate(Consenting with { ConsentMethod = null }, Question).Advice;

        Assert.Contains(new DecisionAdvice("CHECK_CONSENT_METHOD", "consent.method"), advice);
    }

    [Fact]
    public void Each_hindrance_has_its_advice()
    {
        Assert.Contains(AdviceCodes.ConfirmDoubleOptIn, Codes(Stranger with { ConsentStatus = ConsentStatuses.Pending }));
        Assert.Contains(AdviceCodes.AddEvidence, Codes(Consenting with { ConsentDemonstrable = false }));
        Assert.Contains(AdviceCodes.GiveArt14Notice, Codes(Consenting with { SourceKind = SourceKinds.Broker, SourceCollectedAt = Ms(Now.AddMonths(-3)) }));
        Assert.Contains(AdviceCodes.MendFactSource, Codes(Consenting with { FactErrors = 1 }));
        Assert.Contains(AdviceCodes.AskAgainLater, Codes(Consenting with { PreferencePausedUntil = Ms(Now.AddDays(1)) }));
        Assert.Contains(AdviceCodes.FindJurisdiction, Codes(Stranger with { Jurisdiction = null }));
        Assert.Contains(AdviceCodes.ExtendPolicy, Codes(Stranger with { Jurisdiction = "JP" }));
        Assert.Empty(Codes(Consenting));
        var broken = WithBrokenFact(Json(PermitAll, Rule("f", "forbid", """{"fact":"test.broken","eq":true}""")));
        Assert.Equal(AdviceCodes.MendPolicy, Assert.Single(new ConsentEvaluator(broken).Evaluate(new ConsentFacts(), Question).Advice).Code);
    }

    [Fact]
    public void Every_code_has_a_sentence_of_its_own_in_three_languages()
    {
        foreach (var code in AdviceCodes.All)
        {
            var sentences = Languages.Select(language => AdviceCodes.TryDescribe(code, CultureInfo.GetCultureInfo(language), out var text) ? text : "").ToList();
            Assert.All(sentences, sentence => Assert.True(sentence.Length > 10 && !sentence.Contains('{', StringComparison.Ordinal), code));
            Assert.Equal(3, sentences.Distinct().Count());
        }

        Assert.Equal(AdviceCodes.All.Count, AdviceCodes.All.Distinct().Count());
        Assert.False(AdviceCodes.TryDescribe("CHECK", CultureInfo.InvariantCulture, out _));
        Assert.False(AdviceCodes.TryDescribe("OTHER", CultureInfo.InvariantCulture, out var other));
        Assert.Equal("OTHER", other);
        Assert.Equal("CHECK_SOFT_OPT_OUT_OFFERED", AdviceCodes.CheckOf("soft.optOutOffered"));
    }

    private static IEnumerable<string> Codes(ConsentFacts facts) => Evaluator.Evaluate(facts, Question).Advice.Select(advice => advice.Code);
}
