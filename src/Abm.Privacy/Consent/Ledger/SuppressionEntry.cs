using System.Text.Json.Serialization;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>
/// A line of the suppression list: an address, number or whole domain, as a keyed hash, to which nothing may be sent. It survives the
/// erasure of the person, and takes effect again when the identifier is registered again.
/// </summary>
public sealed record SuppressionEntry
{
    /// <summary>Whom it is about.</summary>
    public required SuppressionHash Hash { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); }

    /// <summary>Why.</summary>
    public required SuppressionKind Kind
    {
        get;
        init => field = value != SuppressionKind.None ? LedgerCheck.Defined(value, nameof(Kind)) : throw new ArgumentException("The kind was never set.", nameof(value));
    }

    /// <summary>What is suppressed. Default: everything.</summary>
    public SuppressionScope Scope
    {
        get;
        init => field = !value.IsUnset ? value : throw new ArgumentException("The scope was never set.", nameof(value));
    } = SuppressionScope.Everything;

    /// <summary>Since when.</summary>
    [JsonConverter(typeof(InstantJsonConverter))]
    public required DateTimeOffset Since { get; init => field = LedgerCheck.Instant(value, nameof(Since)); }

    /// <summary>When it was demanded last. Default: null, which means once, at <see cref="Since"/>.</summary>
    [JsonConverter(typeof(OptionalInstantJsonConverter))]
    public DateTimeOffset? RenewedAt { get; init => field = LedgerCheck.OptionalInstant(value, nameof(RenewedAt)); }

    /// <summary>When it ends by itself. Default: never.</summary>
    [JsonConverter(typeof(OptionalInstantJsonConverter))]
    public DateTimeOffset? Until { get; init => field = LedgerCheck.OptionalInstant(value, nameof(Until)); }

    /// <summary>When it was taken back last; what was demanded at that moment or later still counts. Default: never.</summary>
    [JsonConverter(typeof(OptionalInstantJsonConverter))]
    public DateTimeOffset? LiftedAt { get; init => field = LedgerCheck.OptionalInstant(value, nameof(LiftedAt)); }

    /// <summary>The system that reported it; 1 to 128 bytes.</summary>
    public required string Origin { get; init => field = LedgerCheck.Text(value, LedgerEvent.MaxName, nameof(Origin)); }

    /// <summary>Whether the last demand was taken back since.</summary>
    [JsonIgnore]
    public bool IsLifted => LiftedAt > LastDemand;

    [JsonIgnore]
    internal DateTimeOffset LastDemand => RenewedAt > Since ? RenewedAt.Value : Since;

    /// <summary>Whether it still suppresses at a moment.</summary>
    /// <param name="moment">The moment.</param>
    /// <returns>Whether it was not taken back and has not ended.</returns>
    public bool IsActiveAt(DateTimeOffset moment) => !IsLifted && (Until is not { } until || until > moment);

    /// <summary>
    /// The events that put the entry into the stream of a contact point whose identifier it names: of the first demand that was not taken back, and of
    /// the last one. One that is there already is recognized by its idempotency key.
    /// </summary>
    /// <returns>The events; none if the entry was lifted.</returns>
    public IReadOnlyList<SuppressionEvent> ToEvents() => IsLifted ? [] : LastDemand == Since || LiftedAt > Since ? [ToEvent(LastDemand)] : [ToEvent(Since), ToEvent(LastDemand)];

    /// <summary>
    /// The entry that a demand of a contact point leaves: a suppression, an objection, or a withdrawn consent, so that it holds for everybody who
    /// is reached there, and after the person was erased.
    /// </summary>
    /// <param name="ledgerEvent">The event.</param>
    /// <param name="hash">The hash of the contact point's identifier.</param>
    /// <returns>The entry; null if the event demands nothing of that kind, or came from the list itself.</returns>
    public static SuppressionEntry? FromEvent(LedgerEvent ledgerEvent, SuppressionHash hash)
    {
        ArgumentNullException.ThrowIfNull(ledgerEvent);
        (SuppressionKind Kind, SuppressionScope Scope, DateTimeOffset? Until)? demand = ledgerEvent switch
        {
            { Origin: EventOrigin } => null,
            SuppressionEvent { IsLifted: false, IsOfDomain: false } item => (item.Kind, item.Scope, item.Until),
            ObjectionEvent { IsWithdrawn: false } item => (SuppressionKind.Objection, SuppressionScope.Of(item.Purpose), null),
            ConsentEvent { Kind: ConsentEventKind.Withdrawn } item => (SuppressionKind.Unsubscribe, SuppressionScope.Of(item.Purpose), null),
            _ => null,
        };
        return demand is not { } one ? null : new SuppressionEntry
        {
            Hash = hash, Kind = one.Kind, Scope = one.Scope, Since = ledgerEvent.OccurredAt, Until = one.Until, Origin = ledgerEvent.Origin,
        };
    }

    /// <summary>Checks an entry from elsewhere before it is added to a list.</summary>
    /// <param name="now">The present.</param>
    /// <returns>The entry, never lifted: what was lifted elsewhere says nothing about here. Null if it was lifted there, and so demands nothing.</returns>
    /// <exception cref="PrivacyException">
    /// <see cref="PrivacyErrorCode.SuppressionListInvalid"/>: a time lies in the future or before the beginning, or the hash does not say which key made it.
    /// </exception>
    public SuppressionEntry? Import(DateTimeOffset now)
    {
        var fault =
            Since > now + LedgerIntake.MaxSkew || RenewedAt > now + LedgerIntake.MaxSkew || LiftedAt > now + LedgerIntake.MaxSkew
                ? "An entry of the suppression list begins, was renewed or was lifted in the future. Check the clock and time zone of where it comes from."
            : RenewedAt < Since ? "An entry of the suppression list was renewed before it began. Check where it comes from."
            : Hash.KeyCheck.IsEmpty ? "An entry of the suppression list does not say which key made it, so nobody can tell whether it would match anybody. Export the list again, or hash the identifiers with SuppressionHasher."
            : null;
        return fault is not null ? throw new PrivacyException(PrivacyErrorCode.SuppressionListInvalid, fault)
            : IsLifted ? null
            : this with { LiftedAt = null };
    }

    /// <summary>
    /// What stands in the list after another report about the same: from the first demand to the last one, with the later end or none. What was lifted here
    /// stays lifted however often an old list is imported, and what was lifted elsewhere lifts nothing here.
    /// </summary>
    /// <param name="reported">The other entry, of the same hash, kind and scope.</param>
    /// <returns>The entry to keep; this one if nothing changes.</returns>
    public SuppressionEntry Merge(SuppressionEntry reported)
    {
        ArgumentNullException.ThrowIfNull(reported);
        if (!Hash.Equals(reported.Hash) || Kind != reported.Kind || Scope != reported.Scope)
        {
            throw new ArgumentException("The entry is about something else.", nameof(reported));
        }

        if (reported.IsLifted)
        {
            return this;
        }

        var first = reported.Since < Since ? reported : this;
        var lastDemand = LastDemand > reported.LastDemand ? LastDemand : reported.LastDemand;
        var until = Until is { } one && reported.Until is { } other ? (one > other ? one : other) : (DateTimeOffset?)null;
        var merged = this with { Since = first.Since, RenewedAt = lastDemand > first.Since ? lastDemand : null, Until = until, Origin = first.Origin };
        return merged == this ? this : merged;
    }

    /// <summary>Whether an event takes demands of this kind and scope back that were made before it counts.</summary>
    internal bool IsTakenBackBy(LedgerEvent ledgerEvent) => ledgerEvent switch
    {
        SuppressionEvent { IsLifted: true, IsOfDomain: false } item => item.Kind == Kind && item.Scope == Scope,
        ObjectionEvent { IsWithdrawn: true } item => Kind == SuppressionKind.Objection && SuppressionScope.Of(item.Purpose) == Scope,
        _ => false,
    };

    /// <summary>The event that takes the entry's events back in the streams of those it names.</summary>
    internal SuppressionEvent ToLifting() => ToEvent(LiftedAt!.Value) with { IsLifted = true, Until = null, IdempotencyKey = $"{Key(LiftedAt.Value)}/lifted" };

    /// <summary>Whether another entry is about the same.</summary>
    internal bool IsAlso(SuppressionEntry? other) => other?.Kind == Kind && other.Scope == Scope;

    /// <summary>The origin of events that come from the suppression list.</summary>
    internal const string EventOrigin = "abm.suppression-list";

    private SuppressionEvent ToEvent(DateTimeOffset demand) => new()
    {
        Kind = Kind,
        Scope = Scope,
        Until = Until,
        IsOfDomain = Hash.IdentifierType == DomainName.IdentifierType,
        OccurredAt = demand,
        Origin = EventOrigin,
        IdempotencyKey = Key(demand),
    };

    private string Key(DateTimeOffset at) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"{(int)Kind}/{at.ToUnixTimeMilliseconds()}/{Until?.ToUnixTimeMilliseconds()}/{Digest()}");

    // type and scope may each be as long as a whole key
    private string Digest() =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(StrictUtf8.Encoding.GetBytes($"{Hash.IdentifierType}\n{Scope.Text}")).AsSpan(0, 8));
}
