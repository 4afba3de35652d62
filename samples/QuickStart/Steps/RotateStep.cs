using Abm.Privacy.Encryption;
using Abm.Privacy.EntityFrameworkCore.Maintenance;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Microsoft.EntityFrameworkCore;
using QuickStart.Storage;

namespace QuickStart.Steps;

/// <summary>Rotates the tenant key while contacts are read, then the key of one person; nothing stops and nothing becomes unreadable.</summary>
internal sealed class RotateStep(ContactDatabase database, KeyLifecycle lifecycle, Rewrapper rewrapper) : ICampaignStep
{
    private const string Why = "campaign day: key rotation";

    /// <summary>The database keeps this job's place: a run that was killed is gone on with by the next one.</summary>
    private const string Job = "contacts";

    public string Title => "Rotate: new keys while the application reads on";

    public async Task RunAsync(CampaignState state, StepReport report, IProgress<double> progress, CancellationToken cancellationToken)
    {
        await database.RequireContactsAsync("there is nothing to rotate keys for", cancellationToken);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = Task.Run(() => ReadAsync(done.Token), CancellationToken.None);
        KeyRewrapProgress rewrapped;
        try
        {
            await lifecycle.RotateTenantKeyAsync(ContactDatabase.Tenant, cancellationToken);
            rewrapped = await lifecycle.RewrapDataKeysAsync(
                ContactDatabase.Tenant,
                progress: new Progress<KeyRewrapProgress>(page => progress.Report(page.Selected == 0 ? 1 : (double)page.Rewrapped / page.Selected)),
                cancellationToken: cancellationToken);
        }
        finally
        {
            await done.CancelAsync();
        }

        var (read, failed) = await reading;
        var left = await lifecycle.RewrapDataKeysAsync(ContactDatabase.Tenant, new KeyRewrapOptions { DryRun = true }, cancellationToken: cancellationToken);
        report.Count("data keys under the old tenant key", rewrapped.Selected);
        report.Count("= wrapped under the new one", rewrapped.Rewrapped);
        report.Count("+ left", left.Selected);
        report.Count("e-mail addresses read meanwhile", read);
        report.Count("of them not readable", failed);
        await RotateOneAsync(report, cancellationToken);
        report.Note("A new tenant key touches no data: the data keys are unwrapped and wrapped again, a page at a time. The old tenant key still opens old copies until a shred epoch is closed.");
        if (failed > 0)
        {
            report.Fail(ExitCodes.Integrity, $"{ConsoleText.Number(failed)} values could not be read while keys were rotated. Run with --only verify to see whether they are damaged, and report it if they are not.");
        }
    }

    /// <summary>Reads e-mail addresses, batch after batch, until it is stopped; at least all of them once.</summary>
    private async Task<(long Read, long Failed)> ReadAsync(CancellationToken stop)
    {
        var (read, failed) = (0L, 0L);
        do
        {
            await using var context = database.Open();
            await foreach (var batch in context.BatchesAsync())
            {
                var opened = await context.RevealAsync(batch, row => row.Email, Why, CancellationToken.None);
                read += opened.Count;
                failed += opened.Count(result => !result.Succeeded);
            }
        }
        while (!stop.IsCancellationRequested);
        return (read, failed);
    }

    /// <summary>Gives one person a new key, and moves what is stored under older keys to the active ones.</summary>
    private async Task RotateOneAsync(StepReport report, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        var row = await context.Contacts.AsNoTracking().OrderBy(contact => contact.Line).ThenBy(contact => contact.Id).FirstAsync(cancellationToken);
        var fields = StoredFields.Of(row).ToList();
        var table = report.Table("The key of one person", 3, "", "key of the stored values", "values");
        table.Row($"row {ConsoleText.Number(row.Line)} before", KeysOf(row, fields), ConsoleText.Number(fields.Count));

        await lifecycle.RotateAsync(ContactDatabase.Tenant, DataKeyOwner.ForSubject(new SubjectId(row.Id)), cancellationToken);
        await RewrapAsync(report, cancellationToken);

        await using var later = database.Open();
        var opened = await later.RevealAsync(later.OfIds([row.Id]).AsNoTracking(), contact => contact, Why, cancellationToken);
        opened.ThrowIfFailed();
        table.Row($"row {ConsoleText.Number(row.Line)} after", KeysOf(opened[0].Entity, fields), ConsoleText.Number(fields.Count));
    }

    /// <summary>Goes through every contact, a page at a time; what somebody writes meanwhile is left alone and looked at again.</summary>
    private async Task RewrapAsync(StepReport report, CancellationToken cancellationToken)
    {
        var contacts = new EntityRewrapSource<StoredContact>(database.Open, ContactDatabase.Tenant);
        var settings = new RewrapSettings { Job = Job, PageSize = ContactDatabase.BatchSize };
        RewrapReport done, left;
        var written = 0L;
        do
        {
            done = await rewrapper.RewrapAsync(contacts, settings, cancellationToken: cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            left = await rewrapper.RewrapAsync(contacts, new RewrapSettings { DryRun = true, PageSize = ContactDatabase.BatchSize }, cancellationToken: cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            written += done.Rewrapped;
        }
        while (left.Stale > 0 && done.Rewrapped > 0);

        report.Note($"Values move to a person's new key in a rewrap of pages, the job \"{Job}\". Its place is stored with each page, in the table abm_rewrap_cursors: if it is killed, the next run goes on there.");
        report.Count("values of all contacts", left.Fields);
        report.Count("of them encrypted anew under their person's new key", written);
        report.Count("of them left under an old one", left.Stale);
        if (left.Stale > 0)
        {
            report.Fail(ExitCodes.Integrity, $"{ConsoleText.Number(left.Stale)} values could not be moved to their person's new key. Run with --only verify to see which of them are damaged.");
        }
    }

    private static string KeysOf(StoredContact row, List<StoredField> fields) => string.Join(", ", fields
        .Select(field => EnvelopeInfo.TryRead(field.Get(row)!.Envelope.Span, out var info) ? info.KeyId.ToString() : "none").Distinct());
}
