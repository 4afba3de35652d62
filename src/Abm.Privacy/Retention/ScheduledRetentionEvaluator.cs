namespace Abm.Privacy.Retention;

/// <summary>Evaluates with one loaded schedule and the application's clock.</summary>
internal sealed class ScheduledRetentionEvaluator(RetentionSchedule schedule, TimeProvider time) : IRetentionEvaluator
{
    public RetentionSchedule Schedule { get; } = schedule;

    public RetentionDecision Evaluate(RetentionRecord record, IReadOnlyCollection<LegalHold> holds) => Evaluate(record, holds, time.GetUtcNow());

    public RetentionDecision Evaluate(RetentionRecord record, IReadOnlyCollection<LegalHold> holds, DateTimeOffset at) =>
        RetentionEvaluator.Evaluate(record, Schedule, holds, at);
}
