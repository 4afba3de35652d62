using System.Text.Json.Serialization;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>How the account is worked on: the whole of it, which replaces what was said before.</summary>
public sealed record AccountTargetEvent : LedgerEvent
{
    /// <summary>Whether the account is on the target list. Null: no target list is in use.</summary>
    public bool? IsOnTargetList { get; init; }

    /// <summary>The most messages to the account's people in the rolling window, 0 to 1,000,000. Null: no cap.</summary>
    public int? MessageCap { get; init => field = LedgerCheck.Cap(value, nameof(MessageCap)); }

    [JsonIgnore]
    internal override bool IsForAccounts => true;
}
