using System.Collections.Frozen;

namespace Abm.Privacy.Consent.Texts;

/// <summary>The obligation codes in German.</summary>
internal static class GermanObligations
{
    public static FrozenDictionary<string, string> Sentences { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [ObligationCodes.UnsubscribeLink] = "Die Nachricht muss einen funktionierenden Abmeldelink enthalten.",
        [ObligationCodes.OneClickListUnsubscribe] = "Die Kopfzeilen zur Abmeldung mit einem Klick nach RFC 8058 müssen gesetzt sein.",
        [ObligationCodes.StopInstructions] = "Die Nachricht muss sagen, wie man sie durch eine Antwort abbestellt, etwa mit STOP.",
        [ObligationCodes.SenderIdentity] = "Die Nachricht muss wahrheitsgemäß und sichtbar sagen, wer sie sendet.",
        [ObligationCodes.PostalAddress] = "Die Postanschrift des Absenders muss angegeben sein.",
        [ObligationCodes.RightToObjectNotice] = "Auf das Widerspruchsrecht muss klar und getrennt von anderen Informationen hingewiesen werden.",
        [ObligationCodes.Art14NoticeInThisMessage] = "Diese Nachricht selbst muss die Informationen nach Artikel 14 DSGVO enthalten.",
        [ObligationCodes.OneConfirmationTextAllowed] = "Eine einzige Nachricht, die die Abmeldung ohne Werbung bestätigt, ist noch erlaubt.",
        [ObligationCodes.SendGenericContent] = "Der Inhalt darf nicht personalisiert sein.",
        [ObligationCodes.PropagateOptOut] = "Spätere Widersprüche müssen an die Empfänger der Daten weitergegeben werden.",
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
