namespace Abm.Privacy.EntityFrameworkCore.Keys;

/// <summary>What became of queued keys.</summary>
/// <param name="Stored">Every key version of the queued keys' owners as stored now.</param>
/// <param name="Lost">
/// The queued keys that were not stored, because another writer's key came first or the owner was destroyed meanwhile:
/// what was sealed with one of them must be sealed again.
/// </param>
internal sealed record FlushedKeys(IReadOnlyList<TenantDataKey> Stored, IReadOnlyList<TenantDataKey> Lost);
