using Abm.Privacy.Consent.Language;

namespace Abm.Privacy.Consent.Checks;

/// <summary>Runs the tests of a policy on the reference evaluator, and notes what each rule was seen to be.</summary>
internal sealed class PolicyTestRun(ConsentPolicy policy)
{
    private readonly ConsentEvaluator _evaluator = new(policy);
    private readonly HashSet<(string RuleId, Truth Truth)> _seen = [];

    public static PolicyTestReport Run(ConsentPolicy policy)
    {
        var run = new PolicyTestRun(policy);
        IReadOnlyList<PolicyTestResult> results = [.. policy.Tests.Select(run.Run)];
        return new PolicyTestReport(results, [.. policy.Rules.Select(run.Coverage)]);
    }

    public PolicyTestResult Run(PolicyTest test)
    {
        Note(test);
        var decision = _evaluator.Evaluate(test.Facts, test.Question);
        var expected = Show(test.Outcome, test.Reasons, test.Obligations, test.NotBefore);
        var actual = Show(
            decision.Outcome,
            decision.Reasons.Select(reason => reason.Code),
            decision.Obligations.Select(obligation => obligation.Code),
            test.NotBefore is null ? null : decision.NotBefore);
        return new PolicyTestResult(test.Id, expected == actual, expected, actual, decision);
    }

    private void Note(PolicyTest test)
    {
        var context = new EvaluationContext(test.Facts, test.Question, test.Question.At!.Value.ToUniversalTime());
        foreach (var jurisdiction in PolicyScope.Candidates(policy, test.Facts.Jurisdiction))
        {
            foreach (var rule in policy.Rules.Where(rule => rule.Scope.AppliesTo(jurisdiction, test.Question)))
            {
                if (TryEvaluate(rule, context) is { } truth)
                {
                    _seen.Add((rule.Id, truth));
                }
            }
        }
    }

    /// <summary>Null for a rule that fails: the decision tells of it, and it counts as neither true nor false.</summary>
    private static Truth? TryEvaluate(PolicyRule rule, EvaluationContext context)
    {
        try
        {
            return ConditionInterpreter.Evaluate(rule.When, context);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return null;
        }
    }

    private RuleCoverage Coverage(PolicyRule rule) => new(
        rule.Id,
        _seen.Contains((rule.Id, Truth.True)),
        _seen.Contains((rule.Id, Truth.False)),
        _seen.Contains((rule.Id, Truth.Unknown)),
        rule.When is AllCondition { Items.Count: 0 });

    private static string Show(ConsentOutcome outcome, IEnumerable<string> reasons, IEnumerable<string> obligations, DateTimeOffset? notBefore)
    {
        var until = notBefore is { } moment ? $" not before {moment.ToUniversalTime():u}" : "";
        return $"{outcome}{until} [{Sorted(reasons)}] [{Sorted(obligations)}]";
    }

    private static string Sorted(IEnumerable<string> codes) => string.Join(' ', codes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
}
