using System.Buffers.Binary;
using Abm.Privacy.Consent.Changes;
using Abm.Privacy.Consent.Ledger;

namespace Abm.Privacy.Consent;

/// <summary>
/// The answer to a <see cref="ConsentQuestion"/>, with everything that explains it. It shows no direct identifier of the person, only the random id of
/// the contact point; treat it as personal data all the same once it is stored beside one. Only an evaluator of this library makes one, so a
/// method that takes a decision can rely on it. What explains it beyond the reasons is computed when it is asked for.
/// </summary>
public sealed class ConsentDecision
{
    private readonly long _notBefore; // ticks in UTC; 0 for none: a decision is made a million times

    internal ConsentDecision(
        Guid decisionId,
        ConsentQuestion question,
        DateTimeOffset asOf,
        ConsentEvaluator evaluator,
        ConsentVerdict verdict,
        DateTimeOffset? notBefore,
        ConsentFacts? facts,
        DecisionOrigin? origin = null)
    {
        Verdict = verdict;
        DecisionId = decisionId;
        Question = question;
        AsOf = asOf;
        Evaluator = evaluator;
        Facts = facts;
        Origin = origin;
        _notBefore = notBefore?.UtcTicks ?? 0;
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
    public DateTimeOffset? NotBefore => _notBefore == 0 ? null : new DateTimeOffset(_notBefore, TimeSpan.Zero);

    /// <summary>Why, in a fixed order; at least one.</summary>
    public IReadOnlyList<DecisionReason> Reasons => Verdict.Reasons;

    /// <summary>What the sender must do, in a fixed order.</summary>
    public IReadOnlyList<Obligation> Obligations => Verdict.Obligations;

    /// <summary>For a permit: the grounds on which it rests, codes of <see cref="Consent.LawfulBases"/>; several only where several laws apply.</summary>
    public IReadOnlyList<string> LawfulBases => Verdict.LawfulBases;

    /// <summary>The jurisdictions that were asked; <c>*</c> is every place that the policy does not name. Empty when the policy names none.</summary>
    public IReadOnlyList<string> Jurisdictions => Verdict.Jurisdictions;

    /// <summary>What was asked for.</summary>
    public Purpose Purpose => Question.Purpose;

    /// <summary>The channel that was asked for.</summary>
    public Channel Channel => Question.Channel;

    /// <summary>The campaign whose own suppressions counted; null for none, and where an evaluator was given facts.</summary>
    public string? Campaign => Origin is { } origin ? origin.Campaign : Parts is [var first, ..] ? first.Campaign : null;

    /// <summary>The policy that decided.</summary>
    public PolicyReference Policy => Evaluator.Policy.Reference;

    /// <summary>The moment that the decision is about, in UTC.</summary>
    public DateTimeOffset AsOf { get; }

    /// <summary>When it was decided, in UTC and whole milliseconds.</summary>
    public DateTimeOffset DecidedAt
    {
        get
        {
            Span<byte> id = stackalloc byte[16];
            DecisionId.TryWriteBytes(id, bigEndian: true, out _);
            return DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(id) >> 16);
        }
    }

    /// <summary>What was recorded by then counted, in UTC: the state of knowledge. When it was decided, unless an <see cref="IConsentService"/> noted more exactly.</summary>
    public DateTimeOffset KnownAt => Origin?.KnownAt ?? DecidedAt;

    /// <summary>The contact point that it is about; null if the row's key is none. For a decision about several, see <see cref="Parts"/>.</summary>
    public ContactPointId? ContactPoint => Origin?.ContactPoint ?? (ContactPointId.TryParse(Facts?.Key, out var id) ? id : null);

    /// <summary>The decisions that it was put together from, the least permissive ones deciding; empty for a decision about one contact point.</summary>
    public IReadOnlyList<ConsentDecision> Parts { get; internal init; } = [];

    /// <summary>
    /// The ids of the ledger's events that the facts of the deciding rules rest on. Empty where no event stands behind them, and for facts that an
    /// evaluator was given without their events: an <see cref="IConsentService"/> gives them.
    /// </summary>
    public IReadOnlyList<Guid> Evidence => DecisionEvidence.Of(this);

    /// <summary>What the sender may do about it, codes of <see cref="AdviceCodes"/> in a fixed order; empty where there is nothing.</summary>
    public IReadOnlyList<DecisionAdvice> Advice => Adviser.AdviceFor(this);

    /// <summary>Whether something is not set up, so that it was denied without looking at the person: an unknown contact point, an undeclared purpose, a gap of the policy.</summary>
    public bool IsConfigurationGap => Outcome == ConsentOutcome.Deny && Reasons.Any(reason => ReasonCodes.ConfigurationGaps.Contains(reason.Code));

    internal ConsentQuestion Question { get; }

    internal ConsentEvaluator Evaluator { get; }

    /// <summary>Null where there was no row.</summary>
    internal ConsentFacts? Facts { get; }

    internal DecisionOrigin? Origin { get; }

    /// <summary>The events that the facts of one reason's rule rest on.</summary>
    /// <param name="reason">One of <see cref="Reasons"/>.</param>
    /// <returns>Their ids, as in <see cref="Evidence"/>.</returns>
    public IReadOnlyList<Guid> EvidenceOf(DecisionReason reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        return DecisionEvidence.Of(this, reason);
    }

    /// <summary>
    /// Looks for what would turn a denial or deferral into a permit. It takes milliseconds, not nanoseconds. For a decision with
    /// <see cref="Parts"/> it is the answer of the first one that is not permitted; the others must be changed too.
    /// </summary>
    /// <returns>The smallest sets of changes; none for a permit.</returns>
    public DecisionChanges WhatWouldChange() => this switch
    {
        { IsPermitted: true } => new DecisionChanges([], true, null),
        { Parts.Count: > 0 } => Parts.First(part => !part.IsPermitted).WhatWouldChange(),
        { Facts: null } => new DecisionChanges([], true, null),
        _ => new ChangeSearch(Evaluator, AsOf).Run(Facts!, Question, NotBefore),
    };

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

    internal ConsentDecision From(DecisionOrigin origin) => new(DecisionId, Question, AsOf, Evaluator, Verdict, NotBefore, Facts, origin);
}
