namespace Abm.Privacy.EntityFrameworkCore.Keys;

/// <summary>
/// The gate that every write of a data key passes, one for each tenant key: writers share it until their transaction ends,
/// a fence takes it alone. So a fence waits for the writers before it, and turns away those after it.
/// </summary>
internal sealed class DataKeyGateRow
{
    public required string Tenant { get; init; }

    public required byte[] TenantKey { get; init; }

    public bool Fenced { get; init; }
}
