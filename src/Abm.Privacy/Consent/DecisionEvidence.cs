using Abm.Privacy.Consent.Language;
using Abm.Privacy.Consent.Ledger;

namespace Abm.Privacy.Consent;

/// <summary>Which events stand behind a decision: those that the facts of its deciding rules rest on.</summary>
internal static class DecisionEvidence
{
    public static IReadOnlyList<Guid> Of(ConsentDecision decision) => Of(decision, GroupsOf(decision, decision.Reasons));

    public static IReadOnlyList<Guid> Of(ConsentDecision decision, DecisionReason reason) => Of(decision, GroupsOf(decision, [reason]));

    private static IReadOnlyList<Guid> Of(ConsentDecision decision, IEnumerable<FactGroup> groups) => decision.Origin is not { } origin
        ? [.. decision.Parts.Where(part => part.Outcome == decision.Outcome).SelectMany(part => part.Evidence).Distinct()]
        : [.. groups.Distinct().Order().SelectMany(group => origin.Evidence.GetValueOrDefault(group) ?? []).Distinct()];

    private static IEnumerable<FactGroup> GroupsOf(ConsentDecision decision, IEnumerable<DecisionReason> reasons)
    {
        var rules = decision.Evaluator.Policy.Rules;
        var ids = reasons.Select(reason => reason.RuleId).OfType<string>().ToHashSet(StringComparer.Ordinal);

        // where no rule speaks, nothing permitted: every permit that might have is behind it
        var deciding = ids.Count > 0 ? rules.Where(rule => ids.Contains(rule.Id)) : PermitsFor(decision, rules);
        return deciding.SelectMany(rule => rule.When.Facts).Distinct().Select(fact => FactOrigin.Of(fact).Group).OfType<FactGroup>();
    }

    private static IEnumerable<PolicyRule> PermitsFor(ConsentDecision decision, IReadOnlyList<PolicyRule> rules)
    {
        var places = decision.Facts is null ? [] : PolicyScope.Candidates(decision.Evaluator.Policy, decision.Facts.Jurisdiction);
        return rules.Where(rule => rule.Effect == RuleEffect.Permit && places.Any(place => rule.Scope.AppliesTo(place, decision.Question)));
    }
}
