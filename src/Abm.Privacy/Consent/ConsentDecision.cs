namespace Abm.Privacy.Consent;

/// <summary>
/// The answer to a <see cref="ConsentQuestion"/>, with everything that explains it. It holds no identifier of the person; treat
/// it as personal data all the same once it is stored beside one. Only an evaluator of this library makes one, so a method that takes a
/// decision can rely on it.
/// </summary>
public sealed class ConsentDecision
{
        internal ConsentDecision(Guid decisionId, ConsentQuestion question, DateTimeOffset asOf, PolicyReference policy, ConsentVerdict verdict, DateTimeOffset? notBefore)
    {
        Verdict = verdict;
        DecisionId = decisionId;
        Purpose = question.Purpose;
        Channel = question.Channel;
        AsOf = asOf;
        Policy = policy;
        NotBefore = notBefore;
    }

    /// <summary>The answer without the person and the moment; many decisions share one.</summary>
    public ConsentVerdict Verdict { get; }

    /// <summary>An id of its own for each decision, even for the same question: a UUID of version 7, with the time of deciding in it.</summary>
    public Guid DecisionId { get; }

    /// <summary>The answer.</summary>
    public ConsentOutcome Outcome => Verdict.Outcome;

    /// <summary>Whether <see cref="Outcome"/> is <see cref="ConsentOutcome.Permit"/>.</summary>
    public bool IsPermitted => Outcome == ConsentOutcome.Permit;

    /// <summary>For a deferral: the moment before which asking again is useless. Null if that is not known.</summary>
    public DateTimeOffset? NotBefore { get; }

    /// <summary>Why, in a fixed order; at least one.</summary>
    public IReadOnlyList<DecisionReason> Reasons => Verdict.Reasons;

    /// <summary>What the sender must do, in a fixed order.</summary>
    public IReadOnlyList<Obligation> Obligations => Verdict.Obligations;

    /// <summary>For a permit: the grounds on which it rests, codes of <see cref="Consent.LawfulBases"/>; several only where several laws apply.</summary>
    public IReadOnlyList<string> LawfulBases => Verdict.LawfulBases;

    /// <summary>The jurisdictions that were asked; <c>*</c> is every place that the policy does not name. Empty when the policy names none.</summary>
    public IReadOnlyList<string> Jurisdictions => Verdict.Jurisdictions;

    /// <summary>What was asked for.</summary>
    public Purpose Purpose { get; }

    /// <summary>The channel that was asked for.</summary>
    public Channel Channel { get; }

    /// <summary>The policy that decided.</summary>
    public PolicyReference Policy { get; }

    /// <summary>The moment that the decision is about, in UTC.</summary>
    public DateTimeOffset AsOf { get; }

    /// <summary>Whether a reason with this code is among the reasons.</summary>
    /// <param name="reasonCode">The code, for example <see cref="ReasonCodes.ConsentMissing"/>.</param>
    /// <returns>Whether it is.</returns>
    public bool HasReason(string reasonCode) => Reasons.Any(reason => reason.Code == reasonCode);

    /// <summary>Whether the sender must meet this obligation.</summary>
    /// <param name="obligationCode">The code, for example <see cref="ObligationCodes.UnsubscribeLink"/>.</param>
    /// <returns>Whether it must be met.</returns>
    public bool Requires(string obligationCode) => Obligations.Any(obligation => obligation.Code == obligationCode);

    /// <summary>Outcome and reason codes.</summary>
    /// <returns>For example <c>Deny: CONSENT_MISSING</c>.</returns>
    public override string ToString() => Verdict.ToString();
}
