namespace Abm.Privacy.Consent.Language;

/// <summary>What became of one applicable rule.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Truth">Whether its condition holds; unknown when the evaluation failed.</param>
/// <param name="Failed">Whether the evaluation ended in an exception.</param>
/// <param name="MissingFacts">The unknown facts, when the truth is unknown.</param>
/// <param name="NotBefore">The end of a deferral, if it is known.</param>
internal sealed record RuleResult(PolicyRule Rule, Truth Truth, bool Failed, IReadOnlyList<string> MissingFacts, DateTimeOffset? NotBefore)
{
    public bool Is(RuleEffect effect, Truth truth) => !Failed && Rule.Effect == effect && Truth == truth;

    public IEnumerable<DecisionReason> Reasons => Rule.Reasons.Select(Reason);

    public DecisionReason Reason(string code) => new(code, Rule.Id, Rule.Effect, Rule.Law, []);

    public DecisionReason Missing() => new(ReasonCodes.FactMissing, Rule.Id, Rule.Effect, Rule.Law, MissingFacts);
}
