namespace Abm.Privacy.Consent.Sending;

/// <summary>Compares what a sender states with what a decision demands.</summary>
internal static class PlanCheck
{
    public static IEnumerable<MessageFault> FaultsOf(MessagePlan plan, ConsentDecision decision, DateTimeOffset now)
    {
        if (!decision.IsPermitted)
        {
            yield return new MessageFault(MessageFaultKind.NotPermitted, null, $"The decision is {decision}.");
        }

        if ((now - decision.DecidedAt).Duration() > plan.MaxAge || (now - decision.AsOf).Duration() > plan.MaxAge || now - decision.KnownAt > plan.MaxAge)
        {
            yield return new MessageFault(MessageFaultKind.NotCurrent, null, $"The decision is not of the last {plan.MaxAge.TotalMinutes:0.##} minutes, or not about now. Decide again, directly before sending.");
        }

        if (decision.ContactPoint != plan.ContactPoint && !decision.Parts.Any(part => part.ContactPoint == plan.ContactPoint))
        {
            yield return new MessageFault(MessageFaultKind.OtherContactPoint, null, "The decision is about another contact point. Decide about the one that the message goes to.");
        }

        if (decision.Purpose != plan.Purpose)
        {
            yield return new MessageFault(MessageFaultKind.OtherPurpose, null, $"The decision is about {decision.Purpose}, the message is for {plan.Purpose}.");
        }

        if (decision.Channel != plan.Channel)
        {
            yield return new MessageFault(MessageFaultKind.OtherChannel, null, $"The decision is about {decision.Channel}, the message goes by {plan.Channel}.");
        }

        if (!string.Equals(decision.Campaign, plan.Campaign, StringComparison.Ordinal))
        {
            yield return new MessageFault(
                MessageFaultKind.OtherCampaign, null, "The decision was asked for another campaign than the message's, or only one of them has one. Decide with the campaign that the plan names in Campaign.");
        }

        if ((plan.UsesSpecialCategory && !decision.Question.UsesSpecialCategory) || (plan.ChildDirected && !decision.Question.ChildDirected))
        {
            yield return new MessageFault(
                MessageFaultKind.OtherMessage, null, "The message uses special categories of data, or is directed at children, and the question did not say so. Ask again with UsesSpecialCategory or ChildDirected.");
        }

        foreach (var obligation in decision.Obligations)
        {
            if (FindFault(plan, obligation.Code) is { } text)
            {
                yield return new MessageFault(MessageFaultKind.ObligationUnmet, obligation.Code, $"{obligation.Code}: {text}.");
            }
        }
    }

    private static string? FindFault(MessagePlan plan, string code) => code switch
    {
        ObligationCodes.UnsubscribeLink => plan.UnsubscribeLink switch
        {
            null => "set UnsubscribeLink to the link in the message",
            { IsAbsoluteUri: true } link when link.Scheme == Uri.UriSchemeHttps => null,
            _ => "UnsubscribeLink is not an absolute HTTPS address",
        },
        ObligationCodes.OneClickListUnsubscribe => plan.OneClickUnsubscribe is null ? "set OneClickUnsubscribe to the header fields of RFC 8058" : plan.OneClickUnsubscribe.FindFault(),
        ObligationCodes.StopInstructions => Missing(plan.StopInstructions, nameof(plan.StopInstructions), "the words in the message"),
        ObligationCodes.SenderIdentity => Missing(plan.SenderIdentity, nameof(plan.SenderIdentity), "the sender that the message shows"),
        ObligationCodes.PostalAddress => Missing(plan.PostalAddress, nameof(plan.PostalAddress), "the address that the message shows"),
        ObligationCodes.RightToObjectNotice => Missing(plan.RightToObjectNoticeId, nameof(plan.RightToObjectNoticeId), "the notice in the message"),
        ObligationCodes.Art14NoticeInThisMessage => Missing(plan.Art14NoticeId, nameof(plan.Art14NoticeId), "the notice in the message"),
        ObligationCodes.SendGenericContent => plan.IsGeneric ? null : "send content that is not personalized, and set IsGeneric",
        ObligationCodes.PropagateOptOut => Missing(plan.OptOutPropagation, nameof(plan.OptOutPropagation), "where later opt-outs are passed on"),
        _ => plan.Acknowledged.Contains(code) ? null : "meet it, and name it in Acknowledged",
    };

    private static string? Missing(string? value, string name, string what) => string.IsNullOrWhiteSpace(value) ? $"set {name} to {what}" : null;
}
