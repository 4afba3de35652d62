using System.Collections.Frozen;

namespace Abm.Privacy.Consent.Texts;

/// <summary>The sentences of the advice codes in the languages of this library.</summary>
internal static class AdviceTexts
{
    private const string Check = "CHECK";

    private static readonly FrozenDictionary<string, (string English, string German, string French)> Sentences = new Dictionary<string, (string, string, string)>(StringComparer.Ordinal)
    {
        [AdviceCodes.AskConsent] = (
            "Ask the person for consent, but not by a marketing message.",
            "Bitten Sie die Person um Einwilligung, aber nicht durch eine Werbenachricht.",
            "Demandez le consentement à la personne, mais pas par un message publicitaire."),
        [AdviceCodes.ConfirmDoubleOptIn] = (
            "Send the confirmation link of the double opt-in again.",
            "Senden Sie den Bestätigungslink des Double-Opt-in noch einmal.",
            "Renvoyez le lien de confirmation du double opt-in."),
        [AdviceCodes.AddEvidence] = (
            "Record the evidence of the consent: version of the notice, method and source.",
            "Erfassen Sie den Nachweis der Einwilligung: Fassung des Hinweises, Weg und Quelle.",
            "Enregistrez la preuve du consentement : version de la notice, méthode et source."),
        [AdviceCodes.GiveArt14Notice] = (
            "Inform the person under Article 14 GDPR, and record it.",
            "Informieren Sie die Person nach Artikel 14 DSGVO, und erfassen Sie es.",
            "Informez la personne selon l'article 14 du RGPD et enregistrez-le."),
        [AdviceCodes.FindJurisdiction] = (
            "Find out whose law applies to the person.",
            "Stellen Sie fest, welches Recht für die Person gilt.",
            "Déterminez le droit applicable à la personne."),
        [AdviceCodes.AskAgainLater] = ("Ask again later.", "Fragen Sie später noch einmal.", "Redemandez plus tard."),
        [AdviceCodes.MendFactSource] = (
            "Mend the source of facts that failed.",
            "Beheben Sie den Fehler der Quelle, aus der die Angaben stammen.",
            "Réparez la source de données défaillante."),
        [AdviceCodes.MendPolicy] = (
            "Mend the rule that could not be evaluated; the log names it.",
            "Berichtigen Sie die Regel, die nicht ausgewertet werden konnte; das Protokoll nennt sie.",
            "Corrigez la règle qui n'a pas pu être évaluée ; le journal la nomme."),
        [AdviceCodes.ExtendPolicy] = (
            "Add the jurisdiction, purpose or channel to the policy, or correct its spelling.",
            "Ergänzen Sie das Regelwerk um Land, Zweck oder Kanal, oder berichtigen Sie die Schreibweise.",
            "Ajoutez la juridiction, la finalité ou le canal à la politique, ou corrigez son orthographe."),
        [AdviceCodes.RegisterContactPoint] = (
            "Register the contact point with the ledger.",
            "Melden Sie den Kontaktpunkt im Verzeichnis an.",
            "Enregistrez le point de contact dans le registre."),
        [AdviceCodes.DeclarePurpose] = (
            "Declare the purpose in the purpose catalog, and rebuild the facts.",
            "Nehmen Sie den Zweck in den Zweckkatalog auf, und berechnen Sie die Angaben neu.",
            "Déclarez la finalité dans le catalogue et recalculez les données."),
        [AdviceCodes.RebuildFacts] = (
            "Rebuild the facts: the purpose was declared later than the contact point.",
            "Berechnen Sie die Angaben neu: Der Zweck kam später hinzu als der Kontaktpunkt.",
            "Recalculez les données : la finalité a été déclarée après le point de contact."),
        [AdviceCodes.UseOtherContactPoint] = (
            "Use a contact point of this channel.",
            "Verwenden Sie einen Kontaktpunkt dieses Kanals.",
            "Utilisez un point de contact de ce canal."),
        [Check] = ("Find out the fact '{0}'.", "Stellen Sie die Angabe „{0}“ fest.", "Vérifiez la donnée « {0} »."),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> FactsByCode =
        FactRegistry.Default.Facts.ToFrozenDictionary(fact => AdviceCodes.CheckOf(fact.Name), fact => fact.Name, StringComparer.Ordinal);

    public static bool TryFind(string code, string language, out string text)
    {
        var isCheck = FactsByCode.TryGetValue(code, out var fact);
        if (!Sentences.TryGetValue(isCheck ? Check : code, out var sentence) || code == Check)
        {
            text = code;
            return false;
        }

        text = (language switch { "de" => sentence.German, "fr" => sentence.French, _ => sentence.English }).Replace("{0}", fact, StringComparison.Ordinal);
        return true;
    }
}
