using System.Globalization;
using Abm.Privacy.Consent.Texts;

namespace Abm.Privacy.Consent;

/// <summary>
/// Reason codes: the engine's own, and the vocabulary that policies share. A policy may use other codes; a code never changes its meaning.
/// </summary>
public static class ReasonCodes
{
    /// <summary>The engine: a fact that decides is unknown; <see cref="DecisionReason.MissingFacts"/> names it.</summary>
    public const string FactMissing = "FACT_MISSING";

    /// <summary>The engine: a fact provider failed (<see cref="ConsentFacts.FactErrors"/>).</summary>
    public const string FactError = "FACT_ERROR";

    /// <summary>The engine: a rule could not be evaluated.</summary>
    public const string RuleError = "RULE_ERROR";

    /// <summary>The engine: several jurisdictions were asked and the strictest answer holds.</summary>
    public const string StrictestJurisdiction = "STRICTEST_JURISDICTION";

    /// <summary>The engine: the policy has no permit rule for this purpose and channel here; check the spelling of the purpose.</summary>
    public const string NoPermittingRule = "NO_PERMITTING_RULE";

    /// <summary>The engine: the policy has no permit rule for this jurisdiction.</summary>
    public const string JurisdictionNotCovered = "JURISDICTION_NOT_COVERED";

    /// <summary>The engine: the policy is not in force at the moment that is asked about.</summary>
    public const string PolicyNotEffective = "POLICY_NOT_EFFECTIVE";

    /// <summary>The consent service: the ledger does not know the contact point, or nobody was registered with the identifier.</summary>
    public const string ContactPointUnknown = "CONTACT_POINT_UNKNOWN";

    /// <summary>The consent service: the contact point is of another channel than the question's.</summary>
    public const string ChannelMismatch = "CHANNEL_MISMATCH";

    /// <summary>The consent service: the purpose catalog does not declare the purpose.</summary>
    public const string PurposeUndeclared = "PURPOSE_UNDECLARED";

    /// <summary>The consent service: there is no row of facts, because the purpose was declared later and the facts were not rebuilt since.</summary>
    public const string FactsNotBuilt = "FACTS_NOT_BUILT";

    /// <summary>Permit: there is a valid consent.</summary>
    public const string ConsentValid = "CONSENT_VALID";

    /// <summary>Deny: there is no consent.</summary>
    public const string ConsentMissing = "CONSENT_MISSING";

    /// <summary>Deny: consent was given, but the double opt-in is not confirmed.</summary>
    public const string ConsentPendingConfirmation = "CONSENT_PENDING_CONFIRMATION";

    /// <summary>Deny: consent was asked for and refused.</summary>
    public const string ConsentRefused = "CONSENT_REFUSED";

    /// <summary>Deny: consent was withdrawn.</summary>
    public const string ConsentWithdrawn = "CONSENT_WITHDRAWN";

    /// <summary>Deny: consent has expired.</summary>
    public const string ConsentExpired = "CONSENT_EXPIRED";

    /// <summary>Deny: consent takes effect in the future.</summary>
    public const string ConsentNotYetEffective = "CONSENT_NOT_YET_EFFECTIVE";

    /// <summary>Deny: there is a consent, but no evidence of it.</summary>
    public const string ConsentNotDemonstrable = "CONSENT_NOT_DEMONSTRABLE";

    /// <summary>Deny: consent was obtained in a way that does not count.</summary>
    public const string ConsentInvalidMethod = "CONSENT_INVALID_METHOD";

    /// <summary>Deny: consent to everything is void; it must name its purpose.</summary>
    public const string ConsentGenericVoid = "CONSENT_GENERIC_VOID";

    /// <summary>Deny: consent was given for another purpose or channel.</summary>
    public const string ConsentScopeMismatch = "CONSENT_SCOPE_MISMATCH";

    /// <summary>Deny: consent was given, but not in writing.</summary>
    public const string ConsentNotWritten = "CONSENT_NOT_WRITTEN";

    /// <summary>Deny: the person objected to direct marketing.</summary>
    public const string ObjectedDirectMarketing = "OBJECTED_DIRECT_MARKETING";

    /// <summary>Deny: processing of the person's data is restricted.</summary>
    public const string Restricted = "RESTRICTED";

    /// <summary>Deny: the person is on the suppression list for everything.</summary>
    public const string Suppressed = "SUPPRESSED";

    /// <summary>Deny: the person is on the suppression list for marketing.</summary>
    public const string SuppressedMarketing = "SUPPRESSED_MARKETING";

    /// <summary>Deny: the address does not work.</summary>
    public const string SuppressedUndeliverable = "SUPPRESSED_UNDELIVERABLE";

    /// <summary>Deny: the person's account is suppressed.</summary>
    public const string AccountSuppressed = "ACCOUNT_SUPPRESSED";

    /// <summary>Deny: the person's account is not on the target list.</summary>
    public const string AccountNotTargeted = "ACCOUNT_NOT_TARGETED";

    /// <summary>Deny: the person does not want this topic.</summary>
    public const string TopicNotWanted = "TOPIC_NOT_WANTED";

    /// <summary>Deny: the person does not want this channel.</summary>
    public const string ChannelNotWanted = "CHANNEL_NOT_WANTED";

