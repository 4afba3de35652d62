namespace Abm.Privacy.Consent;

/// <summary>
/// What is known about one contact point and one purpose: a flat row, ready for a table. Each fact says what null
/// means: <i>never null</i>; <i>absent</i>: it is known that there is none; <i>unknown</i>: nobody knows, so no permit
/// may rest on it and a forbid that depends on it denies. The defaults are those of a contact about whom nothing was recorded.
/// Instants are Unix milliseconds (UTC): write <c>moment.ToUnixTimeMilliseconds()</c>; a number below 100,000,000,000 (seconds, or 0 for
/// nothing) or after the year 9999 counts as unknown. Codes are the constants of
/// <see cref="ConsentStatuses"/>, <see cref="ConsentMethods"/>, <see cref="SubscriberTypes"/>, <see cref="SourceKinds"/>
/// and <see cref="ImpliedConsentKinds"/>; any other text counts as unknown. The names for policies stand in <see cref="FactRegistry"/>.
/// </summary>
public sealed record ConsentFacts
{
    /// <summary>The row's own key: an opaque id, never an address. No rule sees it, and of a decision it is the contact point alone. Default: empty.</summary>
    public string Key { get; init; } = "";

    /// <summary>
    /// Whose law applies: a code such as <c>EU/DE</c>, <c>UK</c>, <c>US/CA</c>; see <see cref="Jurisdictions"/>. <c>EU/*</c> is
    /// somewhere in the EU, <c>EU/DE,UK</c> one of the two. Null, or a text of another form, is unknown: every loaded jurisdiction must permit.
    /// So must they, and the jurisdiction itself, when the policy permits worldwide but does not name it; a pack without rules names it.
    /// </summary>
    public string? Jurisdiction { get; init; }

    /// <summary>The consent for this contact point and purpose as it stands now: <see cref="ConsentStatuses"/>. Never null. Default: none.</summary>
    public string ConsentStatus { get; init; } = ConsentStatuses.None;

    /// <summary>Whether evidence and the version of the notice are on record. Never null.</summary>
    public bool ConsentDemonstrable { get; init; }

    /// <summary>Whether the consent names its purpose (it is not a consent to everything). Never null.</summary>
    public bool ConsentSpecific { get; init; }

    /// <summary>Whether the consent is explicit in the sense of GDPR Article 9. Never null.</summary>
    public bool ConsentExplicit { get; init; }

    /// <summary>Whether the consent is the prior express written consent of 47 CFR 64.1200. Never null.</summary>
    public bool ConsentWritten { get; init; }

    /// <summary>Whether consent was given for another channel or purpose. Never null.</summary>
    public bool ConsentOtherScope { get; init; }

    /// <summary>When the current consent was given, in Unix milliseconds. Null: there is none.</summary>
    public long? ConsentGrantedAt { get; init; }

    /// <summary>When the current consent ends, in Unix milliseconds. Null: it does not expire.</summary>
    public long? ConsentExpiresAt { get; init; }

    /// <summary>How consent was given: <see cref="ConsentMethods"/>. Null: unknown.</summary>
    public string? ConsentMethod { get; init; }

    /// <summary>Whether a parent consented for a child. Null: nobody did.</summary>
    public bool? ConsentParental { get; init; }

    /// <summary>The latest objection to direct marketing, in Unix milliseconds. Null: there is none.</summary>
    public long? ObjectionAt { get; init; }

    /// <summary>Whether processing is restricted (GDPR Article 18). Never null.</summary>
    public bool Restricted { get; init; }

    /// <summary>Whether any suppression of marketing is active. Never null.</summary>
    public bool SuppressedMarketing { get; init; }

    /// <summary>Whether everything is suppressed: by order, by law, deceased. Never null.</summary>
    public bool SuppressedAll { get; init; }

    /// <summary>Whether the contact point is known not to work, for example after a hard bounce. Never null.</summary>
    public bool SuppressedUndeliverable { get; init; }

    /// <summary>Whether the account, its domain or a parent account is suppressed. Never null.</summary>
    public bool AccountSuppressed { get; init; }

    /// <summary>Whether the account is on the target list. Null: no target list is in use.</summary>
    public bool? AccountOnTargetList { get; init; }

    /// <summary>Whether the person opted out of sale or sharing, by request or by a GPP string. Never null.</summary>
    public bool SaleShareOptedOut { get; init; }

    /// <summary>When the person opted out of sale or sharing, in Unix milliseconds. Null: the person did not.</summary>
    public long? SaleShareOptedOutAt { get; init; }

    /// <summary>Whether a Global Privacy Control signal was received. Never null.</summary>
    public bool SignalGpc { get; init; }

