using Abm.Privacy.EntityFrameworkCore.Guarding;
using Microsoft.EntityFrameworkCore;
using QuickStart.Storage;

namespace QuickStart.Steps;

/// <summary>Finds a contact by e-mail address in encrypted columns: through the blind index, and verified by decrypting what it finds.</summary>
internal sealed class FindStep(ContactDatabase database) : ICampaignStep
{
    private const string Nobody = "nobody.at.all@nowhere.example";

    public string Title => "Find: who has this e-mail address, without decrypting the table?";

    public async Task RunAsync(CampaignState state, StepReport report, IProgress<double> progress, CancellationToken cancellationToken)
    {
        await database.RequireContactsAsync("nobody can be found", cancellationToken);
        await using var context = database.Open();
        var table = report.Table("Searches", 10, "searched for", "candidates", "verified", "row", "ms");
        if (state.Options.Find is { } wanted)
        {
            await SearchAsync("the address of --find", wanted);
        }
        else
        {
            var some = await SomeAddressAsync(context, cancellationToken);
            await SearchAsync("the address of a stored contact", some);
            await SearchAsync("the same in capitals", some.ToUpperInvariant());
            await SearchAsync("an address that nobody has", Nobody);
        }

        report.Count("contacts stored", await context.Contacts.LongCountAsync(cancellationToken));
        report.Count("bits of an index value", ContactIndexes.Email.Bits);
        report.Note($"The database compares values of the column {ContactIndexes.EmailColumn}, a keyed hash; it holds no address, and candidates count only once they are decrypted and equal.");
        report.Note($"A query for which encrypted values are no good, as OrderBy(c => c.Email), is refused: {await RefusalAsync(context, cancellationToken)}.");
        progress.Report(1);

        async Task SearchAsync(string what, string address)
        {
            var start = TimeProvider.System.GetTimestamp();
            var search = context.Contacts.AsNoTracking().WhereProtected(context, ContactDatabase.Tenant, row => row.Email, address);
            var found = await search.ToVerifiedListAsync("campaign day: find by e-mail address", cancellationToken);
            var elapsed = TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
            var candidates = await (await search.ToCandidateQueryAsync(cancellationToken)).CountAsync(cancellationToken);
            table.Row(
                what,
                ConsoleText.Number(candidates),
                ConsoleText.Number(found.Count),
                found.Count == 0 ? "none" : string.Join(", ", found.Select(row => ConsoleText.Number(row.Line))),
                elapsed.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The address of the contact in the middle.</summary>
    private static async Task<string> SomeAddressAsync(CrmContext context, CancellationToken cancellationToken)
    {
        var middle = await context.Contacts.CountAsync(cancellationToken) / 2;
        var query = context.Contacts.AsNoTracking().OrderBy(row => row.Line).ThenBy(row => row.Id).Skip(middle).Take(1);
        return (await context.RevealAsync(query, row => row.Email, "an address to search for", cancellationToken)).GetEntities()[0].Email!.GetValue();
    }

    private static async Task<string> RefusalAsync(CrmContext context, CancellationToken cancellationToken)
    {
        try
        {
            _ = await context.Contacts.OrderBy(row => row.Email).FirstAsync(cancellationToken);
            return "it was not";
        }
        catch (ProtectedQueryException error)
        {
            return error.GetType().Name;
        }
    }
}
