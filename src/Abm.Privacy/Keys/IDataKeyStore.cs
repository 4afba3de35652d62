using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>
/// Keeps the wrapped data keys of subjects and tenants, and the tombstones of destroyed ones. Implementations are safe
/// for concurrent use, across processes too.
/// </summary>
public interface IDataKeyStore
{
    /// <summary>Reads every key version of the owners, tombstones included, in one round trip.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="owners">The owners, each at most once.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The keys in any order; none for an owner without keys.</returns>
    ValueTask<IReadOnlyList<StoredDataKey>> FindAsync(
        TenantId tenant, IReadOnlyCollection<DataKeyOwner> owners, CancellationToken cancellationToken);

    /// <summary>
    /// Adds first keys, all or none. An owner that already has a key or a tombstone keeps it: the first writer wins.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="keys">The keys, at most one for an owner.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>Every key version of these owners as stored after the call, durably.</returns>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.KeyStoreFull"/>: nothing was added.</exception>
    ValueTask<IReadOnlyList<StoredDataKey>> AddAsync(
        TenantId tenant, IReadOnlyCollection<StoredDataKey> keys, CancellationToken cancellationToken);

    /// <summary>Destroys every key version of the owners, all or none, and leaves tombstones. Harmless when repeated.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="owners">The owners; one without keys is passed over.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>How many keys were destroyed by this call.</returns>
    ValueTask<int> DestroyAsync(TenantId tenant, IReadOnlyCollection<DataKeyOwner> owners, CancellationToken cancellationToken);

    /// <summary>Whether the store holds any key or tombstone.</summary>
    /// <param name="tenant">The tenant to ask for; null for all.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>False for an empty store.</returns>
    ValueTask<bool> AnyAsync(TenantId? tenant, CancellationToken cancellationToken);
}