    /// <summary>Whether the person limited the use of sensitive data. Never null.</summary>
    public bool SensitiveLimited { get; init; }

    /// <summary>Whether a soft opt-in is on record. Never null.</summary>
    public bool SoftRecorded { get; init; }

    /// <summary>Whether the soft opt-in's address came from a sale. Null: unknown.</summary>
    public bool? SoftSaleContext { get; init; }

    /// <summary>Whether the soft opt-in is for the sender's own products. Null: unknown.</summary>
    public bool? SoftOwnProducts { get; init; }

    /// <summary>Whether the soft opt-in is for similar products. Null: unknown.</summary>
    public bool? SoftSimilar { get; init; }

    /// <summary>Whether an opt-out was offered when the address was collected. Null: unknown.</summary>
    public bool? SoftOptOutOffered { get; init; }

    /// <summary>Whether a legitimate-interest assessment is on record. Never null.</summary>
    public bool LegitimateInterestAssessed { get; init; }

    /// <summary>Whether the message serves a contract with the person or the account. Never null.</summary>
    public bool Contract { get; init; }

    /// <summary>What kind of subscriber the address belongs to: <see cref="SubscriberTypes"/>. Null: unknown.</summary>
    public string? SubscriberType { get; init; }

    /// <summary>The person's age in years. Null: unknown.</summary>
    public int? SubjectAge { get; init; }

    /// <summary>Whether the offer relates to the person's role at work. Null: unknown.</summary>
    public bool? BusinessRelated { get; init; }

    /// <summary>Where the data came from: <see cref="SourceKinds"/>. Null: from no recorded source, which is the person.</summary>
    public string? SourceKind { get; init; }

    /// <summary>When the data was obtained, in Unix milliseconds; starts the clock of GDPR Article 14. Null: unknown.</summary>
    public long? SourceCollectedAt { get; init; }

    /// <summary>When the notice of GDPR Article 14 was given, in Unix milliseconds. Null: it was not.</summary>
    public long? SourceNoticeAt { get; init; }

    /// <summary>What gives rise to implied consent: <see cref="ImpliedConsentKinds"/>. Null: nothing.</summary>
    public string? ImpliedKind { get; init; }

    /// <summary>When implied consent arose, in Unix milliseconds. Null: it did not.</summary>
    public long? ImpliedAt { get; init; }

    /// <summary>Whether the message is relevant to the role of a person who published the address. Null: unknown.</summary>
    public bool? ImpliedRelevantToRole { get; init; }

    /// <summary>Whether the published address carries a statement against solicitation. Null: unknown.</summary>
    public bool? ImpliedNoSolicitation { get; init; }

    /// <summary>Whether the address is a role address such as <c>info@</c>; set when it is taken in. Null: it is not.</summary>
    public bool? ContactRoleAddress { get; init; }

    /// <summary>The person's time zone as an IANA name such as <c>Europe/Berlin</c>. Compared exactly. Null, or a name that is not there: unknown.</summary>
    public string? ContactZone { get; init; }

    /// <summary>Whether the number is on a do-not-call list (DNC, TPS, CTPS). Null: unknown.</summary>
    public bool? ContactDncListed { get; init; }

    /// <summary>Until when the person paused messages, in Unix milliseconds. Null: no pause.</summary>
    public long? PreferencePausedUntil { get; init; }

    /// <summary>Whether the message's topic is among the wanted ones. Null: the person named no topics.</summary>
    public bool? PreferenceTopicWanted { get; init; }

    /// <summary>Whether the channel is among the wanted ones. Null: the person named no channels.</summary>
    public bool? PreferenceChannelWanted { get; init; }

    /// <summary>Whether the person refused personalized content. Never null.</summary>
    public bool PreferencePersonalizationRefused { get; init; }

    /// <summary>Messages sent to the contact in the rolling window. Never null.</summary>
    public int SendsContact { get; init; }

    /// <summary>Messages sent to the contact's account in the rolling window. Never null.</summary>
    public int SendsAccount { get; init; }

    /// <summary>The most messages that the contact may get in the rolling window. Null: no cap.</summary>
    public int? CapsContact { get; init; }

    /// <summary>The most messages that the account may get in the rolling window. Null: no cap.</summary>
    public int? CapsAccount { get; init; }

    /// <summary>Bits of the fact providers that failed; anything but 0 denies with <see cref="ReasonCodes.FactError"/>. Never null.</summary>
    public int FactErrors { get; init; }

    /// <summary>A placeholder: facts about a person stay out of logs.</summary>
    /// <returns><c>[consent facts]</c>.</returns>
    public override string ToString() => "[consent facts]";
}
