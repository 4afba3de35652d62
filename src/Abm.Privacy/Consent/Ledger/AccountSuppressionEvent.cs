using System.Text.Json.Serialization;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>
/// Nobody at the account and the accounts below it may be contacted, as far as the scope goes: the customer asked for it, there is a dispute,
/// an open deal, a competitor; or such a suppression was lifted.
/// </summary>
public sealed record AccountSuppressionEvent : LedgerEvent
{
    /// <summary>What is suppressed. Default: everything.</summary>
    public SuppressionScope Scope
    {
        get;
        init => field = !value.IsUnset ? value : throw new ArgumentException("The scope was never set.", nameof(value));
    } = SuppressionScope.Everything;

    /// <summary>Why, as the application's own code; 1 to 128 bytes, no personal data. Default: not recorded.</summary>
    public string? Reason { get; init => field = LedgerCheck.OptionalText(value, MaxName, nameof(Reason)); }

    /// <summary>When it ends by itself. Default: never.</summary>
    [JsonConverter(typeof(OptionalInstantJsonConverter))]
    public DateTimeOffset? Until { get; init => field = LedgerCheck.OptionalInstant(value, nameof(Until)); }

    /// <summary>Whether earlier suppressions of the same scope are lifted. Default: false.</summary>
    public bool IsLifted { get; init; }

    [JsonIgnore]
    internal override bool IsForAccounts => true;

    [JsonIgnore]
    internal override bool IsDemand => !IsLifted;

    [JsonIgnore]
    internal override IEnumerable<PurposeScope> Purposes => Scope.Purposes;

    internal override string? FindFault() => IsLifted && Until is not null ? "What is lifted has no end. Remove Until." : null;
}
