using System.Collections.Frozen;

namespace Abm.Privacy.Consent.Texts;

/// <summary>The obligation codes in French.</summary>
internal static class FrenchObligations
{
    public static FrozenDictionary<string, string> Sentences { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [ObligationCodes.UnsubscribeLink] = "Le message doit contenir un lien de désinscription qui fonctionne.",
        [ObligationCodes.OneClickListUnsubscribe] = "Les en-têtes de désinscription en un clic (RFC 8058) doivent être présents.",
        [ObligationCodes.StopInstructions] = "Le message doit indiquer comment arrêter les envois par une réponse, par exemple STOP.",
        [ObligationCodes.SenderIdentity] = "Le message doit dire clairement et véridiquement qui l'envoie.",
        [ObligationCodes.PostalAddress] = "L'adresse postale de l'expéditeur doit être indiquée.",
        [ObligationCodes.RightToObjectNotice] = "Le droit d'opposition doit être signalé clairement et séparément de toute autre information.",
        [ObligationCodes.Art14NoticeInThisMessage] = "Ce message doit contenir lui-même l'information de l'article 14 du RGPD.",
        [ObligationCodes.OneConfirmationTextAllowed] = "Un seul message confirmant l'arrêt, sans publicité, est encore permis.",
        [ObligationCodes.SendGenericContent] = "Le contenu ne doit pas être personnalisé.",
        [ObligationCodes.PropagateOptOut] = "Les oppositions ultérieures doivent être transmises aux destinataires des données.",
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
