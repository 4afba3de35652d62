using System.Globalization;
using Abm.Privacy.Consent.Texts;

namespace Abm.Privacy.Consent;

/// <summary>The obligations that policies share. A policy may use other codes.</summary>
public static class ObligationCodes
{
    /// <summary>A working unsubscribe link in the message.</summary>
    public const string UnsubscribeLink = "UNSUBSCRIBE_LINK";

    /// <summary>The one-click unsubscribe headers of RFC 8058.</summary>
    public const string OneClickListUnsubscribe = "ONE_CLICK_LIST_UNSUBSCRIBE";

    /// <summary>How to stop messages by answering, for example <c>STOP</c>.</summary>
    public const string StopInstructions = "STOP_INSTRUCTIONS";

    /// <summary>Who sends the message, truthfully and visibly.</summary>
    public const string SenderIdentity = "SENDER_IDENTITY";

    /// <summary>The sender's postal address.</summary>
    public const string PostalAddress = "POSTAL_ADDRESS";

    /// <summary>The right to object, clearly and apart from other information (GDPR Article 21(4)).</summary>
    public const string RightToObjectNotice = "RIGHT_TO_OBJECT_NOTICE";

    /// <summary>The notice of GDPR Article 14 in this very message.</summary>
    public const string Art14NoticeInThisMessage = "ART14_NOTICE_IN_THIS_MESSAGE";

    /// <summary>With a denial: one text that confirms the stop, without marketing, is still allowed.</summary>
    public const string OneConfirmationTextAllowed = "ONE_CONFIRMATION_TEXT_ALLOWED";

    /// <summary>Content that is not personalized.</summary>
    public const string SendGenericContent = "SEND_GENERIC_CONTENT";

    /// <summary>Later opt-outs must be passed on to the recipients.</summary>
    public const string PropagateOptOut = "PROPAGATE_OPT_OUT";

    /// <summary>What a code of this class asks of the sender, in English, German or French.</summary>
    /// <param name="code">The code.</param>
    /// <param name="culture">The language, for example <c>fr-CA</c>. Any other than the three gives English.</param>
    /// <param name="text">The sentence; the code itself when it is a policy's own.</param>
    /// <returns>Whether there is a sentence.</returns>
    public static bool TryDescribe(string code, CultureInfo culture, out string text) => CodeTexts.Obligations.TryFind(code, culture, out text);

    internal static string[] All { get; } =
    [
        UnsubscribeLink, OneClickListUnsubscribe, StopInstructions, SenderIdentity, PostalAddress, RightToObjectNotice,
        Art14NoticeInThisMessage, OneConfirmationTextAllowed, SendGenericContent, PropagateOptOut,
    ];
}
