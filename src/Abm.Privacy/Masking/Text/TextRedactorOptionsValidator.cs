using Microsoft.Extensions.Options;

namespace Abm.Privacy.Masking.Text;

internal sealed class TextRedactorOptionsValidator : IValidateOptions<TextRedactorOptions>
{
    public static IReadOnlyList<string> FindFaults(TextRedactorOptions options)
    {
        var faults = new List<string>();
        foreach (var (kind, text) in options.Masks)
        {
            if (!MaskSpecification.TryParse(text, out var treatment, out var problem))
            {
                faults.Add($"Text redactor: the mask of {kind} is not valid. {problem}");
            }
            else if (treatment is ClearTreatment)
            {
                faults.Add($"Text redactor: {kind} would be found and shown. Take the kind out of the scanner instead.");
            }

            if (options.Treatments.ContainsKey(kind))
            {
                faults.Add($"Text redactor: {kind} has one mask in Masks and one set by Use. Remove one of them.");
            }
        }

        foreach (var kind in options.Masks.Keys.Union(options.Treatments.Keys).Where(kind => !Enum.IsDefined(kind)))
        {
            faults.Add($"Text redactor: {(int)kind} is not a kind.");
        }

        return faults;
    }

    public ValidateOptionsResult Validate(string? name, TextRedactorOptions options) =>
        FindFaults(options) is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
}
