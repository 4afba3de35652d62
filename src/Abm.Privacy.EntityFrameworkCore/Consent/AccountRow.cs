namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>An account as it stands now; joined to the facts, and locked before contact points by senders with a cap. Never tracked by a context.</summary>
internal sealed class AccountRow
{
    public required string Tenant { get; init; }

    public required string Account { get; init; }

    public string? Parent { get; init; }

    public bool? OnTargetList { get; init; }

    public int? MessageCap { get; init; }
}
