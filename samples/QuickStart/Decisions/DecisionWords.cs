using Abm.Privacy.Consent;

namespace QuickStart.Decisions;

/// <summary>A decision as sentences, without anything of the person.</summary>
internal static class DecisionWords
{
    public static string Explain(int line, ConsentDecision decision)
    {
        var where = decision.Jurisdictions.Count == 1 ? $"under the law of {decision.Jurisdictions[0]}" : $"under the laws of {string.Join(", ", decision.Jurisdictions)}";
        var why = string.Join(" ", decision.Reasons.DistinctBy(reason => reason.Code).Select(Sentence));
        var must = decision.Obligations.Count == 0 ? "" : $" The message must have: {string.Join("; ", decision.Obligations.Select(obligation => Words(obligation.Code)))}.";
        var when = decision.NotBefore is { } notBefore ? $" Ask again after {notBefore:yyyy-MM-dd HH:mm} UTC." : "";
        return $"{decision.Outcome.ToString().ToUpperInvariant()} for the contact of line {ConsoleText.Number(line)}, {where}. {why}{when}{must}";
    }

    public static string Words(string obligation) => obligation switch
    {
        ObligationCodes.UnsubscribeLink => "an unsubscribe link",
        ObligationCodes.OneClickListUnsubscribe => "the one-click unsubscribe headers of RFC 8058",
        ObligationCodes.SenderIdentity => "who sends it",
        ObligationCodes.PostalAddress => "the sender's postal address",
        ObligationCodes.RightToObjectNotice => "a clear notice of the right to object",
        ObligationCodes.Art14NoticeInThisMessage => "the notice of GDPR Article 14",
        ObligationCodes.SendGenericContent => "content that is not personalized",
        _ => obligation,
    };

    private static string Sentence(DecisionReason reason)
    {
        ReasonCodes.TryDescribe(reason.Code, out var text);
        var missing = reason.MissingFacts.Count == 0 ? "" : $" Unknown: {string.Join(", ", reason.MissingFacts)}.";
        var law = reason.Law.Count == 0 ? "" : $" ({string.Join("; ", reason.Law)})";
        return $"{text.TrimEnd('.')}{law}.{missing}";
    }
}
