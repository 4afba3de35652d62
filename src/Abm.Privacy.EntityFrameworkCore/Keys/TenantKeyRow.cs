namespace Abm.Privacy.EntityFrameworkCore.Keys;

/// <summary>One version of a tenant key, or its tombstone.</summary>
internal sealed class TenantKeyRow
{
    public required string Tenant { get; init; }

    public int Version { get; init; }

    public required byte[] KeyId { get; init; }

    public short State { get; init; }

    /// <summary>UTC ticks of 100 ns.</summary>
    public long CreatedAt { get; init; }

    /// <summary>As the root key provider wrapped it; empty for a tombstone.</summary>
    public required byte[] Wrapped { get; init; }

    public long MessagesReserved { get; init; }
}
