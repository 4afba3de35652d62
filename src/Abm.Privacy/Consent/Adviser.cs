using Abm.Privacy.Consent.Language;

namespace Abm.Privacy.Consent;

/// <summary>What may be done about a decision, from its reasons and its row.</summary>
internal static class Adviser
{
    /// <summary>Reasons that a consent would take away, and that are no refusal.</summary>
    private static readonly HashSet<string> Askable = new(StringComparer.Ordinal)
    {
        ReasonCodes.ConsentMissing, ReasonCodes.ConsentExpired, ReasonCodes.ConsentNotDemonstrable, ReasonCodes.ConsentInvalidMethod, ReasonCodes.ConsentGenericVoid,
        ReasonCodes.ConsentScopeMismatch, ReasonCodes.ConsentNotWritten, ReasonCodes.SoftOptInConditionsNotMet, ReasonCodes.ImpliedConsentExpired,
        ReasonCodes.ImpliedConsentConditionsNotMet, ReasonCodes.SpecialCategoryNoExplicitConsent,
    };

    private static readonly Dictionary<string, string> Direct = new(StringComparer.Ordinal)
    {
        [ReasonCodes.ConsentPendingConfirmation] = AdviceCodes.ConfirmDoubleOptIn,
        [ReasonCodes.ConsentNotDemonstrable] = AdviceCodes.AddEvidence,
        [ReasonCodes.Art14NoticeOverdue] = AdviceCodes.GiveArt14Notice,
        [ReasonCodes.FactError] = AdviceCodes.MendFactSource,
        [ReasonCodes.RuleError] = AdviceCodes.MendPolicy,
        [ReasonCodes.NoPermittingRule] = AdviceCodes.ExtendPolicy,
        [ReasonCodes.JurisdictionNotCovered] = AdviceCodes.ExtendPolicy,
        [ReasonCodes.StrictestJurisdiction] = AdviceCodes.FindJurisdiction,
        [ReasonCodes.ContactPointUnknown] = AdviceCodes.RegisterContactPoint,
        [ReasonCodes.ChannelMismatch] = AdviceCodes.UseOtherContactPoint,
        [ReasonCodes.PurposeUndeclared] = AdviceCodes.DeclarePurpose,
        [ReasonCodes.FactsNotBuilt] = AdviceCodes.RebuildFacts,
    };

    public static IReadOnlyList<DecisionAdvice> AdviceFor(ConsentDecision decision)
    {
        if (decision.IsPermitted)
        {
            return [];
        }

        if (decision.Parts.Count > 0)
        {
            return Sorted(decision.Parts.SelectMany(part => part.Advice));
        }

        var advice = decision.Reasons.SelectMany(reason => reason.MissingFacts).Select(fact => new DecisionAdvice(AdviceCodes.CheckOf(fact), fact)).ToList();
        advice.AddRange(decision.Reasons.Where(reason => Direct.ContainsKey(reason.Code)).Select(reason => new DecisionAdvice(Direct[reason.Code])));
        if (decision.Outcome == ConsentOutcome.Defer)
        {
            advice.Add(new DecisionAdvice(AdviceCodes.AskAgainLater));
        }

        if (decision.Reasons.Any(reason => Askable.Contains(reason.Code)) && MayBeAsked(decision))
        {
            advice.Add(new DecisionAdvice(AdviceCodes.AskConsent));
        }

        return Sorted(advice);
    }

    /// <summary>Nobody is asked who said no, whose data must rest, or whom a rule keeps from being asked.</summary>
    private static bool MayBeAsked(ConsentDecision decision)
    {
        if (decision.Facts is not { } facts
            || facts.ObjectionAt is not null || facts.Restricted || facts.SuppressedAll || facts.SuppressedMarketing || facts.SuppressedUndeliverable || facts.AccountSuppressed
            || facts.SaleShareOptedOut || facts.FactErrors != 0
            || facts.ConsentStatus is ConsentStatuses.Withdrawn or ConsentStatuses.Refused or ConsentStatuses.Pending)
        {
            return false;
        }

        // that the policy says nothing of asking is no hindrance: only what it forbids
        var request = new ConsentQuestion(Purposes.OptInRequest, decision.Channel) { At = decision.AsOf, ChildDirected = decision.Question.ChildDirected };
        return decision.Evaluator.Examine(new EvaluationContext(facts, request, decision.AsOf))
            .SelectMany(place => place.Results)
            .All(result => result.Rule.Effect != RuleEffect.Forbid || result.Truth == Truth.False);
    }

    private static List<DecisionAdvice> Sorted(IEnumerable<DecisionAdvice> advice) => [.. advice.Distinct().OrderBy(item => item.Code, StringComparer.Ordinal)];
}
