namespace Abm.Privacy.Retention;

/// <summary>
/// Decides what a schedule says about a piece of data: a pure function of facts, schedule, holds and an instant. The
/// order of precedence: a hold blocks; what the facts do not determine is never disposed of; the longest minimum wins;
/// then the shortest maximum. A maximum whose anchor is missing is reported and cannot delay one that is known; a
/// minimum whose anchor is missing leaves the record undetermined. A minimum on a class below the record's holds the
/// record too, which may contain that class.
/// </summary>
public static class RetentionEvaluator
{
    /// <summary>Decides.</summary>
    /// <param name="record">The facts.</param>
    /// <param name="schedule">The rules.</param>
    /// <param name="holds">Every legal hold of the application, in force or not; an empty collection if there is none.</param>
    /// <param name="at">The instant for which the decision is asked.</param>
    /// <returns>The decision with its reasons.</returns>
    public static RetentionDecision Evaluate(RetentionRecord record, RetentionSchedule schedule, IReadOnlyCollection<LegalHold> holds, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(holds);
        var timeline = new RetentionTimeline(record, schedule);
        var blocking = Blocking(record, holds, at);
        return blocking.Count == 0 ? timeline.Decide(schedule, at) : Hold(timeline, schedule, blocking, at);
    }

    private static List<RetentionReason> Blocking(RetentionRecord record, IReadOnlyCollection<LegalHold> holds, DateTimeOffset at)
    {
        var reasons = new List<RetentionReason>();
        foreach (var hold in holds)
        {
            if (hold.Blocks(record, at) && !reasons.Exists(reason => reason.Id == hold.Id))
            {
                reasons.Add(new RetentionReason(RetentionReasonCode.HoldInForce, hold.Id));
            }
        }

        reasons.Sort(static (left, right) => string.CompareOrdinal(left.Id, right.Id));
        return reasons;
    }

    private static RetentionDecision Hold(RetentionTimeline timeline, RetentionSchedule schedule, List<RetentionReason> reasons, DateTimeOffset at)
    {
        timeline.AddGaps(reasons);
        timeline.AddOutweighed(reasons, at);
        return new RetentionDecision(RetentionState.Held, schedule.Digest)
        {
            KeepUntil = timeline.KeepUntil,
            LosingRules = timeline.Rules(static _ => true),
            Reasons = reasons,
        };
    }
}
