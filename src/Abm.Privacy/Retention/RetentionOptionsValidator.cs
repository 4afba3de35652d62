using Microsoft.Extensions.Options;

namespace Abm.Privacy.Retention;

/// <summary>Loads the schedule too, so that a faulty one is reported at start and not at the first record.</summary>
internal sealed class RetentionOptionsValidator : IValidateOptions<RetentionOptions>
{
    public ValidateOptionsResult Validate(string? name, RetentionOptions options)
    {
        if (options.IsAmbiguous || string.IsNullOrWhiteSpace(options.ScheduleFile) == options.Schedule is null)
        {
            return ValidateOptionsResult.Fail(!options.IsAmbiguous && options.Schedule is null
                ? "Retention has no schedule. Call UseScheduleFile(\"policies/retention.json\"), set ScheduleFile in the configuration, or call UseSchedule."
                : "Retention has two schedules. Use one schedule file or one UseSchedule.");
        }

        try
        {
            options.LoadSchedule();
            return ValidateOptionsResult.Success;
        }
        catch (InvalidDocumentException error)
        {
            return ValidateOptionsResult.Fail(error.Faults.Select(fault => $"'{error.DocumentSource}', {fault}"));
        }
    }
}
