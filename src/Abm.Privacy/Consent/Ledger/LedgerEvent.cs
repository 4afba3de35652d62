using System.Text.Json.Serialization;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>
/// Something that happened to a contact point or an account and that a decision may rest on. Events are only ever added; the state is
/// computed from them. Each has two times: when it happened, and when the ledger learned of it. It holds no address, name or number of a person.
/// </summary>
/// <remarks>The kinds are a closed list: only this library derives from it.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(ConsentEvent), "consent")]
[JsonDerivedType(typeof(ObjectionEvent), "objection")]
[JsonDerivedType(typeof(RestrictionEvent), "restriction")]
[JsonDerivedType(typeof(SaleOrShareEvent), "sale-or-share")]
[JsonDerivedType(typeof(SensitiveUseEvent), "sensitive-use")]
[JsonDerivedType(typeof(PreferenceEvent), "preference")]
[JsonDerivedType(typeof(SuppressionEvent), "suppression")]
[JsonDerivedType(typeof(SoftOptInEvent), "soft-opt-in")]
[JsonDerivedType(typeof(ImpliedConsentEvent), "implied-consent")]
[JsonDerivedType(typeof(SourceEvent), "source")]
[JsonDerivedType(typeof(SourceNoticeEvent), "source-notice")]
[JsonDerivedType(typeof(ProfileEvent), "profile")]
[JsonDerivedType(typeof(ContactAccountEvent), "contact-account")]
[JsonDerivedType(typeof(AccountParentEvent), "account-parent")]
[JsonDerivedType(typeof(AccountSuppressionEvent), "account-suppression")]
[JsonDerivedType(typeof(AccountTargetEvent), "account-target")]
[JsonDerivedType(typeof(CorrectionEvent), "correction")]
public abstract record LedgerEvent
{
    internal const int MaxName = 128;
    internal const int MaxText = 1024;

    private protected LedgerEvent()
    {
    }

    /// <summary>The event's id, a UUID of version 7. The ledger gives it; leave it empty.</summary>
    public Guid EventId { get; init; }

    /// <summary>When it happened, in UTC and whole milliseconds; what is finer is cut.</summary>
    [JsonConverter(typeof(InstantJsonConverter))]
    public required DateTimeOffset OccurredAt { get; init => field = LedgerCheck.Instant(value, nameof(OccurredAt)); }

    /// <summary>
    /// When the ledger learned of it, in UTC and whole milliseconds, later than every earlier event of the same stream. The ledger sets it; leave it.
    /// </summary>
    [JsonConverter(typeof(InstantJsonConverter))]
    public DateTimeOffset RecordedAt { get; init => field = value == default ? value : LedgerCheck.Instant(value, nameof(RecordedAt)); }

    /// <summary>
    /// The system that reports it, for example <c>web-form</c> or <c>crm</c>; 1 to 128 bytes. A consumer that passes events on leaves out
    /// those of its own origin, which is what ends a loop between two systems.
    /// </summary>
    public required string Origin { get; init => field = LedgerCheck.Text(value, MaxName, nameof(Origin)); }

    /// <summary>
    /// The origin's own id of what happened; 1 to 128 bytes. The same event may be reported again under it: it is stored once. No personal data.
    /// </summary>
    /// <value>Default: null, which makes every report an event of its own.</value>
    public string? IdempotencyKey { get; init => field = LedgerCheck.OptionalText(value, MaxName, nameof(IdempotencyKey)); }

    /// <summary>
    /// From when on it counts where it takes back a demand or permits something: not before the ledger learned of it, so that a clock that is
    /// ahead does not outrun a demand that was made later.
    /// </summary>
    [JsonIgnore]
    internal DateTimeOffset CountsFrom => RecordedAt != default && RecordedAt < OccurredAt ? RecordedAt : OccurredAt;

    /// <summary>Whether it only ever narrows what may be sent: it is taken in whatever else there is.</summary>
    [JsonIgnore]
    internal virtual bool IsDemand => false;

    /// <summary>Whether it belongs to the stream of an account.</summary>
    [JsonIgnore]
    internal virtual bool IsForAccounts => false;

    /// <summary>Whether it belongs to the stream of a contact point.</summary>
    [JsonIgnore]
    internal virtual bool IsForContactPoints => !IsForAccounts;

    /// <summary>The purposes that it names.</summary>
    [JsonIgnore]
    internal virtual IEnumerable<PurposeScope> Purposes => [];

    /// <summary>What is wrong with the event as a whole; null if nothing is.</summary>
    internal virtual string? FindFault() => null;

    /// <summary>Kind and time alone.</summary>
    /// <returns>For example <c>ConsentEvent 2026-03-03T10:00:00.000Z</c>.</returns>
    public sealed override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{GetType().Name} {OccurredAt.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}");
}
