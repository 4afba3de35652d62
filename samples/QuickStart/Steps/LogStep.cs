using Abm.Privacy.Masking.Text;
using Microsoft.Extensions.Logging;
using QuickStart.Logging;

namespace QuickStart.Steps;

/// <summary>A log file before and after: what an application wrote, what may be handed on, and what one line of registration makes of it.</summary>
internal sealed class LogStep : ICampaignStep
{
    public string Title => "Log: a log file before and after";

    public async Task RunAsync(CampaignState state, StepReport report, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var before = await WriteAsync(state, "app.log", _ => { }, cancellationToken);
        var after = await RedactAsync(state, before, "app.redacted.log", cancellationToken);
        var masked = await WriteAsync(state, "app.masked.log", logging => logging.AddPrivacyMasking(), cancellationToken);
        var maskedLines = await File.ReadAllLinesAsync(masked, cancellationToken);
        var (lines, redacted) = (await File.ReadAllLinesAsync(before, cancellationToken), await File.ReadAllLinesAsync(after, cancellationToken));
        var kinds = KindsIn(lines);
        report.Count("lines of the log", lines.Length);
        report.Count("values found in it", kinds.Count);
        report.Count("values found in the redacted file", KindsIn(redacted).Count);
        report.Count("values found where the logger masks", KindsIn(maskedLines).Count);
        report.Note("Found: " + string.Join(", ", kinds.GroupBy(kind => kind).OrderBy(group => group.Key).Select(group => $"{group.Count()} {group.Key}")) + ". Everybody in this log is made up.");
        report.Note("The scanner finds what has a form. A name in a sentence has none: log classified objects with Masked(masker) instead.");
        var table = report.Table("Lines before and after", lines.Length, "app.log", "app.redacted.log");
        foreach (var (line, safe) in lines.Zip(redacted))
        {
            table.Row(ConsoleText.Clean(line), ConsoleText.Clean(safe));
        }

        report.File(before, lines.Length);
        report.File(after, redacted.Length);
        report.File(masked, maskedLines.Length);
        if (redacted.Length != lines.Length || KindsIn(redacted).Count > 0 || KindsIn(maskedLines).Count > 0)
        {
            report.Fail(ExitCodes.Integrity, "A redacted log still holds values that its own scanner finds. Do not hand it on.");
        }
    }

    private static async Task<string> WriteAsync(CampaignState state, string name, Action<ILoggingBuilder> configure, CancellationToken cancellationToken)
    {
        await using var file = state.Output.Create(name);
        using (var lines = new LogFile(file.Stream, state.Time))
        using (var factory = LoggerFactory.Create(logging => configure(logging.AddProvider(lines))))
        {
            MadeUpDay.Write(factory.CreateLogger("Shop.Newsletter"));
        }

        await file.CommitAsync(cancellationToken);
        return file.Path;
    }

    /// <summary>A file of any size: memory does not grow with it.</summary>
    private static async Task<string> RedactAsync(CampaignState state, string path, string name, CancellationToken cancellationToken)
    {
        await using var log = File.OpenRead(path);
        await using var redacted = state.Output.Create(name);
        await TextRedactor.Default.RedactAsync(log, redacted.Stream, cancellationToken: cancellationToken);
        await redacted.CommitAsync(cancellationToken);
        return redacted.Path;
    }

    private static List<TextKind> KindsIn(string[] lines)
    {
        var kinds = new List<TextKind>();
        foreach (var match in TextScanner.Default.Scan(string.Join('\n', lines)))
        {
            kinds.Add(match.Kind);
        }

        return kinds;
    }
}
