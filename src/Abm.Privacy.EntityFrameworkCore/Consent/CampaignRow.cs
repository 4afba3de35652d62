namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>
/// What the suppressions of one campaign add to a row of facts, always the fold of the contact point's history like the row itself, and computed with it.
/// No row is no such suppression. The facts have their names in <see cref="ConsentFactsRow"/>. Never tracked by a context.
/// </summary>
internal sealed class CampaignRow
{
    public required string Tenant { get; init; }

    public required Guid ContactPoint { get; init; }

    public required string Purpose { get; init; }

    public required string Campaign { get; init; }

    public bool SuppressedMarketing { get; init; }

    public bool SuppressedAll { get; init; }

    public bool SuppressedUndeliverable { get; init; }

    public bool AccountSuppressed { get; init; }
}
