using Microsoft.Extensions.Options;

namespace Abm.Privacy.Masking.Logging;

internal sealed class LogMaskingOptionsValidator : IValidateOptions<LogMaskingOptions>
{
    public static IReadOnlyList<string> FindFaults(LogMaskingOptions options)
    {
        var faults = new List<string>();
        if (options.RedactorName is { } name && string.IsNullOrWhiteSpace(name))
        {
            faults.Add("Log masking: RedactorName is empty. Write the name of a text redactor, or leave it out.");
        }

        if (options.HiddenKeys.Any(key => LogKeys.Normalize(key).Length == 0))
        {
            faults.Add("Log masking: a hidden key has neither letters nor digits, so it would hide everything. Write a name such as 'password'.");
        }

        foreach (var (key, text) in options.Masks)
        {
            if (!MaskSpecification.TryParse(text, out _, out var problem))
            {
                faults.Add($"Log masking: the mask of the key '{key}' is not valid. {problem}");
            }
        }

        foreach (var same in options.Masks.Keys.Concat(options.Treatments.Keys).GroupBy(LogKeys.Normalize, StringComparer.Ordinal))
        {
            if (same.Key.Length == 0)
            {
                faults.Add("Log masking: a key with a mask has neither letters nor digits. Write the name of a placeholder.");
            }
            else if (same.Count() > 1)
            {
                faults.Add($"Log masking: the key '{same.First()}' has more than one mask. Keys are compared by letters and digits alone; remove all but one.");
            }
        }

        return faults;
    }

    public ValidateOptionsResult Validate(string? name, LogMaskingOptions options) =>
        FindFaults(options) is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
}
