namespace Abm.Privacy.Retention;

/// <summary>What the schedule says about one piece of data at one instant, and why. Holds no personal data. Only an evaluator makes one.</summary>
public sealed class RetentionDecision
{
    internal RetentionDecision(RetentionState state, string scheduleDigest) => (State, ScheduleDigest) = (state, scheduleDigest);

    /// <summary>Where the data stands.</summary>
    public RetentionState State { get; }

    /// <summary>
    /// The first instant at which no known minimum holds the data, in UTC; null if no minimum covers it, the greatest
    /// value if one holds it for ever.
    /// </summary>
    public DateTimeOffset? KeepUntil { get; internal init; }

    /// <summary>The first instant at which the data must be disposed of, in UTC; null if the facts name none, or a hold or a gap forbids it.</summary>
    public DateTimeOffset? DisposeFrom { get; internal init; }

    /// <summary>The first instant at which a person must decide, in UTC; null if the facts name none, or a hold or a gap forbids it.</summary>
    public DateTimeOffset? ReviewFrom { get; internal init; }

    /// <summary>What is to be done now; null unless the state is <see cref="RetentionState.Due"/> or <see cref="RetentionState.DueForReview"/>.</summary>
    public DisposalAction? Action { get; internal init; }

    /// <summary>The rules that decide, in the ordinal order of their ids. Empty under a hold: no rule decides there.</summary>
    public IReadOnlyList<RetentionRule> WinningRules { get; internal init; } = [];

    /// <summary>The other rules that cover the data, in the ordinal order of their ids.</summary>
    public IReadOnlyList<RetentionRule> LosingRules { get; internal init; } = [];

    /// <summary>The reasons: holds first, then gaps, then rules, each by id.</summary>
    public IReadOnlyList<RetentionReason> Reasons { get; internal init; } = [];

    /// <summary>The digest of the schedule that decided.</summary>
    public string ScheduleDigest { get; }
}
