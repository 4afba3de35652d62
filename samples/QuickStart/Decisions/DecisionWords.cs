using System.Globalization;
using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;

namespace QuickStart.Decisions;

/// <summary>One decision as whole sentences: the answer, the rules and laws, what the ledger knows, and what follows. Without anything that names the person.</summary>
internal static class DecisionWords
{
    public static string Explain(ConsentDecision decision, LedgerHistory history)
    {
        var answer = decision.Outcome switch
        {
            ConsentOutcome.Permit => "may be mailed",
            ConsentOutcome.Defer => "may not be mailed yet",
            _ => "may not be mailed",
        };
        var place = decision.Jurisdictions.Count == 0 ? "" : $" Whose law: {string.Join(", ", decision.Jurisdictions)}.";
        var why = string.Join(" ", decision.Reasons.Select(Because).Distinct());
        var later = decision.NotBefore is { } notBefore ? $" Ask again after {notBefore:yyyy-MM-dd HH:mm} UTC." : "";
        var must = decision.Obligations.Count == 0 ? "" : $" The message: {string.Join(" ", decision.Obligations.Select(obligation => Obligation(obligation.Code)))}";
        return $"Contact point {history.ContactPoint.Id} {answer}.{place} {why}{later} The ledger knows: {LedgerWords.Tell(history, decision)}.{must}{Remedies.Of(decision)}";
    }

    /// <summary>A reason as the library words it.</summary>
    public static string Reason(string code)
    {
        ReasonCodes.TryDescribe(code, out var text);
        return text;
    }

    /// <summary>An obligation as the library words it.</summary>
    public static string Obligation(string code)
    {
        ObligationCodes.TryDescribe(code, CultureInfo.InvariantCulture, out var text);
        return text;
    }

    private static string Because(DecisionReason reason)
    {
        var rule = reason.RuleId is null ? "" : $" (rule {reason.RuleId}{(reason.Law.Count == 0 ? "" : $": {string.Join("; ", reason.Law)}")})";
        var missing = reason.MissingFacts.Count == 0 ? "" : $" Unknown: {string.Join(", ", reason.MissingFacts)}.";
        return $"{Reason(reason.Code).TrimEnd('.')}{rule}.{missing}";
    }
}
