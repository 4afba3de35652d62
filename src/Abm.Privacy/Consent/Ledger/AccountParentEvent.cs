using System.Text.Json.Serialization;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>The account has a parent from now on, or none. What suppresses a parent suppresses every account below it.</summary>
public sealed record AccountParentEvent : LedgerEvent
{
    /// <summary>The parent; null for none.</summary>
    [JsonConverter(typeof(AccountIdJsonConverter))]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required AccountId? Parent { get; init; }

    [JsonIgnore]
    internal override bool IsForAccounts => true;
}
