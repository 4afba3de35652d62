using System.Text;
using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Language;
using Abm.Privacy.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using static Abm.Privacy.Tests.Consent.TestPolicy;

namespace Abm.Privacy.Tests.Consent;

/// <summary>What holds for every policy and every row, on generated ones. The seed is fixed.</summary>
public class ConsentLaws
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithMaxTest(Soak.IsOn ? 200_000 : 700).WithReplay(20260303, 7);

    [Fact]
    public void The_order_of_the_rules_changes_nothing() => Check.One(Fixed, Prop.ForAll(
        Arb.From(RandomPolicies.Rules.SelectMany(rules => Gen.Shuffle(rules).Select(shuffled => (rules, shuffled)))),
        Arb.From(RandomPolicies.Facts),
        (pair, row) => Show(Decide(row, pair.rules)) == Show(Decide(row, pair.shuffled))));

    [Fact]
    public void One_more_forbid_never_turns_a_denial_into_anything_else() => Check.One(Fixed, Prop.ForAll(
        Arb.From(RandomPolicies.Rules),
        Arb.From(RandomPolicies.Forbid),
        Arb.From(RandomPolicies.Facts),
        (rules, forbid, row) => Decide(row, [.. rules, forbid]).Outcome <= Decide(row, rules).Outcome));

    [Fact]
    public void A_permit_stays_a_permit_whatever_the_unknown_facts_turn_out_to_be() => Check.One(Fixed, Prop.ForAll(
        Arb.From(RandomPolicies.Rules.Select(rules => (string[])[.. rules, PermitAll])),
        Arb.From(RandomPolicies.Facts),
        Arb.From(Completion()),
        (rules, row, completion) => !Decide(row, rules).IsPermitted || Decide(completion(row), rules).IsPermitted));

    [Fact]
    public void No_permit_without_a_permit_rule_that_holds_for_every_value_of_the_unknown_facts() => Check.One(Fixed, Prop.ForAll(
        Arb.From(RandomPolicies.Rules),
        Arb.From(RandomPolicies.Facts),
        Arb.From(Completion()),
        (rules, row, completion) =>
        {
            var decision = Decide(row, rules);
            var permits = rules.Where(rule => rule.Contains("\"effect\":\"permit\"", StringComparison.Ordinal)).ToArray();
            return !decision.IsPermitted || (permits.Length > 0 && Decide(completion(row), permits).IsPermitted);
        }));

    [Fact]
    public void Forgetting_an_unknown_fact_never_makes_a_permit_appear() => Check.One(Fixed, Prop.ForAll(
        Arb.From(RandomPolicies.Rules),
        Arb.From(RandomPolicies.Facts),
        Arb.From(Gen.Elements<System.Reflection.PropertyInfo>([.. RandomPolicies.UnknownFacts])),
        (rules, row, property) => !Decide(RandomPolicies.With(row, property, null), rules).IsPermitted || Decide(row, rules).IsPermitted));

    [Fact]
    public void The_normal_form_means_what_the_condition_says() => Check.One(Fixed, Prop.ForAll(
        Arb.From(RandomPolicies.Conditions),
        Arb.From(RandomPolicies.Facts),
        (json, row) =>
        {
            var condition = Read(json);
            var context = new EvaluationContext(row, Question, Now);
            return ConditionInterpreter.Evaluate(new NormalForm().Turn(condition), context) == AsWritten(condition, context);
        }));

    /// <summary>Three-valued logic straight down the tree, with a negation wherever one stands.</summary>
    private static Truth AsWritten(Condition condition, EvaluationContext context) => condition switch
    {
        NotCondition not => AsWritten(not.Item, context) switch { Truth.True => Truth.False, Truth.False => Truth.True, _ => Truth.Unknown },
        AllCondition all => all.Items.Min(item => AsWritten(item, context)),
        AnyCondition any => any.Items.Max(item => AsWritten(item, context)),
        _ => ConditionInterpreter.Evaluate(condition, context),
    };

    private static Condition Read(string json)
    {
        var faults = new DocumentFaults(PrivacyErrorCode.PolicyInvalid, "test");
        var table = new DefinitionTable(null, null, FactRegistry.Default, faults, new PolicyAnalysis(faults, isOn: false));
        return table.Conditions.Read(LocatedJson.Parse(Encoding.UTF8.GetBytes(json), PrivacyErrorCode.PolicyInvalid, "test"))!;
    }

    [Fact]
    public void The_generated_cases_reach_every_outcome()
    {
        var outcomes = RandomPolicies.Rules.Two().Zip(RandomPolicies.Facts)
            .Sample(400, 20)
            .Select(sample => Decide(sample.Item2, sample.Item1.Item1).Outcome)
            .GroupBy(outcome => outcome)
            .ToDictionary(group => group.Key, group => group.Count());

        Assert.All(Enum.GetValues<ConsentOutcome>(), outcome => Assert.True(outcomes.GetValueOrDefault(outcome) > 0, $"{outcome} never occurs"));
    }

    private static ConsentDecision Decide(ConsentFacts row, params string[] rules) => new ConsentEvaluator(Of(rules)).Evaluate(row, Question);

    private static string Show(ConsentDecision decision) =>
        $"{decision.Outcome} {decision.NotBefore:O} {string.Join(' ', decision.Reasons)} [{string.Join(' ', decision.Obligations)}] {string.Join(' ', decision.LawfulBases)} {string.Join(' ', decision.Jurisdictions)}";

    /// <summary>Gives every unknown fact that is null, or a code that nobody knows, one value.</summary>
    private static Gen<Func<ConsentFacts, ConsentFacts>> Completion() =>
        RandomPolicies.UnknownFacts
            .Select(property => RandomPolicies.ValueOf(property, known: true).Select(value => (property, value)))
            .Aggregate(Gen.Constant<Func<ConsentFacts, ConsentFacts>>(row => row), (completions, values) =>
                from completion in completions
                from value in values
                select (Func<ConsentFacts, ConsentFacts>)(row => Complete(completion(row), value.property, value.value)));

    private static ConsentFacts Complete(ConsentFacts row, System.Reflection.PropertyInfo property, object? value) =>
        property.GetValue(row) is null or "Nobody knows this" or "Mars/Olympus" ? RandomPolicies.With(row, property, value) : row;
}