    /// <summary>Defer: the person paused messages.</summary>
    public const string Paused = "PAUSED";

    /// <summary>Defer: the person got as many messages as the cap allows.</summary>
    public const string FrequencyCap = "FREQUENCY_CAP";

    /// <summary>Defer: the account got as many messages as the cap allows.</summary>
    public const string AccountFrequencyCap = "ACCOUNT_FREQUENCY_CAP";

    /// <summary>Defer: it is outside the permitted hours where the person is.</summary>
    public const string QuietHours = "QUIET_HOURS";

    /// <summary>Permit: the person is an existing customer and did not opt out.</summary>
    public const string SoftOptIn = "SOFT_OPT_IN";

    /// <summary>Deny: a condition of the soft opt-in is not met.</summary>
    public const string SoftOptInConditionsNotMet = "SOFT_OPT_IN_CONDITIONS_NOT_MET";

    /// <summary>Permit: legitimate interest in business marketing, assessed and related to the person's role.</summary>
    public const string LegitimateInterestB2B = "LEGITIMATE_INTEREST_B2B";

    /// <summary>Permit: the address belongs to a corporate subscriber.</summary>
    public const string CorporateSubscriber = "CORPORATE_SUBSCRIBER";

    /// <summary>Permit: the address is a role address.</summary>
    public const string RoleAddress = "ROLE_ADDRESS";

    /// <summary>Permit: a contract needs the message.</summary>
    public const string ContractNecessity = "CONTRACT_NECESSITY";

    /// <summary>Deny: there is no contract that the message serves.</summary>
    public const string ContractMissing = "CONTRACT_MISSING";

    /// <summary>Permit: the message is transactional.</summary>
    public const string Transactional = "TRANSACTIONAL";

    /// <summary>Permit: the law permits until the person opts out, and the person did not.</summary>
    public const string NotOptedOut = "NOT_OPTED_OUT";

    /// <summary>Permit: there is implied consent.</summary>
    public const string ImpliedConsent = "IMPLIED_CONSENT";

    /// <summary>Deny: implied consent has expired.</summary>
    public const string ImpliedConsentExpired = "IMPLIED_CONSENT_EXPIRED";

    /// <summary>Deny: a condition of implied consent is not met.</summary>
    public const string ImpliedConsentConditionsNotMet = "IMPLIED_CONSENT_CONDITIONS_NOT_MET";

    /// <summary>Deny: the data did not come from the person, who was not told in time.</summary>
    public const string Art14NoticeOverdue = "ART14_NOTICE_OVERDUE";

    /// <summary>Deny: special-category data needs explicit consent.</summary>
    public const string SpecialCategoryNoExplicitConsent = "SPECIAL_CATEGORY_NO_EXPLICIT_CONSENT";

    /// <summary>Deny: a child of this age needs a parent's consent.</summary>
    public const string ChildParentalConsentRequired = "CHILD_PARENTAL_CONSENT_REQUIRED";

    /// <summary>Deny: the number is on a do-not-call list.</summary>
    public const string DoNotCallListed = "DO_NOT_CALL_LISTED";

    /// <summary>Deny: the person opted out of sale or sharing.</summary>
    public const string OptedOutSaleShare = "OPTED_OUT_SALE_SHARE";

    /// <summary>Deny: the person's browser sends a Global Privacy Control signal.</summary>
    public const string GpcSignal = "GPC_SIGNAL";

    /// <summary>Deny: a minor must opt in first.</summary>
    public const string MinorOptInRequired = "MINOR_OPT_IN_REQUIRED";

    /// <summary>Deny: the person limited the use of sensitive data.</summary>
    public const string SensitivePiLimited = "SENSITIVE_PI_LIMITED";

    /// <summary>Deny: the person opted out less than 12 months ago and may not be asked again yet.</summary>
    public const string ReaskWait12Months = "REASK_WAIT_12_MONTHS";

    /// <summary>Permit: the person may be asked.</summary>
    public const string ReaskAllowed = "REASK_ALLOWED";

    /// <summary>What says that something is not set up, whoever the person is.</summary>
    internal static IReadOnlyList<string> ConfigurationGaps { get; } =
        [NoPermittingRule, JurisdictionNotCovered, ContactPointUnknown, ChannelMismatch, PurposeUndeclared, FactsNotBuilt];

    /// <summary>A short English sentence for a code of this class.</summary>
    /// <param name="code">The code.</param>
    /// <param name="text">The sentence; the code itself when it is a policy's own.</param>
    /// <returns>Whether there is a sentence.</returns>
    public static bool TryDescribe(string code, out string text) => TryDescribe(code, CultureInfo.InvariantCulture, out text);

    /// <summary>A short sentence for a code of this class in English, German or French.</summary>
    /// <param name="code">The code.</param>
    /// <param name="culture">The language, for example <c>de-AT</c>. Any other than the three gives English.</param>
    /// <param name="text">The sentence; the code itself when it is a policy's own.</param>
    /// <returns>Whether there is a sentence.</returns>
    public static bool TryDescribe(string code, CultureInfo culture, out string text) => CodeTexts.Reasons.TryFind(code, culture, out text);
}
