using System.Globalization;
using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.EntityFrameworkCore.Consent;
using Microsoft.EntityFrameworkCore;
using QuickStart.Decisions;
using QuickStart.Output;
using QuickStart.Storage;

namespace QuickStart.Steps;

/// <summary>Asks the database about the whole audience in one statement: who may be mailed, who not and why, and what the messages must contain.</summary>
internal sealed class DecideStep(
    CompiledConsentEvaluator evaluator, IConsentService consent, ContactDatabase database, IConsentLedger ledger, NewsletterMessage newsletter) : ICampaignStep
{
    public string Title => "Decide: who may get the newsletter by e-mail, who not and why, and what must be in it?";

    public async Task RunAsync(CampaignState state, StepReport report, IProgress<double> progress, CancellationToken cancellationToken)
    {
        await database.RequireContactsAsync("there is nobody to decide on", cancellationToken);
        var question = evaluator.Prepare(CampaignQuestion.At(state.Time.GetUtcNow())); // one instant for the whole audience
        await using var context = database.Open();
        var audience = context.Contacts.AsNoTracking().OrderBy(row => row.Line).ThenBy(row => row.Id)
            .AsConsentAudience(context, ContactDatabase.Tenant, question, row => row.Id, row => row.IsInDoubt ? null : row.ContactPoint);

        var counts = await audience.CountAsync(cancellationToken);
        report.Count("contacts decided on", counts.Total);
        report.Count("= permit", counts.Permitted);
        report.Count("+ deny", counts.Denied);
        report.Count("+ defer", counts.Deferred);
        report.Note($"Asked: may '{CampaignQuestion.Purpose}' be sent by {Channels.NameOf(CampaignQuestion.Channel)} on {question.AsOf:yyyy-MM-dd HH:mm} UTC? A legitimate-interest assessment is on file.");
        report.Note($"Decided in the database by the library's packs, {evaluator.Policy.Reference}, SHA-256 {evaluator.Policy.Reference.Sha256}: an engineering reading of the laws, not legal advice.");

        var findings = await ListAsync(audience, question, state, report, cancellationToken);
        state.Permitted = findings.Permitted;
        await ShowAsync(report, context, findings, counts, cancellationToken);
        await ExplainAsync(report, context, findings, question.Question, cancellationToken);
        var missing = new List<DecisionReason>();
        foreach (var id in findings.MissingFacts)
        {
            missing.AddRange((await DecideAsync(context, id, question.Question, cancellationToken))?.Reasons ?? []);
        }

        AudienceTables.Missing(report, missing);
    }

    private static async Task<AudienceFindings> ListAsync(
        ConsentAudience<string> audience, PreparedQuestion question, CampaignState state, StepReport report, CancellationToken cancellationToken)
    {
        var findings = new AudienceFindings();
        await using var file = await CsvOutput.CreateAsync(
            state.Output, "decisions.csv", "contact_id", "outcome", "reasons", "rules", "obligations", "lawful_bases", "law", "jurisdictions", "policy", "policy_sha256", "decided_at");
        await foreach (var decision in audience.DecideAsync(cancellationToken))
        {
            findings.Take(decision);
            await file.RowAsync(Cells(decision, question));
        }

        await file.CommitAsync(cancellationToken);
        report.File(file.Path, file.Rows);
        return findings;
    }

    private static async Task ShowAsync(StepReport report, CrmContext context, AudienceFindings findings, DecisionCounts counts, CancellationToken cancellationToken)
    {
        var rows = await context.OfIds(findings.First.Select(decision => decision.Key)).AsNoTracking().ToDictionaryAsync(row => row.Id, StringComparer.Ordinal, cancellationToken);
        var first = report.Table($"Who may be mailed: {ConsoleText.Number(counts.Permitted)} contacts, of these the first three", findings.First.Count, "contact point", "law of", "why", "the message must");
        foreach (var (id, verdict) in findings.First)
        {
            first.Row(
                $"{rows[id].ContactPoint}",
                string.Join(", ", verdict.Jurisdictions),
                string.Join(" ", verdict.Reasons.Select(reason => DecisionWords.Reason(reason.Code)).Distinct()),
                string.Join(" ", verdict.Obligations.Select(obligation => DecisionWords.Obligation(obligation.Code))));
        }

        AudienceTables.Reasons(report, "Why they may be mailed (a contact may have several reasons)", counts, ConsentOutcome.Permit);
        AudienceTables.Reasons(
            report, $"Who may not be mailed: {ConsoleText.Number(counts.Denied + counts.Deferred)} contacts, and why (a contact may have several reasons)", counts, ConsentOutcome.Defer, ConsentOutcome.Deny);
        AudienceTables.Obligations(report, counts);
    }

    /// <summary>One of each answer in whole sentences; the one who may be mailed gets a message, and its decision goes on record.</summary>
    private async Task ExplainAsync(StepReport report, CrmContext context, AudienceFindings findings, ConsentQuestion question, CancellationToken cancellationToken)
    {
        foreach (var id in new[] { findings.Example(ConsentOutcome.Permit), findings.Example(ConsentOutcome.Deny) }.OfType<string>())
        {
            if (await DecideAsync(context, id, question, cancellationToken) is not { ContactPoint: { } point } decision
                || await ledger.FindHistoryAsync(ContactDatabase.Tenant, point, cancellationToken) is not { } history)
            {
                report.Note("Explained: a contact whom a faulty line makes uncertain may not be mailed, whatever the ledger knows. What would change it: the line, corrected where the file comes from.");
                continue;
            }

            report.Note($"Explained: {DecisionWords.Explain(decision, history)}");
            if (decision.IsPermitted)
            {
                var message = await newsletter.SendAsync(context, decision, cancellationToken);
                report.Note($"Sent to that contact point, with everything that it must contain ({message.Decision.Obligations.Count} obligations), and put on record. A message that lacks one is refused.");
            }
        }
    }

    /// <summary>The decision on one contact, from the events and with all that explains it; null for one whom a faulty line makes uncertain.</summary>
    private async Task<ConsentDecision?> DecideAsync(CrmContext context, string id, ConsentQuestion question, CancellationToken cancellationToken)
    {
        var row = await context.OfIds([id]).AsNoTracking().SingleAsync(cancellationToken);
        return row is { IsInDoubt: false, ContactPoint: { } point }
            ? await consent.EvaluateAsync(ContactDatabase.Tenant, new ContactPointId(point), question, cancellationToken: cancellationToken)
            : null;
    }

    private static string[] Cells(AudienceDecision<string> decision, PreparedQuestion question)
    {
        var verdict = decision.Verdict;
        return
        [
            decision.Key,
            verdict.Outcome.ToString(),
            Joined(verdict.Reasons.Select(reason => reason.Code)),
            Joined(verdict.Reasons.Select(reason => reason.RuleId).OfType<string>()),
            Joined(verdict.Obligations.Select(obligation => obligation.Code)),
            Joined(verdict.LawfulBases),
            Joined(verdict.Reasons.SelectMany(reason => reason.Law)),
            Joined(verdict.Jurisdictions),
            question.Policy.Reference.ToString(),
            question.Policy.Reference.Sha256,
            question.AsOf.ToString("O", CultureInfo.InvariantCulture),
        ];
    }

    private static string Joined(IEnumerable<string> values) => string.Join("; ", values.Distinct());
}
