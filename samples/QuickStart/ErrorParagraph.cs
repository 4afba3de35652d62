using Abm.Privacy;
using Microsoft.Extensions.Options;

namespace QuickStart;

/// <summary>Turns any error into one paragraph and an exit code, without a value of a row.</summary>
internal static class ErrorParagraph
{
    public static (ExitCodes ExitCode, string Message) For(Exception error) => error switch
    {
        QuickStartException known => (known.ExitCode, Line(known.Message)),
        OperationCanceledException => (ExitCodes.Canceled, "Canceled. Files that were not finished are not there."),
        PrivacyException privacy => (ExitCodes.Privacy, Line(privacy.Message)),
        OptionsValidationException options => (ExitCodes.Privacy, Line(string.Join(" ", options.Failures))),
        AggregateException many when many.InnerExceptions.All(inner => inner is OptionsValidationException) =>
            (ExitCodes.Privacy, Line(string.Join(" ", many.InnerExceptions.Cast<OptionsValidationException>().SelectMany(options => options.Failures)))),
        IOException or UnauthorizedAccessException => (ExitCodes.Output, "A file could not be written. Check that the disk is not full and that you may write to the output folder and the key folder, or name other folders with --out and --keys."),
        // messages of other exceptions may quote what was read, so only the type and the place are shown
        _ => (ExitCodes.Unexpected, Line($"An unexpected error of type {error.GetType().Name} stopped the program at {Place(error)}. Please report it with these two names and without your data.")),
    };

    private static string Place(Exception error) =>
        error.TargetSite is { DeclaringType: { } type } method ? $"{type.Name}.{method.Name}" : "an unknown place";

    private static string Line(string message) => string.Join(' ', message.Split(['\r', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
