using System.Text.Json.Serialization;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>
/// The address was obtained from a customer (ePrivacy Directive Article 13(2)): the four conditions, each of which must be true. What is null is
/// unknown, and then nothing is permitted on it.
/// </summary>
public sealed record SoftOptInEvent : LedgerEvent
{
    /// <summary>For what. Default: everything.</summary>
    public PurposeScope Purpose { get; init => field = LedgerCheck.Scope(value, nameof(Purpose)); } = PurposeScope.Everything;

    /// <summary>Whether the address came from a sale.</summary>
    public bool? IsSaleContext { get; init; }

    /// <summary>Whether it is used for the seller's own products.</summary>
    public bool? IsForOwnProducts { get; init; }

    /// <summary>Whether it is used for similar products.</summary>
    public bool? IsForSimilarProducts { get; init; }

    /// <summary>Whether an opt-out was offered when the address was collected.</summary>
    public bool? WasOptOutOffered { get; init; }

    [JsonIgnore]
    internal override IEnumerable<PurposeScope> Purposes => [Purpose];
}
