namespace Abm.Privacy.Consent;

/// <summary>One reason of a decision.</summary>
/// <param name="Code">A code of <see cref="ReasonCodes"/> or the policy's own.</param>
/// <param name="RuleId">The rule that gave it; null when the engine did or when it is a pack's <c>otherwise</c>.</param>
/// <param name="Effect">The rule's effect; null without a rule.</param>
/// <param name="Law">The law that the rule names; empty if it names none.</param>
/// <param name="MissingFacts">For <see cref="ReasonCodes.FactMissing"/>: the names of the unknown facts, to go and ask for; else empty.</param>
public sealed record DecisionReason(string Code, string? RuleId, RuleEffect? Effect, IReadOnlyList<string> Law, IReadOnlyList<string> MissingFacts)
{
    /// <summary>The code and, if there is one, the rule.</summary>
    /// <returns>For example <c>CONSENT_WITHDRAWN (eu.withdrawn)</c>.</returns>
    public override string ToString() => RuleId is null ? Code : $"{Code} ({RuleId})";
}
