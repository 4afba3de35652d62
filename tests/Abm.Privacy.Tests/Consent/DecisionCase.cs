using System.Globalization;
using System.Text.Json;
using Abm.Privacy.Consent;

namespace Abm.Privacy.Tests.Consent;

/// <summary>
/// One case of the published decision cases, its loose facts folded into the flat row as a ledger would do it: one general mapping
/// for all cases, and no case is known by its name.
/// </summary>
internal sealed class DecisionCase(JsonElement json)
{
    private readonly JsonElement _facts = json.GetProperty("facts");

    public string Id => json.GetProperty("id").GetString()!;

    public ConsentOutcome Outcome => json.GetProperty("expect").GetProperty("decision").GetString() switch
    {
        "permit" => ConsentOutcome.Permit,
        "deny" => ConsentOutcome.Deny,
        "defer" => ConsentOutcome.Defer,
        var other => throw new InvalidOperationException($"decision {other}"),
    };

    public IEnumerable<string> Reasons => Texts(json.GetProperty("expect").GetProperty("reasons"));

    public IEnumerable<string> Obligations => Texts(json.GetProperty("expect").GetProperty("obligations"));

    /// <summary>The case asks for a rule that throws while it looks at the suppressions.</summary>
    public bool SuppressionsThrow => _facts.TryGetProperty("suppressions", out var value) && value.ValueKind == JsonValueKind.String && value.GetString() == "RULE_THROWS";

    private Channel Channel => Channels.TryParse(json.GetProperty("channel").GetString(), out var channel) ? channel : throw new InvalidOperationException("channel");

    private DateTimeOffset Now => json.GetProperty("now").GetDateTimeOffset();

    public ConsentQuestion Question => new(
        json.GetProperty("message").GetString() switch
        {
            "marketing" => Purposes.Newsletter,
            "transactional" => Purposes.AccountNotice,
            "sale_or_share" => Purposes.AdAudience,
            "uses_sensitive_pi" => Purposes.SensitiveUse,
            "re_opt_in_request" => Purposes.OptInRequest,
            var other => throw new InvalidOperationException($"message {other}"),
        },
        Channel)
    {
        At = Now,
        UsesSpecialCategory = Bool(_facts, "usesSpecialCategory") ?? false,
        ChildDirected = Bool(_facts, "childDirected") ?? false,
    };

    public ConsentFacts Facts
    {
        get
        {
            var channelName = Channels.NameOf(Channel);
            var consents = Items("consents");
            var consent = consents.FirstOrDefault(item => Text(item, "channel") == channelName && Text(item, "purpose") is "newsletter" or "*");
            var here = consent.ValueKind == JsonValueKind.Object;
            var optOut = Object("optOut");
            var gpp = Text(_facts, "gpp") is { } text ? CaliforniaGpp.Decode(text) : default;
            var suppressions = Items("suppressions").Select(item => Text(item, "scope")).ToList();
            var soft = Object("softOptIn");
            var implied = Object("implied");
            var account = Object("account");
            var preferences = Object("preferences");
            return new ConsentFacts
            {
                Key = Id,
                Jurisdiction = json.GetProperty("jurisdiction").GetString() is var code && code == "unknown" ? null : code,
                ConsentStatus = here ? Text(consent, "status")! : optOut is null ? ConsentStatuses.None : ConsentStatuses.Withdrawn,
                ConsentGrantedAt = here ? Moment(consent, "grantedAt") : null,
                ConsentDemonstrable = here && Text(consent, "evidence") is not null && Text(consent, "noticeVersion") is not null,
                ConsentSpecific = here && Text(consent, "purpose") != "*",
                ConsentExplicit = here && Bool(consent, "explicit") == true,
                ConsentWritten = here && Bool(consent, "writtenExpress") == true,
                ConsentMethod = here ? Text(consent, "method") : null,
                ConsentOtherScope = !here && consents.Count > 0,
                ObjectionAt = Items("objections").Where(item => Text(item, "scope") == "direct_marketing").Max(item => Moment(item, "at")),
                SuppressedMarketing = suppressions.Contains("marketing"),
                SuppressedUndeliverable = suppressions.Contains("hard_bounce"),
                AccountSuppressed = account is { } a && Bool(a, "suppressed") == true,
                AccountOnTargetList = account is { } b ? Bool(b, "onTargetList") : null,
                SaleShareOptedOut = gpp.SaleOrSharingOptedOut || Moment(_facts, "optedOutAt") is not null,
                SaleShareOptedOutAt = Moment(_facts, "optedOutAt"),
                SignalGpc = gpp.Gpc || Bool(_facts, "gpc") == true,
                SensitiveLimited = Bool(_facts, "limitSensitive") == true,
                SoftRecorded = soft is not null,
                SoftSaleContext = soft is { } s1 ? Bool(s1, "saleContext") : null,
                SoftOwnProducts = soft is { } s2 ? Bool(s2, "ownProducts") : null,
                SoftSimilar = soft is { } s3 ? Bool(s3, "similar") : null,
                SoftOptOutOffered = soft is { } s4 ? Bool(s4, "optOutOfferedAtCollection") : null,
                LegitimateInterestAssessed = Object("legitimateInterest") is { } li && Text(li, "assessment") is not null,
                Contract = Bool(_facts, "contract") == true,
                SubscriberType = Text(_facts, "subscriberType"),
                SubjectAge = _facts.TryGetProperty("age", out var age) && age.ValueKind == JsonValueKind.Number ? age.GetInt32() : null,
                BusinessRelated = Bool(_facts, "b2bRelated"),
                SourceKind = Text(_facts, "dataSource"),
                SourceCollectedAt = Moment(_facts, "collectedAt"),
                SourceNoticeAt = Moment(_facts, "art14NoticeAt"),
                ImpliedKind = implied is { } i1 ? Text(i1, "kind") : null,
                ImpliedAt = implied is { } i2 ? Moment(i2, "at") : null,
                ImpliedRelevantToRole = implied is { } i3 ? Bool(i3, "relevantToRole") : null,
                ImpliedNoSolicitation = implied is { } i4 ? Bool(i4, "noSolicitStatement") : null,
                ContactRoleAddress = Bool(_facts, "roleAddress"),
                ContactZone = Text(_facts, "tz"),
                PreferenceTopicWanted = preferences is { } p ? Texts(p.GetProperty("topics")).Contains(Text(p, "messageTopic")!) : null,
            };
        }
    }

    private List<JsonElement> Items(string name) =>
        _facts.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [];

    private JsonElement? Object(string name) =>
        _facts.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    private static IEnumerable<string> Texts(JsonElement array) => array.EnumerateArray().Select(item => item.GetString()!);

    private static string? Text(JsonElement owner, string name) => owner.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static bool? Bool(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetBoolean() : null;

    private static long? Moment(JsonElement owner, string name) =>
        Text(owner, name) is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds() : null;
}
