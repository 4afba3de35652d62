using Abm.Privacy.Cryptography;
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
    /// <exception cref="PrivacyException">
    /// <see cref="PrivacyErrorCode.KeyStoreFull"/>, or <see cref="PrivacyErrorCode.TenantKeyRetired"/> if a fenced tenant key wraps
    /// one of the keys: nothing was added.
    /// </exception>
    ValueTask<IReadOnlyList<StoredDataKey>> AddAsync(
        TenantId tenant, IReadOnlyCollection<StoredDataKey> keys, CancellationToken cancellationToken);

    /// <summary>Destroys every key version of the owners, all or none, and leaves tombstones. Harmless when repeated.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="owners">The owners; one without keys is passed over.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>How many keys were destroyed by this call.</returns>
    ValueTask<int> DestroyAsync(TenantId tenant, IReadOnlyCollection<DataKeyOwner> owners, CancellationToken cancellationToken);

    /// <summary>
    /// Changes keys, all or none: each must still be stored as it was before, in state and wrapped bytes, or absent where
    /// nothing was. Destroyed keys stay destroyed, and what was set aside since the reading (<see cref="ReserveMessagesAsync"/>) stays so.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="changes">The changes, at most one for a key version.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>False if any key was not as expected; nothing was changed then.</returns>
    /// <exception cref="PrivacyException">
    /// <see cref="PrivacyErrorCode.TenantKeyRetired"/>: a fenced tenant key wraps a key as it shall be. Nothing was changed.
    /// </exception>
    ValueTask<bool> TryChangeAsync(TenantId tenant, IReadOnlyCollection<DataKeyChange> changes, CancellationToken cancellationToken);

    /// <summary>Finds keys of every usage and state, tombstones apart, that another tenant key than the given one wraps.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="tenantKey">The tenant key that is meant to wrap every key.</param>
    /// <param name="max">How many at most, from 1.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The keys in any order; none when the work is done.</returns>
    ValueTask<IReadOnlyList<StoredDataKey>> FindNotWrappedByAsync(TenantId tenant, KeyId tenantKey, int max, CancellationToken cancellationToken);

    /// <summary>Counts what <see cref="FindNotWrappedByAsync"/> would find.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="tenantKey">The tenant key that is meant to wrap every key.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The number of keys.</returns>
    ValueTask<long> CountNotWrappedByAsync(TenantId tenant, KeyId tenantKey, CancellationToken cancellationToken);

    /// <summary>
    /// Retires a tenant key for writing: when it returns, no key wrapped by it can be added or changed to any more, not by
    /// a transaction that began earlier either. Durable; harmless when repeated.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="tenantKey">The tenant key that wraps no new key.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The task.</returns>
    ValueTask FenceAsync(TenantId tenant, KeyId tenantKey, CancellationToken cancellationToken);

    /// <summary>
    /// Sets messages aside for the calling process, so that the number of messages under a key survives restarts: what is
    /// set aside counts as used.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="keys">The keys, each at most once. One that is not stored is passed over.</param>
    /// <param name="messages">How many messages for each key, from 1.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>For each stored key the total that is set aside now.</returns>
    ValueTask<IReadOnlyDictionary<DataKeyVersion, long>> ReserveMessagesAsync(
        TenantId tenant, IReadOnlyCollection<DataKeyVersion> keys, long messages, CancellationToken cancellationToken);

    /// <summary>Whether the store holds any key or tombstone.</summary>
    /// <param name="tenant">The tenant to ask for; null for all.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>False for an empty store.</returns>
    ValueTask<bool> AnyAsync(TenantId? tenant, CancellationToken cancellationToken);
}
