namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>An event of an account. Rows are only ever inserted. Never tracked by a context.</summary>
internal sealed class AccountEventRow
{
    public required string Tenant { get; init; }

    public required string Account { get; init; }

    public required Guid EventId { get; init; }

    public long RecordedAt { get; init; }

    public required string Origin { get; init; }

    public required string IdempotencyKey { get; init; }

    public required string Body { get; init; }
}
