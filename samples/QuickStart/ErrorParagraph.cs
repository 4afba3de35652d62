using Abm.Privacy;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace QuickStart;

/// <summary>Turns any error into one paragraph and an exit code, without a value of a row.</summary>
internal static class ErrorParagraph
{
    public static (ExitCodes ExitCode, string Message) For(Exception error) => error switch
    {
        QuickStartException known => (known.ExitCode, Line(known.Message)),
        OperationCanceledException => (ExitCodes.Canceled, "Canceled. Files that were not finished are not there; the batches of contacts that were stored stay, and the next run goes on from them."),
        PrivacyException privacy => (ExitCodes.Privacy, Line(privacy.Message)),
        OptionsValidationException options => (ExitCodes.Privacy, Line(string.Join(" ", options.Failures))),
        AggregateException many when many.InnerExceptions.All(inner => inner is OptionsValidationException) =>
            (ExitCodes.Privacy, Line(string.Join(" ", many.InnerExceptions.Cast<OptionsValidationException>().SelectMany(options => options.Failures)))),
        SqliteException database => OfDatabase(database),
        DbUpdateException { InnerException: SqliteException database } => OfDatabase(database),
        IOException or UnauthorizedAccessException => (ExitCodes.Output, "A file could not be written. Check that the disk is not full and that you may write to the output folder and the key folder, or name other folders with --out and --keys."),
        // messages of other exceptions may quote what was read, so only the type and the place are shown
        _ => (ExitCodes.Unexpected, Line($"An unexpected error of type {error.GetType().Name} stopped the program at {Place(error)}. Please report it with these two names and without your data.")),
    };

    /// <summary>The primary result codes of SQLite for a file that is no database or a damaged one.</summary>
    private static (ExitCodes ExitCode, string Message) OfDatabase(SqliteException error) => error.SqliteErrorCode is 11 or 26
        ? (ExitCodes.Integrity, "The database contacts.db is damaged or is no database. Restore it and the key folder from the same backup, or name other folders with --out and --keys to begin anew.")
        : (ExitCodes.Output, $"The database contacts.db could not be read or written (SQLite error {error.SqliteErrorCode}). Check that the disk is not full, that you may write to the output folder, and that no other run uses it.");

    private static string Place(Exception error) =>
        error.TargetSite is { DeclaringType: { } type } method ? $"{type.Name}.{method.Name}" : "an unknown place";

    private static string Line(string message) => string.Join(' ', message.Split(['\r', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
