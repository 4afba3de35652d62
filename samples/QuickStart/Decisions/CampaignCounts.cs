using Abm.Privacy.Consent;
using QuickStart.Contacts;
using QuickStart.Steps;

namespace QuickStart.Decisions;

/// <summary>The decisions of a campaign counted by outcome, reason and obligation, and the first of each outcome.</summary>
internal sealed class CampaignCounts
{
    private const int ListedReasons = 40;
    private const int ShownDecisions = 3;
    private readonly Dictionary<ConsentOutcome, long> _outcomes = [];
    private readonly Dictionary<(ConsentOutcome Outcome, string Reason), long> _reasons = [];
    private readonly Dictionary<string, long> _obligations = [];
    private readonly Dictionary<(ConsentOutcome Outcome, string Reason), (int Line, ConsentDecision Decision)> _examples = [];

    public void Add(Contact contact, ConsentDecision decision)
    {
        _outcomes[decision.Outcome] = _outcomes.GetValueOrDefault(decision.Outcome) + 1;
        foreach (var code in decision.Reasons.Select(reason => reason.Code).Distinct())
        {
            _reasons[(decision.Outcome, code)] = _reasons.GetValueOrDefault((decision.Outcome, code)) + 1;
        }

        foreach (var obligation in decision.IsPermitted ? decision.Obligations : [])
        {
            _obligations[obligation.Code] = _obligations.GetValueOrDefault(obligation.Code) + 1;
        }

        _examples.TryAdd((decision.Outcome, decision.Reasons[0].Code), (contact.Line, decision));
    }

    public void Report(StepReport report)
    {
        report.Count("contacts decided on", _outcomes.Values.Sum());
        report.Count("= permit", _outcomes.GetValueOrDefault(ConsentOutcome.Permit));
        report.Count("+ deny", _outcomes.GetValueOrDefault(ConsentOutcome.Deny));
        report.Count("+ defer", _outcomes.GetValueOrDefault(ConsentOutcome.Defer));
        var reasons = report.Table("Decisions, by reason (a decision may have several)", ListedReasons, "outcome", "reason", "in words", "count");
        foreach (var ((outcome, code), count) in _reasons.OrderByDescending(reason => reason.Key.Outcome).ThenByDescending(reason => reason.Value).ThenBy(reason => reason.Key.Reason, StringComparer.Ordinal))
        {
            ReasonCodes.TryDescribe(code, out var words);
            reasons.Row(outcome.ToString(), code, words, ConsoleText.Number(count));
        }

        var obligations = report.Table("What the permitted messages must have", ListedReasons, "obligation", "in words", "messages");
        foreach (var (code, count) in _obligations.OrderByDescending(obligation => obligation.Value).ThenBy(obligation => obligation.Key, StringComparer.Ordinal))
        {
            obligations.Row(code, DecisionWords.Words(code), ConsoleText.Number(count));
        }

        var examples = report.Examples("contact of line", "jurisdiction", "outcome", "reasons", "obligations");
        foreach (var (line, decision) in Examples())
        {
            examples.Row(
                ConsoleText.Number(line),
                string.Join(", ", decision.Jurisdictions),
                decision.Outcome.ToString(),
                string.Join(", ", decision.Reasons.Select(reason => reason.Code).Distinct()),
                ConsoleText.Number(decision.Obligations.Count));
            report.Note(DecisionWords.Explain(line, decision));
        }
    }

    /// <summary>Three decisions: one of each outcome, and others with other reasons where an outcome did not occur.</summary>
    private IEnumerable<(int Line, ConsentDecision Decision)> Examples() => _examples
        .GroupBy(example => example.Key.Outcome, example => example.Value)
        .SelectMany(outcome => outcome.OrderBy(example => example.Line).Select((example, index) => (Index: index, example.Line, example.Decision)))
        .OrderBy(example => example.Index).ThenByDescending(example => example.Decision.Outcome)
        .Take(ShownDecisions)
        .Select(example => (example.Line, example.Decision));
}
