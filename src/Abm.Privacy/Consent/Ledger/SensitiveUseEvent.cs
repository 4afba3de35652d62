using System.Text.Json.Serialization;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>The person limited the use of sensitive data (California Civil Code 1798.121), or lifted the limit.</summary>
public sealed record SensitiveUseEvent : LedgerEvent
{
    /// <summary>Whether the use is limited from now on.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required bool IsLimited { get; init; }

    [JsonIgnore]
    internal override bool IsDemand => IsLimited;
}
