using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.EntityFrameworkCore.Consent;
using Abm.Privacy.Identifiers;
using QuickStart.Contacts;
using QuickStart.Ledger;
using QuickStart.Storage;

namespace QuickStart.Steps;

/// <summary>
/// Registers every e-mail address as a contact point of the consent ledger and appends what was said about it. Whole batches are committed with
/// the rows of the contacts; what is known already is not appended again.
/// </summary>
internal sealed class RecordStep(ContactDatabase database, EfConsentLedger<CrmContext> ledger, SuppressionHasher hasher) : ICampaignStep
{
    private readonly HashSet<string> _accounts = new(StringComparer.Ordinal);
    private long _registered;
    private long _told;
    private long _appended;
    private long _known;
    private long _notForAddress;
    private long _inDoubt;

    public string Title => "Record: what people said, in a ledger that is only added to";

    public async Task RunAsync(CampaignState state, StepReport report, IProgress<double> progress, CancellationToken cancellationToken)
    {
        await database.RequireContactsAsync("there is nobody to record consent of", cancellationToken);
        await hasher.GetKeyVersionAsync(ContactDatabase.Tenant, cancellationToken); // makes the key before a transaction holds the file
        var contacts = 0L;
        var examples = report.Examples("contact of line", "contact point", "events appended today");
        await foreach (var batch in state.Contacts.ReadAsync(progress, cancellationToken).Chunk(ContactDatabase.BatchSize).WithCancellation(cancellationToken))
        {
            contacts += batch.Length;
            await using var context = database.Open();
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            var rows = await context.ByIdAsync(batch.Select(contact => contact.Id), cancellationToken);
            foreach (var contact in batch)
            {
                var appended = await RecordAsync(ledger.For(context), contact, rows[contact.Id], state, cancellationToken);
                examples.Row(ConsoleText.Number(contact.Line), $"{rows[contact.Id].ContactPoint}", ConsoleText.Number(appended));
            }

            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        report.Count("contacts of the list", contacts);
        report.Count("contact points registered today", _registered);
        report.Count("contacts whose profile was told or changed", _told);
        report.Count("consent events appended today", _appended);
        report.Count("consent events that the ledger knew", _known);
        report.Count("consent events about another channel or an earlier address", _notForAddress);
        report.Count("contacts in doubt because of a faulty line (denied later)", _inDoubt);
        report.Note("A contact point is a random id; its address is kept as keyed hashes. The facts that decisions rest on are computed from the events in the transaction that appends them.");
        report.Note($"Purposes: {string.Join("; ", CampaignPurposes.Catalog.Definitions.Select(purpose => $"{purpose.Purpose.Name} ({purpose.Description.TrimEnd('.')})"))}.");
        report.File(database.Path, contacts);
    }

    /// <returns>How many events were appended.</returns>
    private async Task<long> RecordAsync(IConsentLedger consent, Contact contact, StoredContact row, CampaignState state, CancellationToken cancellationToken)
    {
        var aliases = state.Contacts.Verdicts.AliasesOf(contact);
        await SuppressAccountAsync(consent, contact, state, cancellationToken);
        if (row.ContactPoint is not { } point)
        {
            row.ContactPoint = point = await RegisterAsync(consent, contact, cancellationToken);
        }

        var lines = state.Events.OfContact(contact, aliases);
        var said = lines.Where(line => line.IsForEmail && (line.Restricts || !(line.OccurredAt < row.AddressSince))).Select(LedgerEvents.Of).ToList();
        _notForAddress += lines.Count - said.Count;
        LedgerEvent[] profile = row.IsInLedger ? [] : [.. ContactProfile.EventsOf(contact, state.Time.GetUtcNow())];
        _told += row.IsInLedger ? 0 : 1;
        row.IsInLedger = true;
        row.IsInDoubt = state.Events.IsUncertain(contact, aliases);
        _inDoubt += row.IsInDoubt ? 1 : 0;
        if (profile.Length + said.Count == 0)
        {
            return 0;
        }

        var results = await consent.AppendAsync(ContactDatabase.Tenant, new ContactPointId(point), [.. profile, .. said], cancellationToken);
        var known = results.Skip(profile.Length).Count(result => result.IsDuplicate);
        _known += known;
        _appended += said.Count - known;
        return results.Count - known;
    }

    private async Task<Guid> RegisterAsync(IConsentLedger consent, Contact contact, CancellationToken cancellationToken)
    {
        var registration = new ContactPointRegistration(ContactDatabase.Tenant, new SubjectId(contact.Id), Channel.Email)
        {
            SubjectKind = contact.Email.IsRoleAddress ? SubjectKind.RoleAddress : SubjectKind.Employee,
        };
        _registered++;
        return (await consent.RegisterAsync(registration, contact.Email, cancellationToken)).Id.Value;
    }

    /// <summary>What is said of an account stands in its own stream, and counts for everybody there.</summary>
    private async Task SuppressAccountAsync(IConsentLedger consent, Contact contact, CampaignState state, CancellationToken cancellationToken)
    {
        if (_accounts.Add(contact.AccountId) && state.Events.OfAccount(contact.AccountId) is { Count: > 0 } lines)
        {
            var results = await consent.AppendAsync(ContactDatabase.Tenant, new AccountId(contact.AccountId), [.. lines.Select(LedgerEvents.Of)], cancellationToken);
            _appended += results.Count(result => !result.IsDuplicate);
            _known += results.Count(result => result.IsDuplicate);
        }
    }
}
