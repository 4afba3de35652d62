using System.Collections.Frozen;

namespace Abm.Privacy.Consent;

/// <summary>The English sentences of the reason codes.</summary>
internal static class ReasonTexts
{
    public static FrozenDictionary<string, string> English { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [ReasonCodes.FactMissing] = "A fact that decides is unknown.",
        [ReasonCodes.FactError] = "A source of facts failed, so nothing may rest on them.",
        [ReasonCodes.RuleError] = "A rule could not be evaluated; the log names the rule.",
        [ReasonCodes.StrictestJurisdiction] = "It is not certain whose law applies, so every candidate was asked and the strictest answer holds.",
        [ReasonCodes.NoPermittingRule] = "The policy has no rule that could permit this purpose on this channel.",
        [ReasonCodes.JurisdictionNotCovered] = "The policy has no permit rule for this jurisdiction.",
        [ReasonCodes.ContactPointUnknown] = "The contact point is not registered.",
        [ReasonCodes.ChannelMismatch] = "The contact point is of another channel.",
        [ReasonCodes.PurposeUndeclared] = "The purpose catalog does not declare the purpose.",
        [ReasonCodes.FactsNotBuilt] = "The facts for this purpose were not computed yet.",
        [ReasonCodes.ConsentValid] = "There is a valid consent.",
        [ReasonCodes.ConsentMissing] = "There is no consent.",
        [ReasonCodes.ConsentPendingConfirmation] = "Consent was given, but the double opt-in is not confirmed.",
        [ReasonCodes.ConsentRefused] = "Consent was asked for and refused.",
        [ReasonCodes.ConsentWithdrawn] = "Consent was withdrawn.",
        [ReasonCodes.ConsentExpired] = "Consent has expired.",
        [ReasonCodes.ConsentNotYetEffective] = "Consent takes effect in the future.",
        [ReasonCodes.ConsentNotDemonstrable] = "There is a consent, but no evidence of it.",
        [ReasonCodes.ConsentInvalidMethod] = "Consent was obtained in a way that does not count.",
        [ReasonCodes.ConsentGenericVoid] = "Consent to everything is void; it must name its purpose.",
        [ReasonCodes.ConsentScopeMismatch] = "Consent was given for another purpose or channel.",
        [ReasonCodes.ConsentNotWritten] = "Consent was given, but not in writing.",
        [ReasonCodes.ObjectedDirectMarketing] = "The person objected to direct marketing.",
        [ReasonCodes.Restricted] = "Processing of the person's data is restricted.",
        [ReasonCodes.Suppressed] = "The person is on the suppression list for everything.",
        [ReasonCodes.SuppressedMarketing] = "The person is on the suppression list for marketing.",
        [ReasonCodes.SuppressedUndeliverable] = "The address does not work.",
        [ReasonCodes.AccountSuppressed] = "The person's account is suppressed.",
        [ReasonCodes.AccountNotTargeted] = "The person's account is not on the target list.",
        [ReasonCodes.TopicNotWanted] = "The person does not want this topic.",
        [ReasonCodes.ChannelNotWanted] = "The person does not want this channel.",
        [ReasonCodes.Paused] = "The person paused messages.",
        [ReasonCodes.FrequencyCap] = "The person got as many messages as the cap allows.",
        [ReasonCodes.AccountFrequencyCap] = "The account got as many messages as the cap allows.",
        [ReasonCodes.QuietHours] = "It is outside the permitted hours where the person is.",
        [ReasonCodes.SoftOptIn] = "The person is an existing customer and did not opt out.",
        [ReasonCodes.SoftOptInConditionsNotMet] = "A condition of the soft opt-in is not met.",
        [ReasonCodes.LegitimateInterestB2B] = "Legitimate interest in business marketing, assessed and related to the person's role.",
        [ReasonCodes.CorporateSubscriber] = "The address belongs to a corporate subscriber.",
        [ReasonCodes.RoleAddress] = "The address is a role address.",
        [ReasonCodes.ContractNecessity] = "A contract needs the message.",
        [ReasonCodes.ContractMissing] = "There is no contract that the message serves.",
        [ReasonCodes.Transactional] = "The message is transactional.",
        [ReasonCodes.NotOptedOut] = "The law permits until the person opts out, and the person did not.",
        [ReasonCodes.ImpliedConsent] = "There is implied consent.",
        [ReasonCodes.ImpliedConsentExpired] = "Implied consent has expired.",
        [ReasonCodes.ImpliedConsentConditionsNotMet] = "A condition of implied consent is not met.",
        [ReasonCodes.Art14NoticeOverdue] = "The data did not come from the person, who was not told in time.",
        [ReasonCodes.SpecialCategoryNoExplicitConsent] = "Special-category data needs explicit consent.",
        [ReasonCodes.ChildParentalConsentRequired] = "A child of this age needs a parent's consent.",
        [ReasonCodes.DoNotCallListed] = "The number is on a do-not-call list.",
        [ReasonCodes.OptedOutSaleShare] = "The person opted out of sale or sharing.",
        [ReasonCodes.GpcSignal] = "The person's browser sends a Global Privacy Control signal.",
        [ReasonCodes.MinorOptInRequired] = "A minor must opt in first.",
        [ReasonCodes.SensitivePiLimited] = "The person limited the use of sensitive data.",
        [ReasonCodes.ReaskWait12Months] = "The person opted out less than 12 months ago and may not be asked again yet.",
        [ReasonCodes.ReaskAllowed] = "The person may be asked.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static bool TryFind(string code, out string text)
    {
        var found = English.TryGetValue(code, out var sentence);
        text = sentence ?? code;
        return found;
    }
}
