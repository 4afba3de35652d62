using Abm.Privacy.Consent.Ledger;
using QuickStart.Contacts;
using QuickStart.Events;
using QuickStart.Input;
using QuickStart.Output;

namespace QuickStart.Steps;

/// <summary>Reads the consent events and finds whose they are. A line that cannot be read is reported and makes its contact uncertain, which denies.</summary>
internal sealed class EventsStep(PurposeCatalog purposes) : ICampaignStep
{
    private const int ListedFaults = 10;

    public string Title => "Consent events: what did people say, and is it on record?";

    public async Task RunAsync(CampaignState state, StepReport report, IProgress<double> progress, CancellationToken cancellationToken)
    {
        if (state.Options.EventsPath is not { } path)
        {
            report.Note("No file of consent events was named (--events), so nobody has consented to anything that an earlier run did not record.");
            return;
        }

        var book = new EventBook();
        var (faults, read) = await ReadAsync(path, book, state.Time.GetUtcNow(), progress, cancellationToken);
        foreach (var id in state.Contacts.Verdicts.AmbiguousIds)
        {
            book.AddUncertain(id, accountId: null);
        }

        var (contacts, owners) = await MatchAsync(state, book, faults, cancellationToken);
        await using var rejected = await FaultFile.CreateAsync(state.Output, "rejected-events.csv", withRows: false);
        var reasons = new FaultCounts();
        foreach (var fault in faults.OrderBy(fault => fault.Line))
        {
            reasons.Add(fault);
            await rejected.AddAsync(fault);
        }

        await rejected.CommitAsync(cancellationToken);
        state.Events = book;
        var unused = faults.Select(fault => fault.Line).Distinct().Count();
        report.Count("lines read", read);
        report.Count("= used", read - unused);
        report.Count("+ rejected", unused);
        report.Count("contacts", contacts);
        report.Count("contacts with events", owners.Count);
        report.Count("contacts that a faulty line or id makes uncertain (denied later)", book.UncertainContacts);
        Describe(report, owners, reasons, [.. faults.Select(fault => fault.Line)], book);
        report.File(rejected.Path, rejected.Rows);
    }

    private async Task<(List<RowFault> Faults, int Read)> ReadAsync(
        string path, EventBook book, DateTimeOffset now, IProgress<double> progress, CancellationToken cancellationToken)
    {
        using var input = TextInput.Open(path, "--events");
        var parser = new EventLineParser(purposes, now);
        var (faults, read) = (new List<RowFault>(), 0);
        await foreach (var (line, text) in LineReader.ReadAsync(input, cancellationToken: cancellationToken))
        {
            progress.Report(input.Progress);
            read++;
            if (text is null)
            {
                faults.Add(new RowFault(line, RowFault.WholeRow, "The line is too long for an event.", RejectsRow: true));
            }
            else if (parser.Parse(text, line) is { } consentEvent)
            {
                book.Add(consentEvent);
            }
            else
            {
                faults.AddRange(parser.Faults);
                book.AddUncertain(parser.About.ContactId, parser.About.AccountId);
            }
        }

        return (faults, read);
    }

    /// <summary>One pass over the contacts: how many events each has; what is left belongs to nobody.</summary>
    private static async Task<(int Contacts, List<(int Line, int Events, string Last)> Owners)> MatchAsync(
        CampaignState state, EventBook book, List<RowFault> faults, CancellationToken cancellationToken)
    {
        var (contacts, owners) = (0, new List<(int, int, string)>());
        var used = new HashSet<int>();
        await foreach (var contact in state.Contacts.ReadAsync(cancellationToken: cancellationToken))
        {
            contacts++;
            var events = book.OfContact(contact, state.Contacts.Verdicts.AliasesOf(contact));
            used.UnionWith(events.Select(consentEvent => consentEvent.Line));
            used.UnionWith(book.OfAccount(contact.AccountId).Select(consentEvent => consentEvent.Line));
            if (events.Count > 0)
            {
                owners.Add((contact.Line, events.Count, events[^1].Kind));
            }
        }

        foreach (var stray in book.All.Where(consentEvent => !used.Contains(consentEvent.Line)))
        {
            var (field, reason) = stray.AccountId is not null ? ("account_id", "No imported contact has this account.")
                : state.Contacts.Verdicts.IsRejectedId(stray.ContactId!) ? ("contact_id", "The row of this contact was rejected.")
                : ("contact_id", "No imported contact has this id.");
            faults.Add(new RowFault(stray.Line, field, reason, RejectsRow: true));
        }

        return (contacts, owners);
    }

    private static void Describe(StepReport report, List<(int Line, int Events, string Last)> owners, FaultCounts reasons, HashSet<int> unused, EventBook book)
    {
        var examples = report.Examples("contact of line", "events", "last event");
        foreach (var (line, events, last) in owners.OrderByDescending(owner => owner.Events).Take(3))
        {
            examples.Row(ConsoleText.Number(line), ConsoleText.Number(events), last);
        }

        var kinds = report.Table("Used events, by kind", EventKinds.All.Count, "kind", "count");
        foreach (var kind in book.All.Where(consentEvent => !unused.Contains(consentEvent.Line)).CountBy(consentEvent => consentEvent.Kind).OrderByDescending(kind => kind.Value))
        {
            kinds.Row(kind.Key, ConsoleText.Number(kind.Value));
        }

        var table = report.Table("Rejected lines, by reason", ListedFaults, "field", "reason", "count");
        foreach (var (field, reason, count) in reasons.MostFrequentFirst())
        {
            table.Row(field, reason, ConsoleText.Number(count));
        }
    }
}
