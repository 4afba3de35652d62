using Abm.Privacy.Encryption;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Microsoft.EntityFrameworkCore;
using QuickStart.Storage;

namespace QuickStart.Steps;

/// <summary>Rotates the tenant key while contacts are read, then the key of one person; nothing stops and nothing becomes unreadable.</summary>
internal sealed class RotateStep(ContactDatabase database, KeyLifecycle lifecycle) : ICampaignStep
{
    private const string Why = "campaign day: key rotation";

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

    /// <summary>Gives one person a new key, and encrypts the person's stored values anew under it.</summary>
    private async Task RotateOneAsync(StepReport report, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        var row = await context.Contacts.OrderBy(contact => contact.Line).ThenBy(contact => contact.Id).FirstAsync(cancellationToken);
        (await context.RevealAsync([row], contact => contact, Why, cancellationToken)).ThrowIfFailed();
        var fields = StoredFields.Of(row).ToList();
        var table = report.Table("The key of one person", 3, "", "key of the stored values", "values");
        table.Row($"row {ConsoleText.Number(row.Line)} before", KeysOf(row, fields), ConsoleText.Number(fields.Count));

        await lifecycle.RotateAsync(ContactDatabase.Tenant, DataKeyOwner.ForSubject(new SubjectId(row.Id)), cancellationToken);
        fields.ForEach(field => context.Entry(row).Property(field.Property).IsModified = true); // what is written is encrypted under the active key
        await context.SaveChangesAsync(cancellationToken);

        await using var later = database.Open();
        var opened = await later.RevealAsync(later.OfIds([row.Id]).AsNoTracking(), contact => contact, Why, cancellationToken);
        opened.ThrowIfFailed();
        table.Row($"row {ConsoleText.Number(row.Line)} after", KeysOf(opened[0].Entity, fields), ConsoleText.Number(fields.Count));
    }

    private static string KeysOf(StoredContact row, List<StoredField> fields) => string.Join(", ", fields
        .Select(field => EnvelopeInfo.TryRead(field.Get(row)!.Envelope.Span, out var info) ? info.KeyId.ToString() : "none").Distinct());
}
