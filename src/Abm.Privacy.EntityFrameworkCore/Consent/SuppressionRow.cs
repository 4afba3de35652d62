namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>A line of the suppression list; it survives the erasure of the person. Never tracked by a context.</summary>
internal sealed class SuppressionRow
{
    public required string Tenant { get; init; }

    public required byte[] Hash { get; init; }

    public int Kind { get; init; }

    public required string Scope { get; init; }

    public required string IdentifierType { get; init; }

    public required string Normalizer { get; init; }

    public int KeyVersion { get; init; }

    public long Since { get; init; }

    public long? RenewedAt { get; init; }

    public long? Until { get; init; }

    public long? LiftedAt { get; init; }

    public required string Origin { get; init; }
}
