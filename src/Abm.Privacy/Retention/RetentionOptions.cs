namespace Abm.Privacy.Retention;

/// <summary>How retention is set up. Checked at start, the schedule included.</summary>
public sealed class RetentionOptions
{
    /// <summary>
    /// The JSON file that holds the schedule; a relative path is looked for in the current directory, then beside the application. No default: exactly one
    /// of this and <c>UseSchedule</c> is needed.
    /// </summary>
    public string? ScheduleFile { get; set; }

    /// <summary>A schedule made in code; a field, so that no configuration binds it.</summary>
    internal RetentionSchedule? Schedule;

    /// <summary>Whether a second call named another schedule: none of the two would be sure to win.</summary>
    internal bool IsAmbiguous;

    internal RetentionSchedule LoadSchedule() => Schedule ?? RetentionSchedule.Load(ScheduleFile!);
}
