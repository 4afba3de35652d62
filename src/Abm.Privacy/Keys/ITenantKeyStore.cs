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

    /// <summary>
    /// Changes keys of one tenant, all or none: each must still be stored as it was before, in state and wrapped bytes, or
    /// absent where nothing was. A key that is changed to destroyed is gone from the store's files when the call returns; what was
    /// set aside since the reading (<see cref="ReserveMessagesAsync"/>) stays so.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="changes">The changes, at most one for a key version.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>False if any key was not as expected; nothing was changed then.</returns>
    ValueTask<bool> TryChangeAsync(TenantId tenant, IReadOnlyCollection<TenantKeyChange> changes, CancellationToken cancellationToken);

    /// <summary>Lists the tenants that have keys, in ordinal order, page by page.</summary>
    /// <param name="after">The last tenant of the page before; null for the first page.</param>
    /// <param name="max">How many at most, from 1.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The tenants; none when there are no more.</returns>
    ValueTask<IReadOnlyList<TenantId>> ListTenantsAsync(TenantId? after, int max, CancellationToken cancellationToken);

    /// <summary>Sets wrappings aside for the calling process; see <see cref="IDataKeyStore.ReserveMessagesAsync"/>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="messages">How many, from 1.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The total that is set aside now; null if the key is not stored.</returns>
    ValueTask<long?> ReserveMessagesAsync(StoredTenantKey key, long messages, CancellationToken cancellationToken);

    /// <summary>Whether the store holds any key of any tenant.</summary>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>False for an empty store.</returns>
    ValueTask<bool> AnyAsync(CancellationToken cancellationToken);
}
