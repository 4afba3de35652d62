using Abm.Privacy.Classification;
using Abm.Privacy.Masking;
using QuickStart.Contacts;
using QuickStart.Output;

namespace QuickStart.Steps;

/// <summary>
/// Writes the view for support: every value masked by its data class, row by row from the file, so that memory stays flat.
/// Only what was read as what it should be is shown: a value in the wrong column is left out, whatever its column's mask.
/// </summary>
internal sealed class MaskStep(IMasker masker) : ICampaignStep
{
    private static readonly string[] Shown = [ContactColumns.FirstName, ContactColumns.LastName, ContactColumns.Email, ContactColumns.Phone];

    public string Title => "Mask: what support may see";

    public async Task RunAsync(CampaignState state, StepReport report, IProgress<double> progress, CancellationToken cancellationToken)
    {
        using var source = await state.Contacts.OpenAsync(cancellationToken);
        ContactField[] fields = [.. ContactFields.All];
        var (parser, verdicts) = (new ContactParser(source.Header), state.Contacts.Verdicts);
        await using var file = await CsvOutput.CreateAsync(state.Output, "support-view.csv", [.. fields.Select(field => field.Column)]);
        var (rejected, leftOut) = (0L, 0L);
        var cells = new string[fields.Length];
        var shown = Array.ConvertAll(Shown, column => Array.FindIndex(fields, field => field.Column == column));
        var examples = report.Examples(["line", .. Shown]);
        await foreach (var row in source.RowsAsync(cancellationToken))
        {
            progress.Report(source.Progress);
            if (verdicts.IsLeftOut(row.Line))
            {
                leftOut++;
                continue;
            }

            if (parser.Parse(row) is not { } parsed)
            {
                rejected++;
                continue;
            }

            var contact = verdicts.Complete(parsed);
            for (var i = 0; i < fields.Length; i++)
            {
                cells[i] = masker.Mask(fields[i].DataClass, fields[i].Read(contact));
            }

            await file.RowAsync(cells);
            if (!examples.IsFull && Array.TrueForAll(shown, at => cells[at].Length > 0))
            {
                examples.Row([ConsoleText.Number(row.Line), .. shown.Select(at => cells[at])]);
            }
        }

        await file.CommitAsync(cancellationToken);
        report.Count("rows of the file", file.Rows + rejected + leftOut);
        report.Count("= masked", file.Rows);
        report.Count("+ left out as duplicates or erased", leftOut);
        report.Count("+ left out as rejected", rejected);
        Describe(report, fields);
        report.File(file.Path, file.Rows);
    }

    /// <summary>One line for each class: what becomes of a made-up value.</summary>
    private void Describe(StepReport report, ContactField[] fields)
    {
        var table = report.Table("What a column becomes, by data class, shown on made-up values", fields.Length, "data class", "columns", "made-up value", "support sees");
        foreach (var group in fields.GroupBy(field => field.DataClass))
        {
            var sample = SampleOf(group.Key);
            var masked = masker.Mask(group.Key, sample);
            table.Row(group.Key.Name, string.Join(", ", group.Select(field => field.Column)), sample, masked.Length == 0 ? "(nothing)" : masked);
        }
    }

    private static string SampleOf(DataClass dataClass) => dataClass.Name switch
    {
        DataClasses.Email => "jane.doe@shop.example",
        DataClasses.Phone => "+4930123456",
        DataClasses.PersonName => "Jane",
        DataClasses.AccountName => "Shop Ltd",
        DataClasses.AccountDomain => "shop.example",
        DataClasses.Country => "DE",
        DataClasses.JobTitle => "Buyer",
        ContactClasses.ContactId => "c-1",
        ContactClasses.Employer => "a-1",
        DataClasses.Note => "met at the fair",
        _ => "2026-01-31",
    };
}
