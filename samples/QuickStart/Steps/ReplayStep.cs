using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Consent.Records;
using Microsoft.EntityFrameworkCore;
using QuickStart.Decisions;
using QuickStart.Storage;

namespace QuickStart.Steps;

/// <summary>Answers "why was this person written to on that day?" for the oldest message on record, whatever happened since.</summary>
internal sealed class ReplayStep(ContactDatabase database, DecisionReplay replay, IConsentLedger ledger) : ICampaignStep
{
    public string Title => "Replay: why was this person written to?";

    public async Task RunAsync(CampaignState state, StepReport report, IProgress<double> progress, CancellationToken cancellationToken)
    {
        await database.RequireContactsAsync("nobody was written to", cancellationToken);
        await using var context = database.Open();
        report.Count("messages on record", await context.Messages.CountAsync(cancellationToken));
        if (await context.Messages.AsNoTracking().OrderBy(message => message.Id).FirstOrDefaultAsync(cancellationToken) is not { } message)
        {
            report.Note("No message is on record, because nobody was permitted so far.");
            return;
        }

        var point = new ContactPointId(message.ContactPoint);
        var record = DecisionRecord.Parse(message.Record);
        var result = await replay.ReplayAsync(new DecisionSubject(ContactDatabase.Tenant, point, CampaignQuestion.Purpose, CampaignQuestion.Channel), record, cancellationToken);
        report.Count("bytes of the oldest record", message.Record.Length);
        report.Note($"Asked: why was contact point {point} written to on {record.AsOf:yyyy-MM-dd HH:mm} UTC?");
        if (result.AsKnown is { } again && await ledger.FindHistoryAsync(ContactDatabase.Tenant, point, cancellationToken) is { } history)
        {
            report.Note($"Made again: {DecisionWords.Explain(again, history)}");
        }

        var answers = report.Table("The decision, made again from the events as they were known, by the policy that decided", 10, "question", "answer");
        answers.Row("Do the same facts and rules give it again?", result.Finding == ReplayFinding.Confirmed ? "yes" : result.Finding.ToString());
        answers.Row("Was it right, given what was known?", Words(result.WasRightAsKnown));
        answers.Row("Was it right, given what was true?", Words(result.WasRightAsTrue));
        answers.Row("What was learned too late, and would have mattered", Late(result));
        answers.Row("Was everything in the message that had to be?", Words(record.IsFulfilled));
        answers.Row("By which policy", $"{result.AsKnown?.Policy} ({record.PolicyHash})");
        if (result.Finding != ReplayFinding.Confirmed)
        {
            report.Fail(ExitCodes.Integrity, $"The decision on record could not be made again: {result.Finding}. Restore the database, the policy archive and the key folder from the same backup, and find out who can write there.");
        }
    }

    private static string Words(bool? answer) => answer switch { true => "yes", false => "no", _ => "not known" };

    private static string Late(ReplayResult result)
    {
        var late = result.LateEvents.Where(item => item.MadeDifference).Select(item => $"{item.Kind} of {item.OccurredAt:yyyy-MM-dd}, learned on {item.RecordedAt:yyyy-MM-dd}").ToList();
        return late.Count == 0 ? "nothing" : string.Join("; ", late);
    }
}
