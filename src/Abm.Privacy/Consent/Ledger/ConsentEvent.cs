using System.Text.Json.Serialization;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>A consent was asked for, given, confirmed, refused, taken back ... for one purpose, or for everything.</summary>
public sealed record ConsentEvent : LedgerEvent
{
    /// <summary>What happened.</summary>
    public required ConsentEventKind Kind
    {
        get;
        init => field = value != ConsentEventKind.None ? LedgerCheck.Defined(value, nameof(Kind)) : throw new ArgumentException("The kind was never set.", nameof(value));
    }

    /// <summary>For what: a purpose with everything below it, or everything.</summary>
    public required PurposeScope Purpose { get; init => field = LedgerCheck.Scope(value, nameof(Purpose)); }

    /// <summary>
    /// When a given consent ends. Null, the default: after the time that the purpose catalog states for the purpose, counted from when it was given.
    /// </summary>
    [JsonConverter(typeof(OptionalInstantJsonConverter))]
    public DateTimeOffset? ExpiresAt { get; init => field = LedgerCheck.OptionalInstant(value, nameof(ExpiresAt)); }

    /// <summary>Whether a given consent counts only once it is confirmed (double opt-in). Default: false.</summary>
    public bool AwaitsConfirmation { get; init; }

    /// <summary>Who gave it. Default: the person.</summary>
    public ConsentGiver GivenBy { get; init => field = LedgerCheck.Defined(value, nameof(GivenBy)); }

    /// <summary>Whether it is explicit in the sense of GDPR Article 9. Default: false.</summary>
    public bool IsExplicit { get; init; }

    /// <summary>Whether it is prior express written consent in the sense of 47 CFR 64.1200. Default: false.</summary>
    public bool IsWritten { get; init; }

    /// <summary>The proof. A consent without it is stored, but no policy of this library permits anything on it. Default: none.</summary>
    public ConsentEvidence? Evidence { get; init; }

    /// <summary>Whether there is proof of what the person was told, how the person consented and where.</summary>
    [JsonIgnore]
    public bool IsDemonstrable => Evidence?.IsDemonstrable ?? false;

    [JsonIgnore]
    internal bool IsPositive => Kind is ConsentEventKind.Granted or ConsentEventKind.Renewed or ConsentEventKind.Imported;

    [JsonIgnore]
    internal bool IsNegative => Kind is ConsentEventKind.Withdrawn or ConsentEventKind.Refused;

    [JsonIgnore]
    internal override bool IsDemand => IsNegative || Kind == ConsentEventKind.Expired;

    [JsonIgnore]
    internal override IEnumerable<PurposeScope> Purposes => [Purpose];

    internal override string? FindFault()
    {
        if (ExpiresAt is { } end && (!IsPositive || end <= OccurredAt))
        {
            return IsPositive ? "The consent ends before it begins." : "Only a consent that is given has an end. Remove ExpiresAt.";
        }

        if (AwaitsConfirmation && (Kind != ConsentEventKind.Granted || Evidence?.DoubleOptInTokenHash is null))
        {
            return "Only a granted consent awaits a confirmation, and its evidence names the token's hash (DoubleOptInTokenHash).";
        }

        return Kind == ConsentEventKind.Confirmed && Evidence?.DoubleOptInTokenHash is null
            ? "A confirmation names the hash of the token that it confirms: set Evidence.DoubleOptInTokenHash."
            : (IsExplicit || IsWritten) && !IsPositive ? "Only a consent that is given is explicit or written." : null;
    }
}
