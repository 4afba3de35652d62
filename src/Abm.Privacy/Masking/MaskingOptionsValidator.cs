using Abm.Privacy.Classification;
using Microsoft.Extensions.Options;

namespace Abm.Privacy.Masking;

internal sealed class MaskingOptionsValidator : IValidateOptions<MaskingOptions>
{
    public static IReadOnlyList<string> FindFaults(MaskingOptions options)
    {
        var faults = new List<string>();
        foreach (var (name, text) in options.Classes)
        {
            if (!DataClass.TryCreate(name, out _))
            {
                faults.Add($"Masking: '{name}' is not a data class. Write lower-case parts joined by dots, for example 'contact.email'.");
            }

            if (!MaskSpecification.TryParse(text, out _, out var problem))
            {
                faults.Add($"Masking: the mask of '{name}' is not valid. {problem}");
            }

            if (options.Treatments.ContainsKey(name))
            {
                faults.Add($"Masking: '{name}' has one mask in Classes and one set by Use. Remove one of them.");
            }
        }

        foreach (var name in options.Classes.Keys.Union(options.Treatments.Keys, StringComparer.Ordinal))
        {
            if (DataClass.TryCreate(name, out _) && DataClasses.MisspelledBy(name) is { } meant)
            {
                faults.Add($"Masking: '{name}' is close to the built-in class '{meant}', which keeps its default mask. Write '{meant}', or choose a name that cannot be taken for it.");
            }
        }

        return faults;
    }

    public ValidateOptionsResult Validate(string? name, MaskingOptions options) =>
        FindFaults(options) is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
}
