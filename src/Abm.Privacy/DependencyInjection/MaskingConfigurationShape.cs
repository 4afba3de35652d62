using Abm.Privacy;
using Abm.Privacy.Masking;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>
/// Checks that a section has the shape of <see cref="MaskingOptions"/>. The binder skips what does not fit, and a skipped
/// mask would leave a class at a weaker default.
/// </summary>
internal sealed class MaskingConfigurationShape(string optionsName, IConfiguration configuration) : IValidateOptions<MaskingOptions>
{
    private const string Classes = nameof(MaskingOptions.Classes);

    public ValidateOptionsResult Validate(string? name, MaskingOptions options) =>
        name != optionsName ? ValidateOptionsResult.Skip
        : Faults().ToList() is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults.Select(fault => "Masking: " + fault))
        : ValidateOptionsResult.Success;

    private IEnumerable<string> Faults()
    {
        if (configuration is IConfigurationSection { Value: not null })
        {
            yield return $"the section is a single value. Write an object with '{Classes}'.";
        }
        else if (configuration is IConfigurationSection section && !section.Exists())
        {
            yield return $"the section '{section.Path}' is empty or missing. Name the section that holds '{Classes}', or add masking without a section.";
        }

        foreach (var child in configuration.GetChildren())
        {
            if (!string.Equals(child.Key, Classes, StringComparison.OrdinalIgnoreCase))
            {
                yield return $"'{child.Key}' is not known. {NearestName.Suggest(child.Key, [Classes])}";
                continue;
            }

            if (child.Value is not null && !child.GetChildren().Any())
            {
                yield return $"'{Classes}' is a single value. Write an object of data classes and their masks.";
            }

            foreach (var entry in child.GetChildren())
            {
                if (entry.GetChildren().Any())
                {
                    yield return $"'{Classes}:{entry.Key}' holds further values. Write the whole name of the data class as one key, and its mask as one text.";
                }
                else if (string.IsNullOrEmpty(entry.Value))
                {
                    yield return $"'{Classes}:{entry.Key}' has no mask. Write one, for example 'erase', or remove the entry.";
                }
            }
        }
    }
}
