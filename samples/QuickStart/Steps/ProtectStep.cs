using Abm.Privacy;
using Abm.Privacy.Encryption;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Microsoft.EntityFrameworkCore;
using QuickStart.Contacts;
using QuickStart.Keys;
using QuickStart.Ledger;
using QuickStart.Protection;
using QuickStart.Storage;

namespace QuickStart.Steps;

/// <summary>
/// Stores every contact with its fields encrypted. What an earlier day stored is opened first, and nothing is written unless all of it
/// opens; then only what differs from the list is written, in batches that are whole or not there.
/// </summary>
internal sealed class ProtectStep(ContactDatabase database, KeyRing ring, KeyFolder keys) : ICampaignStep
{
    public string Title => "Protect: each field encrypted in the database, under a key of its own person";

    public async Task RunAsync(CampaignState state, StepReport report, IProgress<double> progress, CancellationToken cancellationToken)
    {
        if (await database.HasContactsAsync(cancellationToken) && !await OpensAsync(report, progress, cancellationToken))
        {
            return;
        }

        await database.EnsureCreatedAsync(cancellationToken);
        var (contacts, values, written, erased) = (0L, 0L, 0L, 0L);
        var examples = report.Examples("contact of line", "fields", "e-mail as stored (beginning)", "bytes");
        await foreach (var batch in state.Contacts.ReadAsync(progress, cancellationToken).Chunk(ContactDatabase.BatchSize).WithCancellation(cancellationToken))
        {
            var living = await LivingAsync(batch, cancellationToken);
            foreach (var contact in batch.Except(living))
            {
                state.Contacts.Verdicts.LeaveOutErased(contact);
                erased++;
            }

            await using var context = database.Open();
            written += await StoreAsync(context, living, state.Time.GetUtcNow(), cancellationToken);
            contacts += living.Count;
            foreach (var row in context.Contacts.Local.OrderBy(row => row.Line))
            {
                values += StoredFields.Of(row).Count();
                Show(examples, row);
            }
        }

        var removed = await RemoveOthersAsync(state, contacts, cancellationToken);
        state.IsProtected = true;
        report.Count("contacts stored", contacts);
        report.Count("values stored, each encrypted", values);
        report.Count("values encrypted and written today", written);
        if (removed > 0)
        {
            report.Count("rows removed that the list does not have", removed);
        }

        if (erased > 0)
        {
            report.Count("erased on an earlier day and not taken in again", erased);
            report.Note("The list still has the rows of erased contacts. Remove them there; no step of this run uses them.");
        }

        report.Note("Encrypted: " + string.Join(", ", StoredFields.All.Select(field => field.Column)) + ".");
        report.Note("Data keys lie in the database beside the rows, in the same transaction; the tenant keys that wrap them lie in the key folder.");
        report.Note(keys.PasswordSource);
        report.File(database.Path, contacts);
    }

    /// <returns>The contacts whose keys were not destroyed on purpose; no key is made.</returns>
    private async Task<List<Contact>> LivingAsync(Contact[] batch, CancellationToken cancellationToken)
    {
        using var lease = await ring.OpenReadOnlyAsync(ContactDatabase.Tenant, [.. batch.Select(contact => new SubjectId(contact.Id))], cancellationToken);
        return [.. batch.Where(contact => !IsErased(lease, contact))];
    }

    private static bool IsErased(KeyLease lease, Contact contact)
    {
        try
        {
            _ = lease.FindActiveKeyId(DataKeyOwner.ForSubject(new SubjectId(contact.Id)));
            return false;
        }
        catch (PrivacyException error) when (error.Code == PrivacyErrorCode.SubjectErased)
        {
            return true;
        }
    }

    /// <returns>How many values were written.</returns>
    private static async Task<long> StoreAsync(CrmContext context, List<Contact> contacts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = await context.ByIdAsync(contacts.Select(contact => contact.Id), cancellationToken);
        (await context.RevealAsync(rows.Values, row => row, "comparison with the list", cancellationToken)).ThrowIfFailed();
        var written = 0L;
        foreach (var contact in contacts)
        {
            if (!rows.TryGetValue(contact.Id, out var row))
            {
                row = new StoredContact { TenantId = ContactDatabase.Tenant.Value, Id = contact.Id };
                context.Add(row);
            }

            row.Line = contact.Line;
            var hadAddress = row.Email is not null;
            var taken = StoredFields.All.Where(field => field.Take(row, contact)).Select(field => field.Column).ToList();
            written += taken.Count;
            row.IsInLedger &= !taken.Exists(ContactProfile.Columns.Contains);
            if (hadAddress && taken.Contains(ContactColumns.Email))
            {
                (row.ContactPoint, row.AddressSince) = (null, now);
            }
        }

        await context.SaveChangesAsync(cancellationToken); // encrypts, and stores first keys with the rows
        return written;
    }

    /// <summary>The store follows the list: rows of contacts that it has no more are removed, as are leftovers of erased ones.</summary>
    private async Task<int> RemoveOthersAsync(CampaignState state, long contacts, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        if (await context.Contacts.LongCountAsync(cancellationToken) == contacts)
        {
            return 0;
        }

        var others = await context.Contacts.Select(row => row.Id).ToHashSetAsync(cancellationToken);
        await foreach (var contact in state.Contacts.ReadAsync(cancellationToken: cancellationToken))
        {
            others.Remove(contact.Id);
        }

        var removed = 0;
        foreach (var ids in others.Chunk(ContactDatabase.BatchSize))
        {
            removed += await context.OfIds(ids).ExecuteDeleteAsync(cancellationToken);
        }

        return removed;
    }

    private static void Show(ReportTable examples, StoredContact row)
    {
        const int shown = 40;
        var envelope = row.Email!.Envelope;
        if (!examples.IsFull)
        {
            examples.Row(ConsoleText.Number(row.Line), ConsoleText.Number(StoredFields.Of(row).Count()), EnvelopeText.Encode(envelope.Span)[..shown] + "…", ConsoleText.Number(envelope.Length));
        }
    }

    private async Task<bool> OpensAsync(StepReport report, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var check = new StoredCheck(database);
        await foreach (var _ in check.RunAsync(progress, cancellationToken))
        {
            // counted by the check
        }

        report.Count("values that an earlier run stored", check.Values);
        report.Count("= decrypt today", check.Opened);
        report.Count("+ erased on purpose", check.Erased);
        report.Count("+ faulty", check.Values - check.Opened - check.Erased);
        check.Report(report, $"Nothing was replaced. Restore '{ConsoleText.Clean(database.Path)}' and the key folder from the same backup, or name other folders with --out and --keys to begin anew.");
        return report.Failure is null;
    }
}
