namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>A message that was handed over, or set aside for it; what caps count. Never tracked by a context.</summary>
internal sealed class SendRow
{
    public required string Tenant { get; init; }

    public required Guid ContactPoint { get; init; }

    public required Guid SendId { get; init; }

    public required string Purpose { get; init; }

    public int Channel { get; init; }

    public string? Account { get; init; }

    public string? Campaign { get; init; }

    public long SentAt { get; init; }
}
