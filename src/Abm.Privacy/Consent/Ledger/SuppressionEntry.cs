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

    /// <summary>When it ends by itself, or was lifted. Default: never.</summary>
    [JsonConverter(typeof(OptionalInstantJsonConverter))]
    public DateTimeOffset? Until { get; init => field = LedgerCheck.OptionalInstant(value, nameof(Until)); }

    /// <summary>The system that reported it; 1 to 128 bytes.</summary>
    public required string Origin { get; init => field = LedgerCheck.Text(value, LedgerEvent.MaxName, nameof(Origin)); }

    /// <summary>Whether it still suppresses at a moment.</summary>
    /// <param name="moment">The moment.</param>
    /// <returns>Whether it has not ended.</returns>
    public bool IsActiveAt(DateTimeOffset moment) => Until is not { } until || until > moment;

    /// <summary>
    /// The event that puts the entry into the stream of a contact point whose identifier it names, once for each scope, kind and reporting: a
    /// repeated one is recognized by its idempotency key.
    /// </summary>
    /// <returns>The event.</returns>
    public SuppressionEvent ToEvent() => new()
    {
        Kind = Kind,
        Scope = Scope,
        Until = Until,
        IsOfDomain = Hash.IdentifierType == DomainName.IdentifierType,
        OccurredAt = Since,
        Origin = EventOrigin,
        IdempotencyKey = string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"{Hash.IdentifierType}/{(int)Kind}/{Since.ToUnixTimeMilliseconds()}/{Until?.ToUnixTimeMilliseconds()}/{ScopeDigest()}"),
    };

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

    /// <summary>Whether an event of a contact point takes back what the entry is about: a later lifting, taken-back objection or demonstrable consent of the same scope.</summary>
    /// <param name="ledgerEvent">The event.</param>
    /// <returns>Whether it does.</returns>
    public bool IsEndedBy(LedgerEvent ledgerEvent)
    {
        ArgumentNullException.ThrowIfNull(ledgerEvent);
        return ledgerEvent.OccurredAt > Since && ledgerEvent switch
        {
            SuppressionEvent { IsLifted: true, IsOfDomain: false } item => item.Kind == Kind && item.Scope == Scope,
            ObjectionEvent { IsWithdrawn: true } item => Kind == SuppressionKind.Objection && SuppressionScope.Of(item.Purpose) == Scope,
            ConsentEvent { IsDemonstrable: true, AwaitsConfirmation: false } item when item.IsPositive || item.Kind == ConsentEventKind.Confirmed => Kind == SuppressionKind.Unsubscribe && SuppressionScope.Of(item.Purpose) == Scope,
            _ => false,
        };
    }

    /// <summary>
    /// What stands in the list after another report about the same: the longer of both. A report with the same beginning is the known one, so
    /// that a list that is imported again does not bring back what was lifted since.
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

        if (reported.Since == Since || (reported.Since > Since && Until is null))
        {
            return this;
        }

        var until = Until is { } one && reported.Until is { } other ? (one > other ? one : other) : (DateTimeOffset?)null;
        return this with { Since = reported.Since < Since ? reported.Since : Since, Until = until, Origin = reported.Since < Since ? reported.Origin : Origin };
    }

    /// <summary>The origin of events that come from the suppression list.</summary>
    internal const string EventOrigin = "abm.suppression-list";

    // a scope may be as long as a whole key
    private string ScopeDigest() => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(StrictUtf8.Encoding.GetBytes(Scope.Text)).AsSpan(0, 8));
}
