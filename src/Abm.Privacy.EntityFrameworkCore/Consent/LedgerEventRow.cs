namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>An event of a contact point. Rows are only ever inserted. Never tracked by a context.</summary>
internal sealed class LedgerEventRow
{
    public required string Tenant { get; init; }

    public required Guid ContactPoint { get; init; }

    public required Guid EventId { get; init; }

    public long RecordedAt { get; init; }

    public required string Origin { get; init; }

    public required string IdempotencyKey { get; init; }

    public required string Body { get; init; }

    /// <summary>Envelope of the evidence's address, under the person's key.</summary>
    public byte[]? IpAddress { get; init; }

    /// <summary>Envelope of the evidence's program.</summary>
    public byte[]? UserAgent { get; init; }
}
