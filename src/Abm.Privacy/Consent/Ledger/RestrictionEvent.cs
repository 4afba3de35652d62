using System.Text.Json.Serialization;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>Processing was restricted (GDPR Article 18), or the restriction was lifted; the person is told before that (Article 18(3)).</summary>
public sealed record RestrictionEvent : LedgerEvent
{
    /// <summary>Whether it is restricted from now on.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required bool IsRestricted { get; init; }

    [JsonIgnore]
    internal override bool IsDemand => IsRestricted;
}
