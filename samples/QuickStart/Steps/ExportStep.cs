using Abm.Privacy.Classification;
using Abm.Privacy.EntityFrameworkCore.Masking;
using Abm.Privacy.Masking;
using Abm.Privacy.Masking.Keyed;
using Microsoft.EntityFrameworkCore;
using QuickStart.Contacts;
using QuickStart.Protection;
using QuickStart.Storage;
using QuickStart.TestData;

namespace QuickStart.Steps;

/// <summary>Makes a test database for developers: a dry run first, then the run that its digest approves, then a search for what must not be there.</summary>
internal sealed class ExportStep(ContactDatabase database, MaskingKeyProvider masking) : ICampaignStep
{
    public string Title => "Export: a test database without a real person";

    public async Task RunAsync(CampaignState state, StepReport report, IProgress<double> progress, CancellationToken cancellationToken)
    {
        await database.RequireContactsAsync("there is nothing to copy", cancellationToken);
        var check = new StoredCheck(database);
        await using var source = await TestDataSource.OpenAsync(check, progress, cancellationToken);
        check.Report(report, $"Nothing was copied. Restore '{ConsoleText.Clean(database.Path)}' and the key folder from the same backup.");
        if (report.Failure is not null)
        {
            return;
        }

        using var key = await masking.OpenAsync(ContactDatabase.Tenant, "test-data", cancellationToken: cancellationToken);
        await using var file = await TestDataFile.CreateAsync(state.Output, cancellationToken);
        var masks = new TestDataMasks(key);
        var copy = masks.Copy(source.Context, file.Context);
        var plan = await copy.PlanAsync(cancellationToken);
        Show(report, plan);
        if (!plan.CanRun)
        {
            report.Fail(ExitCodes.Privacy, string.Join(' ', plan.Faults));
            return;
        }

        // an application shows the plan to somebody, who hands its digest to the run
        var done = await copy.RunAsync(plan.Digest, progress: null, cancellationToken);
        report.Note($"Run: plan {done.PlanDigest[..16]} was carried out, in one transaction.");
        report.Count("contacts copied", done.Rows["contacts"]);
        report.Count("activities copied", done.Rows["activities"]);
        report.Count("activities that find their contact, with the same address", await JoinedAsync(file.Context, cancellationToken));
        await CompareAsync(report, source, file.Context, masks, cancellationToken);

        var scan = new OriginalsScan(source.Originals);
        await scan.RunAsync(file.Connection, cancellationToken);
        report.Count("original e-mail addresses and phone numbers looked for", source.Originals.Count);
        report.Count("in texts of the copy", scan.Texts);
        report.Count("originals found there", scan.Found);
        if (scan.Found > 0)
        {
            report.Fail(ExitCodes.Integrity, $"The masked copy holds {ConsoleText.Number(scan.Found)} original values and was deleted. Look at the rules of its columns.");
            return;
        }

        await file.CommitAsync();
        report.File(file.Path, done.Rows.Values.Sum());
    }

    private static void Show(StepReport report, MaskedCopyPlan plan)
    {
        report.Note($"Dry run: plan {plan.Digest[..16]}, nothing is written. The encrypted columns of contacts.db are revealed into a database in memory, which is the source.");
        var table = report.Table("The plan", 20, "table", "column", "data class", "treatment", "such as");
        foreach (var (part, column) in plan.Tables.SelectMany(part => part.Columns.Select(column => (part, column))))
        {
            table.Row(part.Name, column.Name, column.DataClass.Name, column.Treatment, column.Examples.FirstOrDefault(""));
        }
    }

    /// <summary>The same person in both tables.</summary>
    private static Task<long> JoinedAsync(TestDataContext copy, CancellationToken cancellationToken) => copy.Activities
        .Join(copy.Contacts, activity => new { Id = activity.ContactId, activity.Email }, contact => new { contact.Id, contact.Email }, (activity, contact) => activity.Id)
        .LongCountAsync(cancellationToken);

    /// <summary>A few persons before, in class terms alone, and after.</summary>
    private static async Task CompareAsync(StepReport report, TestDataSource source, TestDataContext copy, TestDataMasks masks, CancellationToken cancellationToken)
    {
        var table = report.Table("Persons before, in class terms, and after", 9, "contact of line", "before", "after, in contacts", "after, in activities");
        foreach (var (line, original) in source.First)
        {
            var id = Mask.Apply(original.Id, masks.Id);
            var contact = await copy.Contacts.AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
            var activity = await copy.Activities.AsNoTracking().SingleAsync(row => row.ContactId == id, cancellationToken);
            Row($"{DataClasses.PersonName}, {NameScript.Of(original.Name)}", contact.Name ?? "", null);
            Row($"{DataClasses.Email}, valid", contact.Email, activity.Email);
            Row($"{DataClasses.Behavior}, a date", Day(contact.LastActivityAt), Day(activity.At));

            void Row(string before, string inContacts, string? inActivities) =>
                table.Row(ConsoleText.Number(line), before, inContacts, inActivities is null ? "" : inActivities == inContacts ? "the same" : inActivities);
        }
    }

    private static string Day(DateTimeOffset? instant) => instant is { } at ? at.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : "";
}
