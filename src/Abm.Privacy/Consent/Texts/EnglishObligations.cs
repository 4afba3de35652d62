using System.Collections.Frozen;

namespace Abm.Privacy.Consent.Texts;

/// <summary>The obligation codes in English.</summary>
internal static class EnglishObligations
{
    public static FrozenDictionary<string, string> Sentences { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [ObligationCodes.UnsubscribeLink] = "Put a working unsubscribe link into the message.",
        [ObligationCodes.OneClickListUnsubscribe] = "Set the one-click unsubscribe headers of RFC 8058.",
        [ObligationCodes.StopInstructions] = "Say how to stop messages by answering, for example STOP.",
        [ObligationCodes.SenderIdentity] = "Say truthfully and visibly who sends the message.",
        [ObligationCodes.PostalAddress] = "Give the sender's postal address.",
        [ObligationCodes.RightToObjectNotice] = "Point out the right to object, clearly and apart from other information.",
        [ObligationCodes.Art14NoticeInThisMessage] = "Give the notice of GDPR Article 14 in this very message.",
        [ObligationCodes.OneConfirmationTextAllowed] = "One text that confirms the stop, without marketing, may still be sent.",
        [ObligationCodes.SendGenericContent] = "Send content that is not personalized.",
        [ObligationCodes.PropagateOptOut] = "Pass later opt-outs on to the recipients of the data.",
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
