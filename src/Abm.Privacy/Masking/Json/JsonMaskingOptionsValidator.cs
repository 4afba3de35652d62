using System.Text;
using System.Text.Json;
using Abm.Privacy.Classification;
using Abm.Privacy.Masking.Json.Rules;
using Microsoft.Extensions.Options;

namespace Abm.Privacy.Masking.Json;

internal sealed class JsonMaskingOptionsValidator : IValidateOptions<JsonMaskingOptions>
{
    public const int MaxMaxDepth = 100_000;
    public const int MinDocumentBytes = 1024;

    /// <summary>An escaped text, six times as long at most, still fits into one array.</summary>
    public const int MaxDocumentBytes = 256 * 1024 * 1024;

    public static IReadOnlyList<string> FindFaults(JsonMaskingOptions options)
    {
        var faults = new List<string>();
        foreach (var (path, text) in options.Masks)
        {
            AddPathFault(path, faults);
            if (!MaskSpecification.TryParse(text, out var treatment, out var problem))
            {
                faults.Add($"JSON masking: the mask of '{path}' is not valid. {problem}");
            }
            else if (treatment is ClearTreatment)
            {
                faults.Add($"JSON masking: '{path}' is to be shown in clear. Values that no rule reaches are: remove it.");
            }
        }

        foreach (var (path, name) in options.Classes)
        {
            AddPathFault(path, faults);
            if (!DataClass.TryCreate(name, out _))
            {
                faults.Add($"JSON masking: the class of '{path}' is not a data class. Write lower-case parts joined by dots, for example 'contact.email'.");
            }
            else if (DataClasses.MisspelledBy(name) is { } meant)
            {
                faults.Add($"JSON masking: the class of '{path}', '{name}', is close to the built-in class '{meant}'. Write '{meant}', or choose a name that cannot be taken for it.");
            }
        }

        if (options.Masks.Count + options.Classes.Count + options.Rules.Count + options.ClassRules.Count == 0)
        {
            faults.Add("JSON masking: there is no rule, so that every value would be shown. Add one to Masks or Classes.");
        }

        AddLimitFaults(options, faults);
        return faults;
    }

    public ValidateOptionsResult Validate(string? name, JsonMaskingOptions options) =>
        FindFaults(options) is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;

    private static void AddPathFault(string path, List<string> faults)
    {
        if (!PathParser.TryParse(path, out _, out var position, out var problem))
        {
            faults.Add("JSON masking: " + JsonPathException.Describe(path, position, problem));
        }
    }

    private static void AddLimitFaults(JsonMaskingOptions options, List<string> faults)
    {
        if (options.Engine is not (JsonMaskingEngine.Validating or JsonMaskingEngine.Structural))
        {
            faults.Add("JSON masking: Engine is not one of Validating and Structural. Choose one of them.");
        }

        if (options.MaxDepth is < 1 or > MaxMaxDepth)
        {
            faults.Add($"JSON masking: MaxDepth is {options.MaxDepth}. Choose 1 to {MaxMaxDepth}.");
        }

        if (options.MaxDocumentBytes is < MinDocumentBytes or > MaxDocumentBytes)
        {
            faults.Add($"JSON masking: MaxDocumentBytes is {options.MaxDocumentBytes}. Choose {MinDocumentBytes} to {MaxDocumentBytes}.");
        }

        if (options.BrokenLineMarker is { } marker && !IsLineOfJson(marker))
        {
            faults.Add("JSON masking: BrokenLineMarker is not one JSON value on one line. Write, for example, \"\\\"[unreadable]\\\"\" or {\"unreadable\":true}.");
        }
    }

    private static bool IsLineOfJson(string text)
    {
        if (text.AsSpan().IndexOfAny('\r', '\n') >= 0)
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(StrictUtf8.Encoding.GetBytes(text));
            return true;
        }
        catch (Exception error) when (error is JsonException or EncoderFallbackException)
        {
            return false;
        }
    }
}
