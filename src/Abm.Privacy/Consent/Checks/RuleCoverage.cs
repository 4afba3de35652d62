namespace Abm.Privacy.Consent.Checks;

/// <summary>What the tests of a policy showed of one rule, where the rule applies.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="SeenTrue">Whether its condition held in some test.</param>
/// <param name="SeenFalse">Whether its condition did not hold in some test.</param>
/// <param name="SeenUnknown">Whether it could not be told in some test.</param>
/// <param name="AlwaysHolds">Whether its condition is empty, so that it can never be seen false.</param>
public sealed record RuleCoverage(string RuleId, bool SeenTrue, bool SeenFalse, bool SeenUnknown, bool AlwaysHolds)
{
    /// <summary>Whether the rule was seen true, and false if it can be.</summary>
    public bool IsComplete => SeenTrue && (SeenFalse || AlwaysHolds);
}
