using Abm.Privacy.Consent;
using static Abm.Privacy.Tests.Consent.TestPolicy;

namespace Abm.Privacy.Tests.Consent;

/// <summary>What every evaluator must do. A new evaluator gets one derived class and is tested in full.</summary>
public abstract partial class ConsentEvaluatorContract
{
    private const string Always = """{"all":[]}""";
    private const string Age = """{"fact":"subject.age","lt":18}""";

    protected abstract IConsentEvaluator Create(ConsentPolicy policy, TimeProvider? time = null);

    public Type TypeUnderTest => Create(Of(PermitAll)).GetType();

    private ConsentDecision Decide(ConsentFacts facts, params string[] rules) => Create(Of(rules)).Evaluate(facts, Question);

    [Fact]
    public void Without_any_rule_the_answer_is_no()
    {
        var decision = Decide(new ConsentFacts());

        Assert.Equal(ConsentOutcome.Deny, decision.Outcome);
        Assert.Equal([ReasonCodes.NoPermittingRule], Codes(decision));
    }

    [Fact]
    public void A_forbid_beats_a_defer_and_a_permit()
    {
        var decision = Decide(new ConsentFacts(), PermitAll, Rule("d", "defer", Always, "LATER"), Rule("f", "forbid", Always, "NO", ""","obligations":["TELL"]"""));

        Assert.Equal((ConsentOutcome.Deny, "NO"), (decision.Outcome, Assert.Single(decision.Reasons).Code));
        Assert.True(decision.Requires("TELL"));
    }

    [Fact]
    public void A_defer_beats_a_permit_and_carries_no_obligations()
    {
        var decision = Decide(new ConsentFacts(), Rule("p", "permit", Always, "OK", ""","obligations":["LINK"]"""), Rule("d", "defer", Always, "LATER"));

        Assert.Equal((ConsentOutcome.Defer, "LATER"), (decision.Outcome, Assert.Single(decision.Reasons).Code));
        Assert.Empty(decision.Obligations);
    }

    [Fact]
    public void A_defer_without_a_permit_is_a_denial()
    {
        var decision = Decide(new ConsentFacts(), Rule("p", "permit", """{"fact":"contract","eq":true}"""), Rule("d", "defer", Always, "LATER"));

        Assert.Equal((ConsentOutcome.Deny, "OTHERWISE"), (decision.Outcome, Assert.Single(decision.Reasons).Code));
    }

    [Fact]
    public void What_only_may_forbid_denies_with_the_name_of_the_missing_fact()
    {
        var decision = Decide(new ConsentFacts(), PermitAll, Rule("f", "forbid", Age, "MINOR"));

        var reason = Assert.Single(decision.Reasons);
        Assert.Equal((ConsentOutcome.Deny, ReasonCodes.FactMissing, "f"), (decision.Outcome, reason.Code, reason.RuleId));
        Assert.Equal(["subject.age"], reason.MissingFacts);
    }

    [Fact]
    public void A_certain_forbid_silences_what_only_may_forbid()
    {
        var decision = Decide(new ConsentFacts(), PermitAll, Rule("f", "forbid", Age, "MINOR"), Rule("g", "forbid", Always, "NO"));

        Assert.Equal(["NO"], Codes(decision));
    }

    [Fact]
    public void What_only_may_defer_denies()
    {
        var decision = Decide(new ConsentFacts(), PermitAll, Rule("d", "defer", Age, "LATER"));

        Assert.Equal((ConsentOutcome.Deny, ReasonCodes.FactMissing), (decision.Outcome, Assert.Single(decision.Reasons).Code));
    }

    [Fact]
    public void Without_a_permit_the_explanations_and_the_missing_facts_are_the_reasons()
    {
        var decision = Decide(new ConsentFacts(), Rule("p", "permit", Age), Rule("e", "explain", Always, "WHY"), Rule("n", "explain", Age, "NOT_THIS"));

        Assert.Equal(ConsentOutcome.Deny, decision.Outcome);
        Assert.Equal([ReasonCodes.FactMissing, "WHY"], Codes(decision));
    }

    [Fact]
    public void An_explanation_never_decides()
    {
        Assert.Equal((ConsentOutcome.Permit, "OK"), Outcome(Decide(new ConsentFacts(), PermitAll, Rule("e", "explain", Always, "WHY"))));
    }

