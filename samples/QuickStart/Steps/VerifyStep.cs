using Abm.Privacy;
using Abm.Privacy.Encryption;
using Abm.Privacy.EntityFrameworkCore.Revealing;
using QuickStart.Contacts;
using QuickStart.Protection;
using QuickStart.Storage;

namespace QuickStart.Steps;

/// <summary>Decrypts everything that is stored. After the protect step it compares each value with the list too; alone it works on the database.</summary>
internal sealed class VerifyStep(ContactDatabase database) : ICampaignStep
{
    private const int ExampleRows = 3;

    public string Title => "Verify: does every stored value open where it stands, and nowhere else?";

    public async Task RunAsync(CampaignState state, StepReport report, IProgress<double> progress, CancellationToken cancellationToken)
    {
        await database.RequireContactsAsync("nothing can be verified", cancellationToken);
        var check = new StoredCheck(database);
        var opened = check.RunAsync(progress, cancellationToken);
        var first = new List<StoredContact>();
        if (state.IsProtected)
        {
            await CompareAsync(check, opened, state.Contacts.ReadAsync(cancellationToken: cancellationToken), first, report, cancellationToken);
        }
        else
        {
            await foreach (var contact in opened.WithCancellation(cancellationToken))
            {
                Keep(first, contact);
            }
        }

        report.Count("contacts stored", check.Rows);
        report.Count("values stored", check.Values);
        report.Count("= open", check.Opened);
        report.Count("+ erased on purpose", check.Erased);
        report.Count("+ faulty", check.Values - check.Opened - check.Erased);
        var examples = report.Examples("row", "values that open", "all under the key");
        first.ForEach(contact => examples.Row(ConsoleText.Number(contact.Line), ConsoleText.Number(StoredFields.Of(contact).Count()), KeyOf(contact)));
        await new TamperingTrial(database).RunAsync(first, report, cancellationToken);
        check.Report(report, $"Restore '{ConsoleText.Clean(database.Path)}' and the key folder from the same backup, and find out who can write there.");
    }

    private static async Task CompareAsync(
        StoredCheck check,
        IAsyncEnumerable<RevealResult<StoredContact>> opened,
        IAsyncEnumerable<Contact> source,
        List<StoredContact> first,
        StepReport report,
        CancellationToken cancellationToken)
    {
        var (same, missing, inOrder) = (0L, 0L, true);
        await using var contact = source.GetAsyncEnumerator(cancellationToken);
        await foreach (var stored in opened.WithCancellation(cancellationToken))
        {
            Keep(first, stored);
            if (!inOrder)
            {
                continue;
            }

            if (!await contact.MoveNextAsync() || contact.Current.Id != stored.Entity.Id)
            {
                // rows come in the order of the list, so nothing after this one can be compared
                inOrder = false;
                check.Fault(stored.Entity.Line, StoredFault.WholeRow, PrivacyErrorCode.FormatUnknown);
                continue;
            }

            foreach (var field in StoredFields.All.Where(field => !stored.Failures.Any(failure => failure.Field == field.Column)))
            {
                var (expected, value) = (field.Source.Read(contact.Current), field.Get(stored.Entity)?.GetValue());
                same += value is not null && value == expected ? 1 : 0;
                if (value != expected)
                {
                    check.Fault(stored.Entity.Line, field.Column, value is null ? PrivacyErrorCode.FormatUnknown : PrivacyErrorCode.DecryptionFailed);
                }
            }
        }

        while (inOrder && await contact.MoveNextAsync())
        {
            missing++;
        }

        if (missing > 0)
        {
            check.Fault((int)check.Rows + 1, StoredFault.WholeRow, PrivacyErrorCode.FormatUnknown);
        }

        report.Count("values that equal the list's", same);
        report.Count("contacts of the list that are not stored", missing);
    }

    private static string KeyOf(StoredContact contact) =>
        EnvelopeInfo.TryRead(contact.Email!.Envelope.Span, out var info) ? info.KeyId.ToString() : "";

    private static void Keep(List<StoredContact> first, RevealResult<StoredContact> opened)
    {
        if (first.Count < ExampleRows && opened.Succeeded && opened.Entity.Email is not null)
        {
            first.Add(opened.Entity);
        }
    }
}
