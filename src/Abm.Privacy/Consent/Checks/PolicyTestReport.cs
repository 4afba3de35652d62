namespace Abm.Privacy.Consent.Checks;

/// <summary>What the tests of a policy showed: every result, and how far the rules were tried.</summary>
public sealed class PolicyTestReport
{
    internal PolicyTestReport(IReadOnlyList<PolicyTestResult> results, IReadOnlyList<RuleCoverage> coverage)
    {
        Results = results;
        Coverage = coverage;
    }

    /// <summary>One result for each test, in document order.</summary>
    public IReadOnlyList<PolicyTestResult> Results { get; }

    /// <summary>One entry for each rule, in document order.</summary>
    public IReadOnlyList<RuleCoverage> Coverage { get; }

    /// <summary>Whether every test passed. True without tests.</summary>
    public bool Passed => Results.All(result => result.Passed);

    /// <summary>The rules that no test saw true, or none saw false.</summary>
    public IReadOnlyList<RuleCoverage> Uncovered => [.. Coverage.Where(rule => !rule.IsComplete)];

    /// <summary>Counts, failures and gaps, one a line.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Join('\n', [
        $"{Results.Count(result => result.Passed)} of {Results.Count} tests passed; {Coverage.Count(rule => rule.IsComplete)} of {Coverage.Count} rules were seen true and false",
        .. Results.Where(result => !result.Passed).Select(result => result.ToString()),
        .. Uncovered.Select(rule => $"{rule.RuleId}: {(rule.SeenTrue ? "never seen false" : rule.SeenFalse ? "never seen true" : "never seen true or false")}"),
    ]);
}
