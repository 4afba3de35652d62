namespace Abm.Privacy.Retention;

/// <summary>Decides by the schedule that the application registered. The default implementation is thread-safe and pure.</summary>
public interface IRetentionEvaluator
{
    /// <summary>The schedule that decides.</summary>
    RetentionSchedule Schedule { get; }

    /// <summary>Decides for now, by the registered <see cref="TimeProvider"/>.</summary>
    /// <param name="record">The facts.</param>
    /// <param name="holds">Every legal hold of the application, in force or not; an empty collection if there is none.</param>
    /// <returns>The decision with its reasons.</returns>
    RetentionDecision Evaluate(RetentionRecord record, IReadOnlyCollection<LegalHold> holds);

    /// <summary>Decides for an instant.</summary>
    /// <param name="record">The facts.</param>
    /// <param name="holds">Every legal hold of the application, in force or not; an empty collection if there is none.</param>
    /// <param name="at">The instant.</param>
    /// <returns>The decision with its reasons.</returns>
    RetentionDecision Evaluate(RetentionRecord record, IReadOnlyCollection<LegalHold> holds, DateTimeOffset at);
}
