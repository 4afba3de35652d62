using System.Text.Json.Serialization;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>Where the data came from. Data that did not come from the person starts the clock of GDPR Article 14.</summary>
public sealed record SourceEvent : LedgerEvent
{
    /// <summary>From whom: a code of <see cref="SourceKinds"/>.</summary>
    public required string Kind { get; init => field = LedgerCheck.Code(LedgerCheck.Text(value, LedgerEvent.MaxName, nameof(Kind)), SourceKinds.All, nameof(Kind))!; }

    /// <summary>When it was obtained. Null, the default: it is not known, and then nothing is permitted that depends on it.</summary>
    [JsonConverter(typeof(OptionalInstantJsonConverter))]
    public DateTimeOffset? CollectedAt { get; init => field = LedgerCheck.OptionalInstant(value, nameof(CollectedAt)); }

    /// <summary>Which source: the seller, register or file; 1 to 1,024 bytes, no personal data. Default: not recorded.</summary>
    public string? Source { get; init => field = LedgerCheck.OptionalText(value, LedgerEvent.MaxText, nameof(Source)); }
}
