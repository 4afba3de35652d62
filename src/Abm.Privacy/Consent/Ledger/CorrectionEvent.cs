using System.Text.Json.Serialization;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>
/// An earlier event of the same stream was recorded by mistake and counts for nothing from the moment the ledger learns of it. What should have
/// been recorded is recorded as an event of its own, with the time at which it happened. A correction can itself be corrected.
/// </summary>
public sealed record CorrectionEvent : LedgerEvent
{
    /// <summary>The event that counts for nothing.</summary>
    public required Guid Corrects
    {
        get;
        init => field = value != Guid.Empty ? value : throw new ArgumentException("The id of the corrected event was never set.", nameof(value));
    }

    /// <summary>Why; 1 to 1,024 bytes, no personal data.</summary>
    public required string Reason { get; init => field = LedgerCheck.Text(value, MaxText, nameof(Reason)); }

    [JsonIgnore]
    internal override bool IsDemand => true; // rare, and the way out of a mistake

    [JsonIgnore]
    internal override bool IsForAccounts => true;

    [JsonIgnore]
    internal override bool IsForContactPoints => true;
}
