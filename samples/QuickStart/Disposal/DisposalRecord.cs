using System.Globalization;
using QuickStart.Output;

namespace QuickStart.Disposal;

/// <summary>The file that says what was disposed of, when, and by which rule. It grows from run to run.</summary>
internal static class DisposalRecord
{
    private static readonly string[] Columns = ["contact_id", "action", "fields", "rules", "due_since", "schedule_sha256", "disposed_at"];

    public static Task<CsvOutput> OpenAsync(OutputFolder folder, CancellationToken cancellationToken) =>
        CsvOutput.AppendAsync(folder, "disposals.csv", Columns, cancellationToken);

    public static Task AddAsync(CsvOutput file, DisposalPlan plan, DateTimeOffset at)
    {
        var deciding = plan.Fields.Where(entry => entry.Decision.DisposeFrom <= at).ToList();
        return file.RowAsync(
            plan.Contact.Id,
            plan.DestroysKeys ? "keys destroyed" : "fields deleted",
            string.Join("; ", plan.Fields.Select(entry => entry.Field.Column)),
            string.Join("; ", deciding.SelectMany(entry => entry.Decision.WinningRules).Select(rule => rule.Id).Distinct()),
            deciding.Min(entry => entry.Decision.DisposeFrom)!.Value.ToString("O", CultureInfo.InvariantCulture),
            deciding[0].Decision.ScheduleDigest,
            at.ToString("O", CultureInfo.InvariantCulture));
    }
}