    [Fact]
    public void The_permit_of_the_least_rank_gives_reason_obligations_and_basis()
    {
        var decision = Decide(
            new ConsentFacts(),
            Rule("second", "permit", Always, "SECOND", ""","rank":2,"obligations":["B"]"""),
            Rule("first", "permit", Always, "FIRST", ""","rank":1,"obligations":["A"]"""),
            Rule("o", "oblige", Always, "ALSO"),
            Rule("never", "oblige", """{"fact":"contract","eq":true}""", "NEVER"));

        Assert.Equal((ConsentOutcome.Permit, "FIRST"), Outcome(decision));
        Assert.Equal(["A", "ALSO"], decision.Obligations.Select(obligation => obligation.Code));
        Assert.Equal([LawfulBases.Consent], decision.LawfulBases);
    }

    [Fact]
    public void An_unknown_fact_adds_its_obligation()
    {
        Assert.True(Decide(new ConsentFacts(), PermitAll, Rule("o", "oblige", Age, "CARE")).Requires("CARE"));
    }

    [Fact]
    public void A_purpose_that_no_permit_rule_reaches_is_reported_as_a_gap()
    {
        var policy = Of(Rule("p", "permit", Always, "OK", ""","applies":{"purposeUnder":"marketing","channel":"email"}"""));
        var evaluator = Create(policy);

        Assert.Equal("OK", evaluator.Evaluate(new ConsentFacts(), Question).Reasons[0].Code);
        Assert.Equal([ReasonCodes.NoPermittingRule], Codes(evaluator.Evaluate(new ConsentFacts(), new ConsentQuestion(new Purpose("marketingx"), Channel.Email))));
        Assert.Equal([ReasonCodes.NoPermittingRule], Codes(evaluator.Evaluate(new ConsentFacts(), new ConsentQuestion(Purposes.Newsletter, Channel.Sms))));
    }

    [Theory]
    [InlineData("permit")]
    [InlineData("forbid")]
    [InlineData("defer")]
    [InlineData("oblige")]
    [InlineData("explain")]
    public void A_rule_that_fails_denies_whatever_its_effect(string effect)
    {
        var policy = WithBrokenFact(Json(PermitAll, Rule("broken", effect, """{"any":[{"all":[]},{"fact":"test.broken","eq":true}]}""", "X")));

        var decision = Create(policy).Evaluate(new ConsentFacts(), Question);

        var reason = Assert.Single(decision.Reasons);
        Assert.Equal((ConsentOutcome.Deny, ReasonCodes.RuleError, "broken"), (decision.Outcome, reason.Code, reason.RuleId));
    }

    [Fact]
    public void A_moment_before_the_year_1_is_a_rule_error()
    {
        var evaluator = Create(Of(PermitAll, Rule("f", "forbid", """{"fact":"objection.at","lt":"@now-P24M"}""")));

        var decision = evaluator.Evaluate(new ConsentFacts(), Question with { At = DateTimeOffset.MinValue.AddDays(3) });

        Assert.Equal((ConsentOutcome.Deny, ReasonCodes.RuleError), Outcome(decision));
    }

    [Fact]
    public void A_failed_provider_of_facts_denies_even_if_no_rule_asks()
    {
        Assert.Equal((ConsentOutcome.Deny, ReasonCodes.FactError), Outcome(Decide(new ConsentFacts { FactErrors = 4 }, PermitAll)));
    }

    [Fact]
    public void The_decision_names_question_policy_and_moment_and_has_an_id_of_its_own()
    {
        var policy = Of(PermitAll);
        var evaluator = Create(policy, new FixedTime(Now.AddDays(1)));

        var first = evaluator.Evaluate(new ConsentFacts { Key = "row-7" }, new ConsentQuestion(Purposes.Newsletter, Channel.Sms));
        var second = evaluator.Evaluate(new ConsentFacts(), Question);

        Assert.Equal((Purposes.Newsletter, Channel.Sms, policy.Reference), (first.Purpose, first.Channel, first.Policy));
        Assert.Equal((Now.AddDays(1), Now), (first.AsOf, second.AsOf));
        Assert.NotEqual(first.DecisionId, second.DecisionId);
        Assert.Empty(first.Jurisdictions);
        Assert.Equal("Permit: OK", first.ToString());
    }

    protected static (ConsentOutcome Outcome, string Code) Outcome(ConsentDecision decision) => (decision.Outcome, Assert.Single(decision.Reasons).Code);

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
