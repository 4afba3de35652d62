namespace Abm.Privacy.EntityFrameworkCore.Keys;

/// <summary>
/// One version of a data key, or its tombstone. Never tracked by a context: the stores read and write the table in sets,
/// which is several times faster than tracked rows.
/// </summary>
internal sealed class DataKeyRow
{
    public required string Tenant { get; init; }

    /// <summary>Empty for the tenant's own keys.</summary>
    public required string Subject { get; init; }

    public short Usage { get; init; }

    public int Version { get; init; }

    public required byte[] KeyId { get; init; }

    public short State { get; init; }

    /// <summary>UTC ticks of 100 ns: a database's own type would cut them to its precision.</summary>
    public long CreatedAt { get; init; }

    /// <summary>Empty for a tombstone.</summary>
    public required byte[] Wrapped { get; init; }

    /// <summary>The tenant key in the header of the wrapped key; null for a tombstone.</summary>
    public byte[]? WrappedBy { get; init; }

    public long MessagesReserved { get; init; }
}
