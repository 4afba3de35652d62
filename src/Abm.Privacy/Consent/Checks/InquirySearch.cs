using System.Text;
using Abm.Privacy.Consent.Language;

namespace Abm.Privacy.Consent.Checks;

/// <summary>
/// Answers an inquiry: the rules that apply to the question become one condition (no forbid and no deferral may hold or be unknown, some
/// permit holds, for every candidate jurisdiction), and a search looks for an input. What it finds is shown to the reference evaluator.
/// </summary>
internal static class InquirySearch
{
    private const int MaxSteps = 300_000;

    public static PolicyAnswer Answer(ConsentPolicy policy, PolicyInquiry inquiry)
    {
        var question = new ConsentQuestion(inquiry.Purpose, inquiry.Channel);
        var condition = Read(inquiry.Condition);
        var goals = PolicyScope.Candidates(policy, inquiry.Jurisdiction).SelectMany(jurisdiction => Permitted(policy, jurisdiction, question)).Prepend(condition).ToList();
        if (goals.Exists(goal => goal.Facts.Any(fact => fact.Name == "facts.errors")))
        {
            // whatever the rules say, a failed provider of facts denies
            goals.Add(NoErrors);
        }

        var result = ConditionSearch.Find(goals, new SearchSettings(inquiry.At, CountsAreNatural: false, MayReadEveryZone: true, MaxSteps));
        if (result.Found == false && goals.Exists(goal => goal.Facts.Any(fact => fact.Type == FactType.TimeZone)))
        {
            // the system lists no zone's second name, so that "none" is said only when it holds for zones that are not listed too
            result = ConditionSearch.Find(goals, new SearchSettings(inquiry.At, CountsAreNatural: false, MayReadEveryZone: false, MaxSteps));
        }

        return result.Found switch
        {
            false => new PolicyAnswer(PolicyAnswerKind.None, result.Cases),
            true => Confirm(policy, inquiry, condition, result),
            null => Undecided(result.Cases, "the search gave up. Ask about one jurisdiction, name a moment if rules compare with fixed dates, or narrow the condition."),
        };
    }

    private static CompareAtom NoErrors
    {
        get
        {
            FactRegistry.Default.TryFind("facts.errors", out var fact);
            return new CompareAtom(fact!, ComparisonOperator.Equal, new LiteralOperand(FactValue.Of(0)), Negated: false);
        }
    }

    private static IEnumerable<Condition> Permitted(ConsentPolicy policy, string jurisdiction, ConsentQuestion question)
    {
        var turn = new NormalForm();
        var rules = policy.Rules.Where(rule => rule.Scope.AppliesTo(jurisdiction, question)).ToList();
        return rules
            .Where(rule => rule.Effect is RuleEffect.Forbid or RuleEffect.Defer)
            .Select(rule => turn.Turn(rule.When, negate: true))
            .Append(new AnyCondition([.. rules.Where(rule => rule.Effect == RuleEffect.Permit).Select(rule => rule.When)]));
    }

    private static PolicyAnswer Confirm(ConsentPolicy policy, PolicyInquiry inquiry, Condition condition, SearchResult result)
    {
        var facts = result.Input!.Facts with { Jurisdiction = inquiry.Jurisdiction };
        var question = new ConsentQuestion(inquiry.Purpose, inquiry.Channel)
        {
            At = result.Input.Now,
            UsesSpecialCategory = result.Input.Question.UsesSpecialCategory,
            ChildDirected = result.Input.Question.ChildDirected,
        };
        var decision = new ConsentEvaluator(policy).Evaluate(facts, question);
        if (!decision.IsPermitted || ConditionInterpreter.Evaluate(condition, new EvaluationContext(facts, question, result.Input.Now)) != Truth.True)
        {
            return Undecided(result.Cases, decision.HasReason(ReasonCodes.PolicyNotEffective)
                ? "the policy is not in force at the moment of the search. Name a moment at which it is."
                : "the evaluator did not confirm what the search found.");
        }

        return new PolicyAnswer(PolicyAnswerKind.Witness, result.Cases) { Facts = facts, Question = question, Decision = decision };
    }

    private static PolicyAnswer Undecided(long cases, string reason) => new(PolicyAnswerKind.Undecided, cases) { Reason = reason };

    private static Condition Read(string json)
    {
        const string Source = "condition";
        var faults = new DocumentFaults(PrivacyErrorCode.PolicyInvalid, Source);
        var table = new DefinitionTable(null, null, FactRegistry.Default, faults, new PolicyAnalysis(faults, isOn: false));
        var condition = table.Conditions.Read(LocatedJson.Parse(Encoding.UTF8.GetBytes(json), PrivacyErrorCode.PolicyInvalid, Source));
        faults.ThrowIfAny();
        return new NormalForm().Turn(condition!);
    }
}
