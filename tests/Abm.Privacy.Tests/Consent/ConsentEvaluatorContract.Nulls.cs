using Abm.Privacy.Consent;
using static Abm.Privacy.Tests.Consent.TestPolicy;

namespace Abm.Privacy.Tests.Consent;

/// <summary>What null means, under every effect and under negation.</summary>
public abstract partial class ConsentEvaluatorContract
{
    [Theory]
    [InlineData("""{"fact":"account.onTargetList","eq":false}""", false)]
    [InlineData("""{"not":{"fact":"account.onTargetList","eq":false}}""", true)]
    [InlineData("""{"fact":"account.onTargetList","ne":false}""", true)]
    [InlineData("""{"fact":"consent.expiresAt","lt":"@now"}""", false)]
    [InlineData("""{"not":{"fact":"consent.expiresAt","lt":"@now"}}""", true)]
    [InlineData("""{"fact":"consent.expiresAt","ge":"@now"}""", false)]
    [InlineData("""{"fact":"source.kind","in":["broker","public"]}""", false)]
    [InlineData("""{"not":{"not":{"fact":"source.kind","in":["broker","public"]}}}""", false)]
    [InlineData("""{"fact":"objection.at","exists":true}""", false)]
    [InlineData("""{"not":{"fact":"objection.at","exists":true}}""", true)]
    [InlineData("""{"fact":"sends.contact","ge":{"fact":"caps.contact"}}""", false)]
    [InlineData("""{"not":{"fact":"sends.contact","ge":{"fact":"caps.contact"}}}""", true)]
    [InlineData("""{"fact":"consent.grantedAt","lt":{"fact":"source.collectedAt"}}""", false)]
    [InlineData("""{"not":{"fact":"source.collectedAt","lt":{"fact":"consent.grantedAt"}}}""", true)]
    public void Of_a_fact_that_is_known_to_be_absent_a_comparison_is_false_and_its_negation_true(string when, bool holds)
    {
        var row = new ConsentFacts();

        Assert.Equal(holds, Decide(row, Rule("p", "permit", when)).IsPermitted);
        Assert.Equal(!holds, Decide(row, PermitAll, Rule("f", "forbid", when)).IsPermitted);
        Assert.Equal(holds ? "R" : "OTHERWISE", Decide(row, Rule("p", "permit", NeverTrue), Rule("e", "explain", when)).Reasons[0].Code);
        Assert.Equal(holds ? ConsentOutcome.Defer : ConsentOutcome.Permit, Decide(row, PermitAll, Rule("d", "defer", when)).Outcome);
        Assert.Equal(holds, Decide(row, PermitAll, Rule("o", "oblige", when)).Requires("R"));
    }

    [Theory]
    [InlineData("""{"fact":"subject.age","lt":18}""")]
    [InlineData("""{"not":{"fact":"subject.age","lt":18}}""")]
    [InlineData("""{"fact":"subject.age","ne":18}""")]
    [InlineData("""{"fact":"subscriber.type","in":["corporate"]}""")]
    [InlineData("""{"not":{"fact":"subscriber.type","in":["corporate"]}}""")]
    [InlineData("""{"not":{"any":[{"fact":"contract","eq":true},{"not":{"fact":"b2b.related","eq":true}}]}}""")]
    [InlineData("""{"fact":"contact.zone","localTimeIn":["08:00","21:00"]}""")]
    [InlineData("""{"not":{"fact":"contact.zone","localTimeIn":["08:00","21:00"]}}""")]
    [InlineData("""{"all":[{"fact":"contract","eq":false},{"fact":"source.collectedAt","lt":"@now-P1M"}]}""")]
    public void An_unknown_fact_is_false_in_permit_and_explain_true_in_forbid_and_oblige_and_denies_in_defer(string when)
    {
        var row = new ConsentFacts();

        Assert.Equal((ConsentOutcome.Deny, ReasonCodes.FactMissing), Outcome(Decide(row, Rule("p", "permit", when))));
        Assert.Equal((ConsentOutcome.Deny, ReasonCodes.FactMissing), Outcome(Decide(row, PermitAll, Rule("f", "forbid", when))));
        Assert.Equal((ConsentOutcome.Deny, "OTHERWISE"), Outcome(Decide(row, Rule("p", "permit", NeverTrue), Rule("e", "explain", when))));
        Assert.Equal((ConsentOutcome.Deny, ReasonCodes.FactMissing), Outcome(Decide(row, PermitAll, Rule("d", "defer", when))));
        Assert.True(Decide(row, PermitAll, Rule("o", "oblige", when)).Requires("R"));
    }

    [Theory]
    [InlineData("""{"any":[{"fact":"subject.age","lt":18},{"fact":"contract","eq":false}]}""", true)]
    [InlineData("""{"all":[{"fact":"subject.age","lt":18},{"fact":"contract","eq":true}]}""", false)]
    [InlineData("""{"fact":"subject.age","exists":false}""", true)]
    [InlineData("""{"not":{"fact":"subject.age","exists":false}}""", false)]
    public void A_condition_that_does_not_depend_on_the_unknown_fact_is_certain(string when, bool holds)
    {
        Assert.Equal(holds, Decide(new ConsentFacts(), Rule("p", "permit", when)).IsPermitted);
        Assert.Equal(!holds, Decide(new ConsentFacts(), PermitAll, Rule("f", "forbid", when)).IsPermitted);
    }

    [Fact]
    public void A_fact_that_is_never_null_is_compared_as_it_stands()
    {
        Assert.True(Decide(new ConsentFacts(), Rule("p", "permit", """{"fact":"restricted","eq":false}""")).IsPermitted);
        Assert.False(Decide(new ConsentFacts { Restricted = true }, Rule("p", "permit", """{"fact":"restricted","eq":false}""")).IsPermitted);
        Assert.True(Decide(new ConsentFacts { Restricted = true }, Rule("p", "permit", """{"not":{"fact":"restricted","eq":false}}""")).IsPermitted);
    }

    [Theory]
    [InlineData("Withdrawn")]
    [InlineData("")]
    [InlineData(null)]
    public void A_code_that_is_not_in_the_list_opens_nothing(string? status)
    {
        var row = new ConsentFacts { ConsentStatus = status! };

        Assert.Equal((ConsentOutcome.Deny, ReasonCodes.FactMissing), Outcome(Decide(row, Rule("p", "permit", """{"not":{"fact":"consent.status","eq":"withdrawn"}}"""))));
        Assert.Equal((ConsentOutcome.Deny, ReasonCodes.FactMissing), Outcome(Decide(row, PermitAll, Rule("f", "forbid", """{"fact":"consent.status","eq":"withdrawn"}"""))));
    }

    [Fact]
    public void The_facts_of_the_message_come_from_the_question()
    {
        var evaluator = Create(Of(Rule("p", "permit", """{"all":[{"fact":"message.childDirected","eq":true},{"fact":"message.usesSpecialCategory","eq":false}]}""")));

        Assert.False(evaluator.Evaluate(new ConsentFacts(), Question).IsPermitted);
        Assert.True(evaluator.Evaluate(new ConsentFacts(), Question with { ChildDirected = true }).IsPermitted);
        Assert.False(evaluator.Evaluate(new ConsentFacts(), Question with { ChildDirected = true, UsesSpecialCategory = true }).IsPermitted);
    }

    private const string NeverTrue = """{"fact":"contract","eq":true}""";
}
