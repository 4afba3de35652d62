namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>A contact point; the row that appends, withdrawals and senders lock. Never tracked by a context.</summary>
internal sealed class ContactPointRow
{
    public required string Tenant { get; init; }

    public required Guid ContactPoint { get; init; }

    public required string Subject { get; init; }

    public int Channel { get; init; }

    public int SubjectKind { get; init; }

    /// <summary>The account that it belongs to now.</summary>
    public string? Account { get; init; }

    public long RegisteredAt { get; init; }

    public required string IdentifierType { get; init; }

    public required string Normalizer { get; init; }

    public int SuppressionVersion { get; init; }

    /// <summary>The suppression hash of the identifier; null once the person is forgotten.</summary>
    public byte[]? IdentifierHash { get; init; }

    /// <summary>The suppression hash of an e-mail address's domain.</summary>
    public byte[]? DomainHash { get; init; }

    /// <summary>When the person was forgotten: no rows of facts are kept from then on.</summary>
    public long? ErasedAt { get; init; }
}
