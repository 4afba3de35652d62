namespace Abm.Privacy.Keys;

/// <summary>One step of a conditional change of stored tenant keys.</summary>
/// <param name="Before">The key as it was read; null for a key version that must not exist yet.</param>
/// <param name="After">The key as it shall be: same tenant, version and key id as before.</param>
public sealed record TenantKeyChange(StoredTenantKey? Before, StoredTenantKey After);
