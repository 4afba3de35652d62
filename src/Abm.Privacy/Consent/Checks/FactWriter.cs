namespace Abm.Privacy.Consent.Checks;

/// <summary>Sets one fact of a row by its name in policies: the other direction of <see cref="FactRegistry"/>.</summary>
internal static class FactWriter
{
    /// <summary>The row with the fact set; null if the fact belongs to no row.</summary>
    /// <param name="facts">The row.</param>
    /// <param name="fact">The fact's name.</param>
    /// <param name="number">The value of a fact that is no text: 0 and 1 for booleans; null where the fact may be null.</param>
    /// <param name="text">The value of a fact that is a text.</param>
    public static ConsentFacts? Write(ConsentFacts facts, string fact, long? number, string? text) => fact switch
    {
        "consent.status" => facts with { ConsentStatus = text! },
        "consent.demonstrable" => facts with { ConsentDemonstrable = number == 1 },
        "consent.specific" => facts with { ConsentSpecific = number == 1 },
        "consent.explicit" => facts with { ConsentExplicit = number == 1 },
        "consent.written" => facts with { ConsentWritten = number == 1 },
        "consent.otherScope" => facts with { ConsentOtherScope = number == 1 },
        "consent.grantedAt" => facts with { ConsentGrantedAt = number },
        "consent.expiresAt" => facts with { ConsentExpiresAt = number },
        "consent.method" => facts with { ConsentMethod = text },
        "consent.parental" => facts with { ConsentParental = number is null ? null : number == 1 },
        "objection.at" => facts with { ObjectionAt = number },
        "restricted" => facts with { Restricted = number == 1 },
        "suppressed.marketing" => facts with { SuppressedMarketing = number == 1 },
        "suppressed.all" => facts with { SuppressedAll = number == 1 },
        "suppressed.undeliverable" => facts with { SuppressedUndeliverable = number == 1 },
        "account.suppressed" => facts with { AccountSuppressed = number == 1 },
        "account.onTargetList" => facts with { AccountOnTargetList = number is null ? null : number == 1 },
        "saleShare.optedOut" => facts with { SaleShareOptedOut = number == 1 },
        "saleShare.optedOutAt" => facts with { SaleShareOptedOutAt = number },
        "signal.gpc" => facts with { SignalGpc = number == 1 },
        "sensitive.limited" => facts with { SensitiveLimited = number == 1 },
        "soft.recorded" => facts with { SoftRecorded = number == 1 },
        "soft.saleContext" => facts with { SoftSaleContext = number is null ? null : number == 1 },
        "soft.ownProducts" => facts with { SoftOwnProducts = number is null ? null : number == 1 },
        "soft.similar" => facts with { SoftSimilar = number is null ? null : number == 1 },
        "soft.optOutOffered" => facts with { SoftOptOutOffered = number is null ? null : number == 1 },
        "li.assessed" => facts with { LegitimateInterestAssessed = number == 1 },
        "contract" => facts with { Contract = number == 1 },
        "subscriber.type" => facts with { SubscriberType = text },
        "subject.age" => facts with { SubjectAge = (int?)number },
        "b2b.related" => facts with { BusinessRelated = number is null ? null : number == 1 },
        "source.kind" => facts with { SourceKind = text },
        "source.collectedAt" => facts with { SourceCollectedAt = number },
        "source.noticeAt" => facts with { SourceNoticeAt = number },
        "implied.kind" => facts with { ImpliedKind = text },
        "implied.at" => facts with { ImpliedAt = number },
        "implied.relevantToRole" => facts with { ImpliedRelevantToRole = number is null ? null : number == 1 },
        "implied.noSolicitation" => facts with { ImpliedNoSolicitation = number is null ? null : number == 1 },
        "contact.roleAddress" => facts with { ContactRoleAddress = number is null ? null : number == 1 },
        "contact.zone" => facts with { ContactZone = text },
        "contact.dncListed" => facts with { ContactDncListed = number is null ? null : number == 1 },
        "preference.pausedUntil" => facts with { PreferencePausedUntil = number },
        "preference.topicWanted" => facts with { PreferenceTopicWanted = number is null ? null : number == 1 },
        "preference.channelWanted" => facts with { PreferenceChannelWanted = number is null ? null : number == 1 },
        "preference.personalisationRefused" => facts with { PreferencePersonalizationRefused = number == 1 },
        "sends.contact" => facts with { SendsContact = (int)number! },
        "sends.account" => facts with { SendsAccount = (int)number! },
        "caps.contact" => facts with { CapsContact = (int?)number },
        "caps.account" => facts with { CapsAccount = (int?)number },
        "facts.errors" => facts with { FactErrors = (int)number! },
        _ => null,
    };
}
