namespace Abm.Privacy.Consent.Checks;

/// <summary>What became of one test of a policy.</summary>
/// <param name="TestId">The test.</param>
/// <param name="Passed">Whether the policy answered as the test demands.</param>
/// <param name="Expected">The demanded answer in one line.</param>
/// <param name="Actual">The given answer in one line.</param>
/// <param name="Decision">The given answer.</param>
public sealed record PolicyTestResult(string TestId, bool Passed, string Expected, string Actual, ConsentDecision Decision)
{
    /// <summary>The result in one line.</summary>
    /// <returns>The id, and what differs if anything does.</returns>
    public override string ToString() => Passed ? $"{TestId}: passed" : $"{TestId}: expected {Expected}, but was {Actual}";
}
