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
    TenantId Tenant, int Version, KeyId KeyId, KeyState State, DateTimeOffset CreatedAt, ReadOnlyMemory<byte> Wrapped);
