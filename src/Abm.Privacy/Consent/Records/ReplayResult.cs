namespace Abm.Privacy.Consent.Records;

/// <summary>What became of a decision when it was made again. Two questions have two answers: was it right given what was known, and given what was true?</summary>
public sealed class ReplayResult
{
    internal ReplayResult(ReplayFinding finding, DecisionRecord record) => (Finding, Record) = (finding, record);

    /// <summary>What was found.</summary>
    public ReplayFinding Finding { get; }

    /// <summary>The record that was replayed.</summary>
    public DecisionRecord Record { get; }

    /// <summary>Whether the answer was the right one given what was known; null where that cannot be told.</summary>
    public bool? WasRightAsKnown => AsKnown is null || Finding == ReplayFinding.FactsDiffer ? null : Finding == ReplayFinding.Confirmed;

    /// <summary>
    /// Whether the answer was the right one given what was true, as far as the ledger knows today: the same outcome, and for a permit no obligation that was not
    /// named. Null where that cannot be told.
    /// </summary>
    public bool? WasRightAsTrue => AsTrue is null ? null
        : AsTrue.Outcome == Record.Outcome && (Record.Outcome != ConsentOutcome.Permit || AsTrue.Obligations.All(obligation => AsKnown!.Requires(obligation.Code)));

    /// <summary>The decision on what was known, made again, with its reasons and evidence; null without a policy or contact point.</summary>
    public ConsentDecision? AsKnown { get; internal init; }

    /// <summary>The decision on what was true; null without a policy or contact point.</summary>
    public ConsentDecision? AsTrue { get; internal init; }

    /// <summary>The events that came late, corrections included, earliest recorded first.</summary>
    public IReadOnlyList<LateEvent> LateEvents { get; internal init; } = [];

    /// <summary>
    /// Whether the facts were found only by looking a little beside the noted moment: an event was being written while it was decided, or a row was not yet
    /// computed anew after a suppression had ended. Both are within what the ledger promises.
    /// </summary>
    public bool WasInFlight { get; internal init; }

    /// <summary>The findings in a few words.</summary>
    /// <returns>For example <c>Confirmed: Permit: CONSENT_VALID; in truth Deny: CONSENT_WITHDRAWN</c>.</returns>
    public override string ToString() => AsKnown is null ? $"{Finding}" : $"{Finding}: {AsKnown}; in truth {AsTrue}";
}
