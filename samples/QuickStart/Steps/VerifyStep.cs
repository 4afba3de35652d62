using Abm.Privacy;
using Abm.Privacy.Encryption;
using QuickStart.Contacts;
using QuickStart.Input;
using QuickStart.Protection;

namespace QuickStart.Steps;

/// <summary>Decrypts everything that is stored. After the protect step it compares each value with the list too; alone it works on the stored file.</summary>
internal sealed class VerifyStep(ContactCipher cipher) : ICampaignStep
{
    private const int ExampleRows = 3;

    public string Title => "Verify: does every stored value open where it stands, and nowhere else?";

    public async Task RunAsync(CampaignState state, StepReport report, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var path = ProtectedFile.PathIn(state.Output);
        if (!File.Exists(path))
        {
            throw TextInput.Wrong(path, "does not exist: nothing is stored yet. Run the protect step first, or name the folder of an earlier run with --out.");
        }

        var check = new StoredCheck(cipher);
        var opened = check.RunAsync(state.Output, progress, cancellationToken);
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
        first.ForEach(contact => examples.Row(ConsoleText.Number(contact.Line), ConsoleText.Number(contact.Fields.Count), KeyOf(contact)));
        await new TamperingTrial(cipher).RunAsync(first, report, cancellationToken);
        check.Report(report, $"Restore '{ConsoleText.Clean(path)}' and the key folder from the same backup, and find out who can write there.");
    }

    private static async Task CompareAsync(
        StoredCheck check, IAsyncEnumerable<OpenedContact> opened, IAsyncEnumerable<Contact> source, List<StoredContact> first, StepReport report, CancellationToken cancellationToken)
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

            if (!await contact.MoveNextAsync() || contact.Current.Id != stored.Stored.ContactId)
            {
                // rows stand in the order of the list, so nothing after this one can be compared
                inOrder = false;
                check.Fault(stored.Stored.Line, StoredFault.WholeRow, PrivacyErrorCode.FormatUnknown);
                continue;
            }

            foreach (var field in ContactFields.Protected)
            {
                var isSame = field.Read(contact.Current) == stored.Values.GetValueOrDefault(field.Column);
                same += isSame && stored.Values.ContainsKey(field.Column) ? 1 : 0;
                if (!isSame && !stored.Faults.Any(fault => fault.Field == field.Column))
                {
                    check.Fault(stored.Stored.Line, field.Column, stored.Values.ContainsKey(field.Column) ? PrivacyErrorCode.DecryptionFailed : PrivacyErrorCode.FormatUnknown);
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
        EnvelopeInfo.TryRead(EnvelopeText.Decode(contact.Fields[0].Value), out var info) ? info.KeyId.ToString() : "";

    private static void Keep(List<StoredContact> first, OpenedContact opened)
    {
        if (first.Count < ExampleRows && opened.Faults.Count == 0 && opened.Values.ContainsKey(ContactColumns.Email))
        {
            first.Add(opened.Stored);
        }
    }
}
