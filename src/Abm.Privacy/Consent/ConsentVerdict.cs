using Abm.Privacy.Consent.Language;

namespace Abm.Privacy.Consent;

/// <summary>What a policy answers, without the person and the moment: everything of a decision that follows from which rules hold.</summary>
public sealed class ConsentVerdict
{
    private ConsentVerdict(ConsentOutcome outcome) => Outcome = outcome;

    /// <summary>The answer.</summary>
    public ConsentOutcome Outcome { get; }

    /// <summary>Why, in a fixed order; at least one.</summary>
    public IReadOnlyList<DecisionReason> Reasons { get; private init; } = [];

    /// <summary>What the sender must do, in a fixed order.</summary>
    public IReadOnlyList<Obligation> Obligations { get; private init; } = [];

    /// <summary>For a permit: the grounds on which it rests, codes of <see cref="Consent.LawfulBases"/>; several only where several laws apply.</summary>
    public IReadOnlyList<string> LawfulBases { get; private init; } = [];

    /// <summary>The jurisdictions that were asked; <c>*</c> is every place that the policy does not name. Empty when the policy names none.</summary>
    public IReadOnlyList<string> Jurisdictions { get; private init; } = [];

    /// <summary>Whether a fact is missing; which one, only the row tells.</summary>
    internal bool MissesFacts => Reasons.Any(reason => reason.Code == ReasonCodes.FactMissing);

    /// <summary>Outcome and reason codes.</summary>
    /// <returns>For example <c>Deny: CONSENT_MISSING</c>.</returns>
    public override string ToString() => $"{Outcome}: {string.Join(", ", Reasons.Select(reason => reason.Code).Distinct())}";

    /// <summary>The answer of a policy outside its dates.</summary>
    internal static ConsentVerdict NotEffective { get; } =
        Combine([""], [new Verdict(ConsentOutcome.Deny, [Verdict.Engine(ReasonCodes.PolicyNotEffective)], [], [], null)]);

    /// <summary>The strictest of the answers of all candidate jurisdictions.</summary>
    internal static ConsentVerdict Combine(IReadOnlyList<string> jurisdictions, IReadOnlyList<Verdict> verdicts)
    {
        // the values of the outcome stand in this order: deny, defer, permit
        var outcome = verdicts.Min(verdict => verdict.Outcome);
        var deciding = verdicts.Where(verdict => verdict.Outcome == outcome).ToList();
        return new ConsentVerdict(outcome)
        {
            Reasons = Sorted(deciding.SelectMany(verdict => verdict.Reasons), jurisdictions.Count > 1),
            Obligations = [.. Sorted(deciding.SelectMany(verdict => verdict.Obligations)).Select(code => new Obligation(code))],
            LawfulBases = [.. Sorted(deciding.SelectMany(verdict => verdict.Bases))],
            Jurisdictions = jurisdictions is [""] ? [] : jurisdictions,
        };
    }

    /// <summary>A denial by the engine alone.</summary>
    internal static ConsentVerdict Denial(string reasonCode) => new(ConsentOutcome.Deny) { Reasons = [Verdict.Engine(reasonCode)] };

    /// <summary>The strictest of the answers about several contact points, with the reasons of those that decide and the obligations of all that permit.</summary>
    internal static ConsentVerdict Strictest(IReadOnlyList<ConsentVerdict> verdicts)
    {
        var outcome = verdicts.Min(verdict => verdict.Outcome);
        var deciding = verdicts.Where(verdict => verdict.Outcome == outcome).ToList();
        return new ConsentVerdict(outcome)
        {
            Reasons = Sorted(deciding.SelectMany(verdict => verdict.Reasons), strictest: false),
            Obligations = [.. Sorted(deciding.SelectMany(verdict => verdict.Obligations).Select(obligation => obligation.Code)).Select(code => new Obligation(code))],
            LawfulBases = [.. Sorted(deciding.SelectMany(verdict => verdict.LawfulBases))],
            Jurisdictions = [.. Sorted(deciding.SelectMany(verdict => verdict.Jurisdictions))],
        };
    }

    private static IReadOnlyList<DecisionReason> Sorted(IEnumerable<DecisionReason> reasons, bool strictest)
    {
        var sorted = reasons
            .DistinctBy(reason => (reason.Code, reason.RuleId))
            .OrderBy(reason => reason.Code, StringComparer.Ordinal)
            .ThenBy(reason => reason.RuleId, StringComparer.Ordinal);
        return strictest ? [.. sorted, Verdict.Engine(ReasonCodes.StrictestJurisdiction)] : [.. sorted];
    }

    private static IEnumerable<string> Sorted(IEnumerable<string> codes) => codes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
}
