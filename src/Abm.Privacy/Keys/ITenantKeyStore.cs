using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>
/// Keeps the wrapped key-encryption keys of tenants. They must not live in the application's database: destroyed rows
/// survive in heaps, logs and backups. Implementations are safe for concurrent use, across processes too.
/// </summary>
public interface ITenantKeyStore
{
    /// <summary>Reads every key version of a tenant.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The keys; none if the tenant has none.</returns>
    ValueTask<IReadOnlyList<StoredTenantKey>> FindAsync(TenantId tenant, CancellationToken cancellationToken);

    /// <summary>Adds a key unless the tenant already has one of that version: the first writer wins.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>Every key version of the tenant as stored after the call, durably.</returns>
    ValueTask<IReadOnlyList<StoredTenantKey>> AddAsync(StoredTenantKey key, CancellationToken cancellationToken);

    /// <summary>Whether the store holds any key of any tenant.</summary>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>False for an empty store.</returns>
    ValueTask<bool> AnyAsync(CancellationToken cancellationToken);
}
