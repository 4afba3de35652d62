using Abm.Privacy.Keys;
using Abm.Privacy.Retention;
using QuickStart.Disposal;
using QuickStart.Storage;

namespace QuickStart.Steps;

/// <summary>Finds what is due, disposes of it, and shows that it is gone. What is held or not determined stays as it is.</summary>
internal sealed class RetainStep(IRetentionEvaluator evaluator, LegalHoldFile holds, ContactDatabase database, KeyRing keys, IEnumerable<IDerivedArtefactSource> derived) : ICampaignStep
{
    private static readonly RetentionState[] StatesInOrder =
        [RetentionState.Active, RetentionState.Retained, RetentionState.Due, RetentionState.DueForReview, RetentionState.Held, RetentionState.Undetermined];

    public string Title => "Retain: what must go today, what must stay?";

    public async Task RunAsync(CampaignState state, StepReport report, IProgress<double> progress, CancellationToken cancellationToken)
    {
        await database.RequireContactsAsync("nothing can be disposed of", cancellationToken);
        var now = state.Time.GetUtcNow();
        var retention = new ContactRetention(evaluator, await holds.OnAsync(state.Contacts, cancellationToken), now);
        var standings = new Dictionary<ContactStanding, long>();
        var plans = new Dictionary<string, DisposalPlan>(StringComparer.Ordinal);
        await foreach (var contact in state.Contacts.ReadAsync(cancellationToken: cancellationToken))
        {
            var plan = retention.Plan(contact);
            standings[plan.Standing] = standings.GetValueOrDefault(plan.Standing) + 1;
            if (plan.Fields.Count > 0)
            {
                plans[contact.Id] = plan;
            }
        }

        await using var record = await DisposalRecord.OpenAsync(state.Output, cancellationToken);
        foreach (var plan in plans.Values)
        {
            await DisposalRecord.AddAsync(record, plan, now);
        }

        var disposal = new StoredDisposal(database, keys, derived);
        await disposal.RunAsync(plans.Values, progress, cancellationToken);
        await record.CommitAsync(cancellationToken);
        Report(report, standings, disposal);
        Describe(report, retention, plans.Values);
        report.Note($"Schedule {evaluator.Schedule.Id} {evaluator.Schedule.Version}, SHA-256 {evaluator.Schedule.Digest}; legal holds: {holds.Count}{(state.Options.HoldsPath is null ? " (no file was named with --holds)" : "")}.");
        report.File(record.Path, record.Rows);
    }

    private static void Report(StepReport report, Dictionary<ContactStanding, long> standings, StoredDisposal disposal)
    {
        report.Count("contacts evaluated", standings.Values.Sum());
        report.Count("= nothing is due", standings.GetValueOrDefault(ContactStanding.Keep));
        report.Count("+ due: keys destroyed", standings.GetValueOrDefault(ContactStanding.Shred));
        report.Count("+ due: single fields deleted", standings.GetValueOrDefault(ContactStanding.DeleteFields));
        report.Count("+ due, but another field must stay", standings.GetValueOrDefault(ContactStanding.Blocked));
        report.Count("+ held: not touched", standings.GetValueOrDefault(ContactStanding.Held));
        report.Count("+ not determined: not touched", standings.GetValueOrDefault(ContactStanding.Undetermined));
        report.Count("keys destroyed", disposal.KeysDestroyed);
        report.Count("rows deleted from the database", disposal.RowsDeleted);
        report.Count("contacts that now read as SubjectErased", disposal.ReadAsErased);
        report.Count("fields deleted from the database", disposal.FieldsDeleted);
        if (!disposal.AllReadAsErased)
        {
            report.Fail(ExitCodes.Integrity, "A disposed contact can still be read. Do not rely on this disposal: check who holds copies of the key store, and report it.");
        }
    }

    private static void Describe(StepReport report, ContactRetention retention, IEnumerable<DisposalPlan> plans)
    {
        var examples = report.Examples("contact of line", "what was done", "due since", "rule");
        foreach (var plan in plans)
        {
            var decision = plan.Fields.Select(entry => entry.Decision).First(decision => decision.State == RetentionState.Due);
            examples.Row(
                ConsoleText.Number(plan.Contact.Line),
                plan.DestroysKeys ? "keys destroyed" : $"deleted: {string.Join(", ", plan.Fields.Select(entry => entry.Field.Column))}",
                $"{decision.DisposeFrom:yyyy-MM-dd}",
                string.Join(", ", decision.WinningRules.Select(rule => rule.Id)));
        }

        var states = StatesInOrder.Where(state => retention.Counts.Keys.Any(key => key.State == state)).ToList();
        var classes = retention.Counts.Keys.Select(key => key.Class).Distinct().OrderBy(dataClass => dataClass.Name, StringComparer.Ordinal).ToList();
        var table = report.Table("Contacts with data of a class, by state", classes.Count, ["data class", .. states.Select(state => state.ToString())]);
        foreach (var dataClass in classes)
        {
            table.Row([dataClass.Name, .. states.Select(state => ConsoleText.Number(retention.Counts.GetValueOrDefault((dataClass, state))))]);
        }

        var gaps = report.Table("Why a contact is not determined, and what to mend", 10, "reason", "rule", "contacts");
        foreach (var (gap, count) in retention.Gaps.OrderByDescending(gap => gap.Value).ThenBy(gap => gap.Key.Id, StringComparer.Ordinal))
        {
            gaps.Row(gap.Code.ToString(), gap.Id ?? "", ConsoleText.Number(count));
        }

        report.Note("What an account is (account.*) is kept with the account and not in this file; it is listed for the whole picture.");
    }
}
