using System.Text.Json.Serialization;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>The person opted out of sale and sharing (California Civil Code 1798.120), or in again.</summary>
public sealed record SaleOrShareEvent : LedgerEvent
{
    /// <summary>Whether the person is opted out from now on.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required bool IsOptedOut { get; init; }

    /// <summary>Whether a Global Privacy Control signal said so. Default: false.</summary>
    public bool IsGlobalPrivacyControl { get; init; }

    [JsonIgnore]
    internal override bool IsDemand => IsOptedOut;

    internal override string? FindFault() => IsGlobalPrivacyControl && !IsOptedOut ? "A Global Privacy Control signal never opts in. The absence of one says nothing." : null;
}
