using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>A tenant's key-encryption key as a store keeps it: wrapped under the root key, never in clear.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Version">1 for a tenant's first key, then counted up.</param>
/// <param name="KeyId">The key's id.</param>
/// <param name="State">What the key may do.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Wrapped">The key as the root key provider wrapped it.</param>
public sealed record StoredTenantKey(
    TenantId Tenant, int Version, KeyId KeyId, KeyState State, DateTimeOffset CreatedAt, ReadOnlyMemory<byte> Wrapped)
{
    /// <summary>How many wrappings processes have set aside for themselves under this key, used or not.</summary>
    /// <value>The default is 0.</value>
    public long MessagesReserved { get; init; }

    /// <summary>What is left of a destroyed key: everything but the key.</summary>
    /// <returns>The tombstone.</returns>
    public StoredTenantKey ToTombstone() => this with { State = KeyState.Destroyed, Wrapped = ReadOnlyMemory<byte>.Empty };
}
