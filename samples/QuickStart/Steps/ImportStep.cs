using QuickStart.Contacts;
using QuickStart.Output;

namespace QuickStart.Steps;

/// <summary>Reads every row once, lists what is wrong, finds duplicates, and accounts for every row.</summary>
internal sealed class ImportStep : ICampaignStep
{
    private const int ListedFaults = 10;

    public string Title => "Import: is every row a contact we can use?";

    public async Task RunAsync(CampaignState state, StepReport report, IProgress<double> progress, CancellationToken cancellationToken)
    {
        using var file = await state.Contacts.OpenAsync(cancellationToken);
        await using var rejected = await FaultFile.CreateAsync(state.Output, "rejected.csv", withRows: state.Options.KeepRejected);
        await using var adjusted = await FaultFile.CreateAsync(state.Output, "adjusted.csv", withRows: false);
        var run = new ImportRun(file.Header, rejected, adjusted);
        await foreach (var row in file.RowsAsync(cancellationToken))
        {
            progress.Report(file.Progress);
            await run.TakeAsync(row);
        }

        if (run.Read == 0)
        {
            throw Input.TextInput.Wrong(state.Contacts.Path, "holds a header and no rows. Add the contacts below the header.");
        }

        await rejected.CommitAsync(cancellationToken);
        await adjusted.CommitAsync(cancellationToken);
        state.Contacts.Verdicts = run.Verdicts;
        Report(report, file, run, rejected, adjusted);
        if (run.Imported == 0)
        {
            throw Input.TextInput.Wrong(state.Contacts.Path, $"holds no row that can be imported: all {ConsoleText.Number(run.Read)} are rejected. The reasons stand in '{ConsoleText.Clean(rejected.Path)}'.");
        }
    }

    private static void Report(StepReport report, ContactFile file, ImportRun run, FaultFile rejected, FaultFile adjusted)
    {
        report.Count("rows read", run.Read);
        report.Count("= imported", run.Imported);
        report.Count("+ merged into an earlier row", run.Merged);
        report.Count("+ rejected", run.Rejected);
        report.Count("accounts", run.Accounts);
        report.Count("values left out of rows", run.LeftOutValues);
        report.Count("role addresses (info@, sales@ ...)", run.RoleAddresses);
        report.Count("without a country", run.WithoutCountry);
        report.Note($"Read as {file.Encoding}, columns separated by {(file.Delimiter == '\t' ? "tab" : $"'{file.Delimiter}'")}{(file.BlankLines > 0 ? $"; blank lines skipped: {ConsoleText.Number(file.BlankLines)}" : "")}.");
        ReportColumns(report, file.Header);
        var examples = report.Examples("line", "country", "e-mail", "phone", "name in", "time zone");
        foreach (var contact in run.Examples.Pick())
        {
            examples.Row(ContactTraits.Describe(contact));
        }

        Listed(report, "Rejected rows, by reason", run.RejectedBy);
        Listed(report, "Values left out and rows merged, by reason", run.AdjustedBy);
        var first = report.Table("First faults", ListedFaults, "line", "field", "reason");
        run.FirstFaults.ForEach(fault => first.Row(ConsoleText.Number(fault.Line), fault.Field, fault.Reason));
        report.File(rejected.Path, rejected.Rows);
        report.File(adjusted.Path, adjusted.Rows);
    }

    private static void ReportColumns(StepReport report, ContactHeader header)
    {
        if (header.Unknown.Count > 0)
        {
            const int named = 20;
            var names = string.Join(", ", header.Unknown.Take(named).Select(name => $"'{ConsoleText.Clean(name)}'"));
            report.Note($"Columns that are not known and not used: {names}{(header.Unknown.Count > named ? $" and {header.Unknown.Count - named} more" : "")}.");
        }

        if (header.Absent.Count > 0)
        {
            report.Note($"Columns that the file does not have, so that their facts are unknown: {string.Join(", ", header.Absent)}.");
        }
    }

    private static void Listed(StepReport report, string title, FaultCounts counts)
    {
        var table = report.Table(title, ListedFaults, "field", "reason", "count");
        foreach (var (field, reason, count) in counts.MostFrequentFirst())
        {
            table.Row(field, reason, ConsoleText.Number(count));
        }
    }
}
