using System.Collections.Frozen;
using Abm.Privacy.Consent.Ledger;
using static Abm.Privacy.Consent.ChangedBy;
using static Abm.Privacy.Consent.Ledger.FactGroup;

namespace Abm.Privacy.Consent;

/// <summary>
/// Where a fact comes from: the events that it rests on, and what may be wished of it. The one place that says so for every fact of <see cref="FactRegistry"/>.
/// </summary>
/// <param name="Group">The events; null for what is no event.</param>
/// <param name="By">Who can change it; null where nobody may be told to.</param>
/// <param name="Wishes">The values that lead towards a permit: a text, <c>now</c> for the moment of the decision, or null for "none". Empty: what turns out, for a fact that is unknown.</param>
internal sealed record FactOrigin(FactGroup? Group, ChangedBy? By, params string?[] Wishes)
{
    public const string Now = "now";

    private static readonly FrozenDictionary<string, FactOrigin> All = new Dictionary<string, FactOrigin>(StringComparer.Ordinal)
    {
        ["consent.status"] = new(FactGroup.Consent, Person, ConsentStatuses.Granted),
        ["consent.demonstrable"] = new(FactGroup.Consent, Person, "true"),
        ["consent.specific"] = new(FactGroup.Consent, Person, "true"),
        ["consent.explicit"] = new(FactGroup.Consent, Person, "true"),
        ["consent.written"] = new(FactGroup.Consent, Person, "true"),
        ["consent.otherScope"] = new(FactGroup.Consent, null),
        ["consent.grantedAt"] = new(FactGroup.Consent, Person, Now),
        ["consent.expiresAt"] = new(FactGroup.Consent, Person, [null]),
        ["consent.method"] = new(FactGroup.Consent, Person, ConsentMethods.Form, ConsentMethods.Signature),
        ["consent.parental"] = new(FactGroup.Consent, Person, "true"),
        ["objection.at"] = new(Objection, null),
        ["restricted"] = new(Restriction, Person, "false"),
        ["suppressed.marketing"] = new(Suppression, Person, "false"),
        ["suppressed.all"] = new(Suppression, Authority, "false"),
        ["suppressed.undeliverable"] = new(Suppression, Person, "false"),
        ["account.suppressed"] = new(Account, Authority, "false"),
        ["account.onTargetList"] = new(Account, Organization, "true"),
        ["saleShare.optedOut"] = new(SaleOrShare, Person, "false"),
        ["saleShare.optedOutAt"] = new(SaleOrShare, Person, [null]),
        ["signal.gpc"] = new(SaleOrShare, Person, "false"),
        ["sensitive.limited"] = new(SensitiveUse, Person, "false"),
        ["soft.recorded"] = new(SoftOptIn, null),
        ["soft.saleContext"] = new(SoftOptIn, Inquiry),
        ["soft.ownProducts"] = new(SoftOptIn, Inquiry),
        ["soft.similar"] = new(SoftOptIn, Inquiry),
        ["soft.optOutOffered"] = new(SoftOptIn, Inquiry),
        ["li.assessed"] = new(Profile, Organization, "true"),
        ["contract"] = new(Profile, null),
        ["subscriber.type"] = new(Profile, Inquiry),
        ["subject.age"] = new(Profile, Inquiry),
        ["b2b.related"] = new(Profile, Inquiry),
        ["source.kind"] = new(Source, null),
        ["source.collectedAt"] = new(Source, Inquiry),
        ["source.noticeAt"] = new(Source, Organization, Now),
        ["implied.kind"] = new(FactGroup.ImpliedConsent, null),
        ["implied.at"] = new(FactGroup.ImpliedConsent, null),
        ["implied.relevantToRole"] = new(FactGroup.ImpliedConsent, Inquiry),
        ["implied.noSolicitation"] = new(FactGroup.ImpliedConsent, Inquiry),
        ["contact.roleAddress"] = new(Profile, null),
        ["contact.zone"] = new(Profile, Inquiry),
        ["contact.dncListed"] = new(Profile, Inquiry),
        ["preference.pausedUntil"] = new(Preference, Person, [null]),
        ["preference.topicWanted"] = new(Preference, Person, "true"),
        ["preference.channelWanted"] = new(Preference, Person, "true"),
        ["preference.personalisationRefused"] = new(Preference, Person, "false"),
        ["sends.contact"] = new(null, Time, "0"),
        ["sends.account"] = new(null, Time, "0"),
        ["caps.contact"] = new(Preference, Person, [null]),
        ["caps.account"] = new(Account, Organization, [null]),
        ["facts.errors"] = new(null, Organization, "0"),
        ["message.usesSpecialCategory"] = new(null, Message, "false"),
        ["message.childDirected"] = new(null, Message, "false"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The names of the facts that are told about.</summary>
    public static IEnumerable<string> Names => All.Keys;

    /// <summary>Where a fact comes from. One that is not told about rests on no event, and nobody may be told to change it.</summary>
    public static FactOrigin Of(FactDefinition fact) => All.GetValueOrDefault(fact.Name, Unlisted);

    private static FactOrigin Unlisted { get; } = new(null, null);
}
