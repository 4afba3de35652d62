using System.Text.Json.Serialization;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>Nothing may be sent to the contact point, as far as the scope goes; or such a suppression was lifted.</summary>
public sealed record SuppressionEvent : LedgerEvent
{
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

    /// <summary>When it ends by itself. Default: never.</summary>
    [JsonConverter(typeof(OptionalInstantJsonConverter))]
    public DateTimeOffset? Until { get; init => field = LedgerCheck.OptionalInstant(value, nameof(Until)); }

    /// <summary>Whether earlier suppressions of the same kind, scope and <see cref="IsOfDomain"/> are lifted. Default: false.</summary>
    public bool IsLifted { get; init; }

    /// <summary>
    /// Whether it comes from an entry of the suppression list about the whole domain of the address. Then it counts as a suppression of the account. Only the
    /// list sets it. Default: false.
    /// </summary>
    public bool IsOfDomain { get; init; }

    [JsonIgnore]
    internal override bool IsDemand => !IsLifted;

    [JsonIgnore]
    internal override IEnumerable<PurposeScope> Purposes => Scope.Purposes;

    internal override string? FindFault() =>
        IsLifted && Until is not null ? "What is lifted has no end. Remove Until."
        : IsOfDomain && Origin != SuppressionEntry.EventOrigin ? "It reaches this contact point alone. To suppress a domain, import an entry with its hash (ImportSuppressionsAsync)."
        : null;
}
