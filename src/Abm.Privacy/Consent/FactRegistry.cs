using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using static Abm.Privacy.Consent.FactDefinition;
using static Abm.Privacy.Consent.NullMeaning;

namespace Abm.Privacy.Consent;

/// <summary>The one place that says which facts there are, of what type, and what null means for each.</summary>
public sealed class FactRegistry
{
    private readonly FrozenDictionary<string, FactDefinition> _byName;

    internal FactRegistry(IReadOnlyList<FactDefinition> facts)
    {
        Facts = facts;
        _byName = facts.ToFrozenDictionary(fact => fact.Name, StringComparer.Ordinal);
    }

    /// <summary>The facts of <see cref="ConsentFacts"/> and <see cref="ConsentQuestion"/>.</summary>
    public static FactRegistry Default { get; } = new(
    [
        Code("consent.status", NeverNull, f => f.ConsentStatus, ConsentStatuses.All),
        Boolean("consent.demonstrable", NeverNull, f => f.ConsentDemonstrable),
        Boolean("consent.specific", NeverNull, f => f.ConsentSpecific),
        Boolean("consent.explicit", NeverNull, f => f.ConsentExplicit),
        Boolean("consent.written", NeverNull, f => f.ConsentWritten),
        Boolean("consent.otherScope", NeverNull, f => f.ConsentOtherScope),
        Instant("consent.grantedAt", KnownAbsent, f => f.ConsentGrantedAt),
        Instant("consent.expiresAt", KnownAbsent, f => f.ConsentExpiresAt),
        Code("consent.method", Unknown, f => f.ConsentMethod, ConsentMethods.All),
        Boolean("consent.parental", KnownAbsent, f => f.ConsentParental),
        Instant("objection.at", KnownAbsent, f => f.ObjectionAt),
        Boolean("restricted", NeverNull, f => f.Restricted),
        Boolean("suppressed.marketing", NeverNull, f => f.SuppressedMarketing),
        Boolean("suppressed.all", NeverNull, f => f.SuppressedAll),
        Boolean("suppressed.undeliverable", NeverNull, f => f.SuppressedUndeliverable),
        Boolean("account.suppressed", NeverNull, f => f.AccountSuppressed),
        Boolean("account.onTargetList", KnownAbsent, f => f.AccountOnTargetList),
        Boolean("saleShare.optedOut", NeverNull, f => f.SaleShareOptedOut),
        Instant("saleShare.optedOutAt", KnownAbsent, f => f.SaleShareOptedOutAt),
        Boolean("signal.gpc", NeverNull, f => f.SignalGpc),
        Boolean("sensitive.limited", NeverNull, f => f.SensitiveLimited),
        Boolean("soft.recorded", NeverNull, f => f.SoftRecorded),
        Boolean("soft.saleContext", Unknown, f => f.SoftSaleContext),
        Boolean("soft.ownProducts", Unknown, f => f.SoftOwnProducts),
        Boolean("soft.similar", Unknown, f => f.SoftSimilar),
        Boolean("soft.optOutOffered", Unknown, f => f.SoftOptOutOffered),
        Boolean("li.assessed", NeverNull, f => f.LegitimateInterestAssessed),
        Boolean("contract", NeverNull, f => f.Contract),
        Code("subscriber.type", Unknown, f => f.SubscriberType, SubscriberTypes.All),
        Number("subject.age", Unknown, f => f.SubjectAge),
        Boolean("b2b.related", Unknown, f => f.BusinessRelated),
        Code("source.kind", KnownAbsent, f => f.SourceKind, SourceKinds.All),
        Instant("source.collectedAt", Unknown, f => f.SourceCollectedAt),
        Instant("source.noticeAt", KnownAbsent, f => f.SourceNoticeAt),
        Code("implied.kind", KnownAbsent, f => f.ImpliedKind, ImpliedConsentKinds.All),
        Instant("implied.at", KnownAbsent, f => f.ImpliedAt),
        Boolean("implied.relevantToRole", Unknown, f => f.ImpliedRelevantToRole),
        Boolean("implied.noSolicitation", Unknown, f => f.ImpliedNoSolicitation),
        Boolean("contact.roleAddress", KnownAbsent, f => f.ContactRoleAddress),
        FactDefinition.TimeZone("contact.zone", Unknown, f => f.ContactZone),
        Boolean("contact.dncListed", Unknown, f => f.ContactDncListed),
        Instant("preference.pausedUntil", KnownAbsent, f => f.PreferencePausedUntil),
        Boolean("preference.topicWanted", KnownAbsent, f => f.PreferenceTopicWanted),
        Boolean("preference.channelWanted", KnownAbsent, f => f.PreferenceChannelWanted),
        Boolean("preference.personalisationRefused", NeverNull, f => f.PreferencePersonalizationRefused),
        Number("sends.contact", NeverNull, f => f.SendsContact),
        Number("sends.account", NeverNull, f => f.SendsAccount),
        Number("caps.contact", KnownAbsent, f => f.CapsContact),
        Number("caps.account", KnownAbsent, f => f.CapsAccount),
        Number("facts.errors", NeverNull, f => f.FactErrors),
        OfMessage("message.usesSpecialCategory", q => q.UsesSpecialCategory),
        OfMessage("message.childDirected", q => q.ChildDirected),
    ]);

    /// <summary>Every fact.</summary>
    public IReadOnlyList<FactDefinition> Facts { get; }

    /// <summary>Finds a fact by its name.</summary>
    /// <param name="name">The name in policies, compared exactly.</param>
    /// <param name="fact">The fact, or null.</param>
    /// <returns>Whether there is such a fact.</returns>
    public bool TryFind(string name, [NotNullWhen(true)] out FactDefinition? fact) => _byName.TryGetValue(name, out fact);
}
