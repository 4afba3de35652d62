using System.Globalization;
using Abm.Privacy.Consent;
using QuickStart.Steps;

namespace QuickStart.Decisions;

/// <summary>The counts of an audience in a marketer's words.</summary>
internal static class AudienceTables
{
    private const int Listed = 40;

    public static void Reasons(StepReport report, string title, DecisionCounts counts, params ConsentOutcome[] outcomes)
    {
        var table = report.Table(title, Listed, "why", "reason code", "contacts");
        foreach (var reason in counts.Reasons.Where(reason => outcomes.Contains(reason.Outcome)))
        {
            table.Row(DecisionWords.Reason(reason.Code), reason.Code, ConsoleText.Number(reason.Count));
        }
    }

    public static void Obligations(StepReport report, DecisionCounts counts)
    {
        var table = report.Table("What the messages must contain, and how many of them", Listed, "what", "obligation code", "messages");
        foreach (var (code, count) in counts.Obligations.OrderByDescending(obligation => obligation.Value).ThenBy(obligation => obligation.Key, StringComparer.Ordinal))
        {
            table.Row(DecisionWords.Obligation(code), code, ConsoleText.Number(count));
        }
    }

    public static void Missing(StepReport report, IEnumerable<DecisionReason> reasons)
    {
        var table = report.Table("Which unknown facts stand in the way: find them out, and ask again", Listed, "fact", "contacts");
        foreach (var (fact, count) in reasons.SelectMany(reason => reason.MissingFacts).CountBy(fact => fact).OrderByDescending(fact => fact.Value).ThenBy(fact => fact.Key, StringComparer.Ordinal))
        {
            table.Row(fact, count.ToString("N0", CultureInfo.InvariantCulture));
        }
    }
}
