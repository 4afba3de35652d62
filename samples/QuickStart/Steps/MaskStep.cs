using Abm.Privacy.Classification;
using Abm.Privacy.Masking;
using QuickStart.Contacts;
using QuickStart.Output;

namespace QuickStart.Steps;

/// <summary>Writes the view for support: every cell masked by its data class, row by row from the file, so that memory stays flat.</summary>
internal sealed class MaskStep(IMasker masker) : ICampaignStep
{
    private static readonly string[] Shown = [ContactColumns.FirstName, ContactColumns.LastName, ContactColumns.Email, ContactColumns.Phone];

    public string Title => "Mask: what support may see";

    public async Task RunAsync(CampaignState state, StepReport report, IProgress<double> progress, CancellationToken cancellationToken)
    {
        using var source = await state.Contacts.OpenAsync(cancellationToken);
        var columns = ContactColumns.All.Where(column => !source.Header.Absent.Contains(column)).ToArray();
        var classes = Array.ConvertAll(columns, ContactFields.ClassOf);
        await using var file = await CsvOutput.CreateAsync(state.Output, "support-view.csv", columns);
        var (malformed, leftOut) = (0L, 0L);
        var cells = new string[columns.Length];
        string[] shown = [.. Shown.Intersect(columns)];
        var shownAt = Array.ConvertAll(shown, column => Array.IndexOf(columns, column));
        var examples = report.Examples(["line", .. shown]);
        await foreach (var row in source.RowsAsync(cancellationToken))
        {
            progress.Report(source.Progress);
            if (row.Malformed is not null)
            {
                malformed++;
                continue;
            }

            if (state.Contacts.Verdicts.IsLeftOut(row.Line))
            {
                leftOut++;
                continue;
            }

            for (var i = 0; i < columns.Length; i++)
            {
                cells[i] = masker.Mask(classes[i], source.Header.Cell(row.Cells, columns[i]));
            }

            await file.RowAsync(cells);
            if (!examples.IsFull && Array.TrueForAll(shownAt, at => cells[at].Length > 0))
            {
                examples.Row([ConsoleText.Number(row.Line), .. shownAt.Select(at => cells[at])]);
            }
        }

        await file.CommitAsync(cancellationToken);
        report.Count("rows read", file.Rows + malformed + leftOut);
        report.Count("= masked", file.Rows);
        report.Count("+ left out: duplicates and erased contacts", leftOut);
        report.Count("+ left out: no row of this file (see rejected.csv)", malformed);
        Describe(report, columns, classes);
        report.File(file.Path, file.Rows);
    }

    /// <summary>One line for each class: what becomes of a made-up value.</summary>
    private void Describe(StepReport report, string[] columns, DataClass[] classes)
    {
        var table = report.Table("What a column becomes, by data class, shown on made-up values", classes.Length, "data class", "columns", "made-up value", "support sees");
        foreach (var dataClass in classes.Distinct())
        {
            var sample = SampleOf(dataClass);
            var masked = masker.Mask(dataClass, sample);
            table.Row(dataClass.Name, string.Join(", ", columns.Where((_, i) => classes[i] == dataClass)), sample, masked.Length == 0 ? "(nothing)" : masked);
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
