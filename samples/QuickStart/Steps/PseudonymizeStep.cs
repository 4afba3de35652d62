using Abm.Privacy.Pseudonymization;
using QuickStart.Analytics;
using QuickStart.Output;
using QuickStart.Storage;

namespace QuickStart.Steps;

/// <summary>Makes the list for analytics: the permitted contacts, each under a pseudonym that only this tenant's key can make.</summary>
internal sealed class PseudonymizeStep(IPseudonymizer pseudonymizer, ContactDatabase database) : ICampaignStep
{
    private static readonly PseudonymDomain Analytics = new("analytics");
    private static readonly PseudonymDomain Partner = new("partner");

    public string Title => "Pseudonymize: the permitted contacts, for analytics";

    public async Task RunAsync(CampaignState state, StepReport report, IProgress<double> progress, CancellationToken cancellationToken)
    {
        await database.EnsureCreatedAsync(cancellationToken); // the pseudonym root is stored with the other keys
        using var analytics = await pseudonymizer.OpenAsync(ContactDatabase.Tenant, Analytics, cancellationToken);
        using var partner = await pseudonymizer.OpenAsync(ContactDatabase.Tenant, Partner, cancellationToken);
        await using var file = await CsvOutput.CreateAsync(state.Output, "analytics.csv", "contact", "account", "country", "job_function");
        var (people, accounts, common) = (new HashSet<Pseudonym>(), new HashSet<string>(), new HashSet<Pseudonym>());
        var examples = report.Examples("contact of line", "for analytics", "the same contact for a partner", "country", "job function");
        await foreach (var contact in state.Contacts.ReadAsync(progress, cancellationToken))
        {
            if (!state.Permitted.Contains(contact.Id))
            {
                continue;
            }

            var pseudonym = analytics.Pseudonymize(contact.Email);
            var elsewhere = partner.Pseudonymize(contact.Email);
            var account = contact.AccountDomain is { } domain ? analytics.Pseudonymize(domain).ToString() : "";
            people.Add(pseudonym);
            common.Add(elsewhere);
            accounts.Add(account);
            await file.RowAsync(pseudonym.ToString(), account, contact.Country ?? "", JobFunction.Of(contact.JobTitle));
            examples.Row(ConsoleText.Number(contact.Line), pseudonym.ToString(), elsewhere.ToString(), contact.Country ?? "unknown", JobFunction.Of(contact.JobTitle));
        }

        await file.CommitAsync(cancellationToken);
        accounts.Remove("");
        common.IntersectWith(people);
        report.Count("contacts listed", file.Rows);
        report.Count("different pseudonyms", people.Count);
        report.Count("accounts, by pseudonym of their domain", accounts.Count);
        report.Count("pseudonyms that two domains have in common", common.Count);
        report.Note($"The contact is the keyed pseudonym of the e-mail address in the domain '{Analytics.Name}': the same on every day, and without the key nobody can tell whose it is or link it with the domain '{Partner.Name}'.");
        report.Note("A pseudonymized list is still personal data. No name, address, number or job title is in it.");
        report.File(file.Path, file.Rows);
    }
}
