using Abm.Privacy.Masking.Text.Scanning;
using Microsoft.Extensions.Options;

namespace Abm.Privacy.Masking.Text;

internal sealed class TextScannerOptionsValidator : IValidateOptions<TextScannerOptions>
{
    public static IReadOnlyList<string> FindFaults(TextScannerOptions options)
    {
        var faults = new List<string>();
        if (!(options.MinScore is > 0 and <= 1))
        {
            faults.Add("Text scanner: MinScore must be above 0 and at most 1. The default is 0.5.");
        }

        if (!options.FoundKinds().Any() && options.Patterns.Count == 0)
        {
            faults.Add("Text scanner: it looks for nothing. Add a kind or a pattern.");
        }

        foreach (var kind in options.Kinds.Union(options.ExcludedKinds).Where(kind => kind == TextKind.Custom || !Enum.IsDefined(kind)))
        {
            faults.Add($"Text scanner: {(int)kind} is not a kind to ask for. Patterns of your own follow from Patterns.");
        }

        foreach (var (name, pattern) in options.Patterns)
        {
            if (string.IsNullOrWhiteSpace(name))
            {
                faults.Add("Text scanner: a pattern has no name. Name it after what it finds.");
            }

            if (TextPattern.FindFault(pattern) is { } fault)
            {
                faults.Add($"Text scanner: the pattern '{name}' cannot be used. {fault}");
            }
        }

        return faults;
    }

    public ValidateOptionsResult Validate(string? name, TextScannerOptions options) =>
        FindFaults(options) is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
}
