using Microsoft.EntityFrameworkCore;
using QuickStart.Contacts;
using QuickStart.Steps;
using QuickStart.Storage;

namespace QuickStart.Protection;

/// <summary>Does in the database what an intruder would do, shows which typed error each attempt gets, and takes it back.</summary>
internal sealed class TamperingTrial(ContactDatabase database)
{
    private const int LastHeaderByte = 18;

    public async Task RunAsync(IReadOnlyList<StoredContact> contacts, StepReport report, CancellationToken cancellationToken)
    {
        if (contacts is not [var one, var other, ..])
        {
            report.Note("Fewer than two stored contacts open, so tampering is not tried.");
            return;
        }

        var table = report.Table("Tampering, tried in the database and rolled back", 10, "what was done", "typed error");
        var (email, another) = (one.Email!.Envelope.ToArray(), other.Email!.Envelope.ToArray());
        await TryAsync($"one bit of the e-mail in row {one.Line} flipped", ContactColumns.Email, Email(one, Flipped(email, ^1)));
        await TryAsync("one bit of the key id of that e-mail flipped", ContactColumns.Email, Email(one, Flipped(email, LastHeaderByte)));
        await TryAsync($"the e-mails of row {one.Line} and row {other.Line} swapped", ContactColumns.Email, Email(one, another), Email(other, email));
        await TryAsync($"the e-mail of row {one.Line} put into its field for the last name", ContactColumns.LastName, LastName(one, email));
        await TryAsync("the last byte cut off", ContactColumns.Email, Email(one, email[..^1]));

        async Task TryAsync(string what, string field, params FormattableString[] statements)
        {
            await using var context = database.Open();
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            foreach (var statement in statements)
            {
                await context.Database.ExecuteSqlAsync(statement, cancellationToken);
            }

            var opened = await context.RevealAsync(context.OfIds([one.Id, other.Id]).AsNoTracking(), row => row, "tampering trial", cancellationToken);
            var noticed = opened.SelectMany(result => result.Failures).Where(failure => failure.Field == field).ToList();
            await transaction.RollbackAsync(cancellationToken);
            table.Row(what, string.Join(" and ", noticed.Select(failure => failure.Error.Code.ToString())));
            if (noticed.Count != statements.Length)
            {
                report.Fail(ExitCodes.Integrity, $"Tampering was not noticed: {what}. Do not rely on this build, and report it.");
            }
        }
    }

    private static FormattableString Email(StoredContact row, byte[] envelope) =>
        $"UPDATE contacts SET Email = {envelope} WHERE TenantId = {row.TenantId} AND Id = {row.Id}";

    private static FormattableString LastName(StoredContact row, byte[] envelope) =>
        $"UPDATE contacts SET LastName = {envelope} WHERE TenantId = {row.TenantId} AND Id = {row.Id}";

    private static byte[] Flipped(byte[] envelope, Index position)
    {
        var bytes = envelope.ToArray();
        bytes[position] ^= 1;
        return bytes;
    }
}
