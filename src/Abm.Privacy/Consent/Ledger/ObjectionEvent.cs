using System.Text.Json.Serialization;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>The person objected to direct marketing (GDPR Article 21(2)), or took the objection back.</summary>
public sealed record ObjectionEvent : LedgerEvent
{
    /// <summary>Against what. Default: everything, that is all direct marketing and the profiling for it.</summary>
    public PurposeScope Purpose { get; init => field = LedgerCheck.Scope(value, nameof(Purpose)); } = PurposeScope.Everything;

    /// <summary>Whether an earlier objection against the same or less is taken back. Default: false. A consent never does that by itself.</summary>
    public bool IsWithdrawn { get; init; }

    /// <summary>The proof, if there is one. Default: none.</summary>
    public ConsentEvidence? Evidence { get; init; }

    [JsonIgnore]
    internal override bool IsDemand => !IsWithdrawn;

    [JsonIgnore]
    internal override IEnumerable<PurposeScope> Purposes => [Purpose];
}
