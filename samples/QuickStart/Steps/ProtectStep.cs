using QuickStart.Contacts;
using QuickStart.Keys;
using QuickStart.Protection;

namespace QuickStart.Steps;

/// <summary>Stores every contact with its fields encrypted. What an earlier run stored is opened first, and replaced only if it opens whole.</summary>
internal sealed class ProtectStep(ContactCipher cipher, KeyFolder keys) : ICampaignStep
{
    public string Title => "Protect: each field encrypted, under a key of its own person";

    public async Task RunAsync(CampaignState state, StepReport report, IProgress<double> progress, CancellationToken cancellationToken)
    {
        if (File.Exists(ProtectedFile.PathIn(state.Output)) && !await OpensAsync(state, report, progress, cancellationToken))
        {
            return;
        }

        await using var file = state.Output.Create(ProtectedFile.Name);
        var (contacts, values, erased) = (0L, 0L, 0L);
        var examples = report.Examples("contact of line", "fields", "e-mail as stored (beginning)", "characters");
        await foreach (var batch in state.Contacts.ReadAsync(progress, cancellationToken).Chunk(ContactCipher.BatchSize).WithCancellation(cancellationToken))
        {
            using var lease = await cipher.LeaseAsync(batch, cancellationToken);
            foreach (var contact in batch)
            {
                if (cipher.Encrypt(lease, contact) is not { } stored)
                {
                    state.Contacts.Verdicts.LeaveOutErased(contact);
                    erased++;
                    continue;
                }

                await ProtectedFile.WriteAsync(file, stored, cancellationToken);
                contacts++;
                values += stored.Fields.Count;
                Show(examples, contact, stored);
            }
        }

        var bytes = file.Stream.Length;
        await file.CommitAsync(cancellationToken);
        state.IsProtected = true;
        report.Count("contacts stored", contacts);
        report.Count("values encrypted", values);
        report.Count("bytes", bytes);
        if (erased > 0)
        {
            report.Count("erased on an earlier day and not taken in again", erased);
            report.Note("The list still has the rows of erased contacts. Remove them there; no step of this run uses them.");
        }

        report.Note("Encrypted: " + string.Join(", ", ContactFields.Protected.Select(field => field.Column)) + ".");
        report.Note(keys.PasswordSource);
        report.File(file.Path, contacts);
    }

    private static void Show(ReportTable examples, Contact contact, StoredContact stored)
    {
        const int shown = 40;
        var envelope = stored.Fields.First(field => field.Key == ContactColumns.Email).Value;
        examples.Row(ConsoleText.Number(contact.Line), ConsoleText.Number(stored.Fields.Count), envelope[..shown] + "…", ConsoleText.Number(envelope.Length));
    }

    private async Task<bool> OpensAsync(CampaignState state, StepReport report, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var check = new StoredCheck(cipher);
        await foreach (var _ in check.RunAsync(state.Output, progress, cancellationToken))
        {
            // counted by the check
        }

        report.Count("values that an earlier run stored", check.Values);
        report.Count("= decrypt today", check.Opened);
        report.Count("+ erased on purpose", check.Erased);
        report.Count("+ faulty", check.Values - check.Opened - check.Erased);
        check.Report(report, $"Nothing was replaced. Restore '{ConsoleText.Clean(ProtectedFile.PathIn(state.Output))}' and the key folder from the same backup, or name other folders with --out and --keys to begin anew.");
        return report.Failure is null;
    }
}
