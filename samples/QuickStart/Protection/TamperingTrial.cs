using Abm.Privacy;
using Abm.Privacy.Encryption;
using QuickStart.Contacts;
using QuickStart.Steps;

namespace QuickStart.Protection;

/// <summary>Does in memory what an intruder would do to the file, and shows which typed error each attempt gets.</summary>
internal sealed class TamperingTrial(ContactCipher cipher)
{
    private const int LastHeaderByte = 18;

    public async Task RunAsync(IReadOnlyList<StoredContact> contacts, StepReport report, CancellationToken cancellationToken)
    {
        if (contacts is not [var one, var other, ..])
        {
            report.Note("Fewer than two stored contacts open, so tampering is not tried.");
            return;
        }

        using var lease = await cipher.LeaseAsync(contacts, cancellationToken);
        var email = one.Fields.First(field => field.Key == ContactColumns.Email).Value;
        var table = report.Table("Tampering, tried in memory", 10, "what was done", "typed error");
        Try($"one bit of the e-mail in row {one.Line} flipped", one, ContactColumns.Email, Flipped(email, ^1));
        Try($"one bit of the key id of that e-mail flipped", one, ContactColumns.Email, Flipped(email, LastHeaderByte));
        Try($"the e-mail of row {one.Line} put into row {other.Line}", other, ContactColumns.Email, email);
        Try($"the e-mail of row {one.Line} put into its field for the last name", one, ContactColumns.LastName, email);
        Try("the last character cut off", one, ContactColumns.Email, email[..^1]);

        void Try(string what, StoredContact row, string field, string envelope)
        {
            var code = cipher.TryOpen(lease, row.ContactId!, field, envelope, out _);
            table.Row(what, code.ToString());
            if (code == PrivacyErrorCode.None)
            {
                report.Fail(ExitCodes.Integrity, $"Tampering was not noticed: {what}. Do not rely on this build, and report it.");
            }
        }
    }

    private static string Flipped(string envelope, Index position)
    {
        var bytes = EnvelopeText.Decode(envelope);
        bytes[position] ^= 1;
        return EnvelopeText.Encode(bytes);
    }
}
