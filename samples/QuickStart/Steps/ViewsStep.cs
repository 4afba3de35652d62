using Abm.Privacy.Identifiers;
using Abm.Privacy.Masking.Views;
using QuickStart.Contacts;
using QuickStart.Storage;
using QuickStart.Views;

namespace QuickStart.Steps;

/// <summary>Shows the same contacts to each role, and writes down who saw what in clear. What is seen in clear is counted here and not printed.</summary>
internal sealed class ViewsStep(MaskingViews views, IViewPseudonymSource pseudonymSource, ContactDatabase database) : ICampaignStep
{
    private static readonly ContactField[] Fields = [.. ContactFields.All];

    private static readonly Contact MadeUp = new()
    {
        Line = 0,
        Id = "c-1",
        AccountId = "a-1",
        AccountName = "Shop Ltd",
        FirstName = "Jane",
        LastName = "Doe",
        Email = EmailAddress.Parse("jane.doe@shop.example"),
        Phone = E164Phone.Parse("+4930123456"),
        Country = "DE",
        Note = "met at the fair",
    };

    public string Title => "Views: the same contacts, for each who looks";

    public async Task RunAsync(CampaignState state, StepReport report, IProgress<double> progress, CancellationToken cancellationToken)
    {
        await database.EnsureCreatedAsync(cancellationToken); // the pseudonym root is stored with the other keys
        using var pseudonyms = await pseudonymSource.OpenAsync(ContactDatabase.Tenant, cancellationToken);
        var audit = new ClearViewAudit();
        Viewer[] viewers = [.. Viewers(audit)];
        ShowMadeUp(report, [.. Viewers(new ClearViewAudit())]);
        var email = Fields.Single(field => field.Column == ContactColumns.Email);
        var examples = report.Examples(["e-mail of line", .. viewers.Select(viewer => viewer.Roles)]);
        var contacts = 0L;
        await foreach (var contact in state.Contacts.ReadAsync(progress, cancellationToken))
        {
            contacts++;
            foreach (var field in Fields)
            {
                var seen = Array.ConvertAll(viewers, viewer => viewer.See(field, contact));
                if (field == email && !examples.IsFull)
                {
                    examples.Row([ConsoleText.Number(contact.Line), .. seen.Select(text => Words(text, contact.Email.Value))]);
                }
            }
        }

        report.Count("contacts looked at", contacts);
        report.Count("values shown in clear, each on record", viewers.Sum(viewer => audit.CountOf(viewer.Name)));
        var table = report.Table("What each saw of the whole list", viewers.Length, "viewer", "roles", "values", "in clear", "masked or as a pseudonym", "hidden");
        foreach (var viewer in viewers)
        {
            var clear = audit.CountOf(viewer.Name);
            table.Row(viewer.Name, viewer.Roles, ConsoleText.Number(viewer.Values), ConsoleText.Number(clear), ConsoleText.Number(viewer.Values - clear - viewer.Hidden), ConsoleText.Number(viewer.Hidden));
        }

        report.Note("Of several roles the most restrictive wins; a role that nobody declared sees nothing. Each value in clear is on record before it is shown.");
        var (path, rows) = await audit.SaveAsync(state.Output, cancellationToken);
        report.File(path, rows);

        IEnumerable<Viewer> Viewers(ClearViewAudit told) =>
        [
            new("agent-1", [ContactRoles.Agent], views, pseudonyms, told),
            new("lead-1", [ContactRoles.Lead], views, pseudonyms, told),
            new("analyst-1", [ContactRoles.Analyst], views, pseudonyms, told),
            new("lead-2", [ContactRoles.Lead, ContactRoles.Analyst], views, pseudonyms, told),
            new("intern-1", [ContactRoles.Intern], views, pseudonyms, told),
        ];
    }

    private static void ShowMadeUp(StepReport report, Viewer[] viewers)
    {
        string[] columns = [ContactColumns.LastName, ContactColumns.Email, ContactColumns.Phone, ContactColumns.Country, ContactColumns.Note];
        var table = report.Table("A made-up contact, as each sees it", viewers.Length + 1, ["roles", .. columns]);
        ContactField[] fields = [.. columns.Select(column => Fields.Single(field => field.Column == column))];
        table.Row(["(the contact)", .. fields.Select(field => field.Read(MadeUp) ?? "")]);
        foreach (var viewer in viewers)
        {
            table.Row([viewer.Roles, .. fields.Select(field => Words(viewer.See(field, MadeUp)))]);
        }
    }

    private static string Words(string seen, string? clear = null) => seen.Length == 0 ? "(nothing)" : seen == clear ? "(in clear)" : seen;
}
