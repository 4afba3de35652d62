using System.Globalization;
using Abm.Privacy.Consent;
using QuickStart.Decisions;
using QuickStart.Output;

namespace QuickStart.Steps;

/// <summary>Asks for every contact whether the campaign may write to it, and keeps the reasons.</summary>
internal sealed class DecideStep(IConsentEvaluator evaluator) : ICampaignStep
{
    public string Title => "Decide: who may get the newsletter by e-mail, and why?";

    public async Task RunAsync(CampaignState state, StepReport report, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var question = CampaignQuestion.At(state.Time.GetUtcNow()); // one instant for the whole audience
        var (counts, permitted) = (new CampaignCounts(), new HashSet<int>());
        await using var file = await CsvOutput.CreateAsync(
            state.Output, "decisions.csv", "contact_id", "outcome", "not_before", "reasons", "obligations", "lawful_bases", "law", "jurisdictions", "policy", "policy_sha256", "decided_at");
        await foreach (var contact in state.Contacts.ReadAsync(progress, cancellationToken))
        {
            var facts = ContactFacts.Of(contact, state.Events, state.Contacts.Verdicts.AliasesOf(contact));
            var decision = evaluator.Evaluate(facts, question);
            counts.Add(contact, decision);
            if (decision.IsPermitted)
            {
                permitted.Add(contact.Line);
            }

            await file.RowAsync(Cells(contact.Id, decision));
        }

        await file.CommitAsync(cancellationToken);
        state.Permitted = permitted;
        counts.Report(report);
        report.Note($"Asked: may we use this contact for '{CampaignQuestion.PurposeName}' on the channel '{CampaignQuestion.ChannelName}' now? The campaign states that a legitimate-interest assessment is on file.");
        report.Note($"Decided by the policy {evaluator.Policy.Reference}, SHA-256 {evaluator.Policy.Reference.Sha256}.");
        report.File(file.Path, file.Rows);
    }

    private static string[] Cells(string contactId, ConsentDecision decision) =>
    [
        contactId,
        decision.Outcome.ToString(),
        decision.NotBefore?.ToString("O", CultureInfo.InvariantCulture) ?? "",
        Joined(decision.Reasons.Select(reason => reason.Code)),
        Joined(decision.Obligations.Select(obligation => obligation.Code)),
        Joined(decision.LawfulBases),
        Joined(decision.Reasons.SelectMany(reason => reason.Law)),
        Joined(decision.Jurisdictions),
        decision.Policy.ToString(),
        decision.Policy.Sha256,
        decision.AsOf.ToString("O", CultureInfo.InvariantCulture),
    ];

    private static string Joined(IEnumerable<string> values) => string.Join("; ", values.Distinct());
}
