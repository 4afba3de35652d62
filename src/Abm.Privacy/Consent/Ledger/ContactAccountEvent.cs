using System.Text.Json.Serialization;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>The contact point belongs to an account from now on, or to none.</summary>
public sealed record ContactAccountEvent : LedgerEvent
{
    /// <summary>The account; null for none.</summary>
    [JsonConverter(typeof(AccountIdJsonConverter))]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required AccountId? Account { get; init; }
}
