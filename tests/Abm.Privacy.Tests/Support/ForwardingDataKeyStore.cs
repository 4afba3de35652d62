using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Tests.Support;

/// <summary>A store that passes every call on; tests override the one that shall go wrong.</summary>
internal abstract class ForwardingDataKeyStore(IDataKeyStore inner) : IDataKeyStore
{
    public virtual ValueTask<IReadOnlyList<StoredDataKey>> FindAsync(
        TenantId tenant, IReadOnlyCollection<DataKeyOwner> owners, CancellationToken cancellationToken) =>
        inner.FindAsync(tenant, owners, cancellationToken);

    public virtual ValueTask<IReadOnlyList<StoredDataKey>> AddAsync(
        TenantId tenant, IReadOnlyCollection<StoredDataKey> keys, CancellationToken cancellationToken) =>
        inner.AddAsync(tenant, keys, cancellationToken);

    public virtual ValueTask<int> DestroyAsync(TenantId tenant, IReadOnlyCollection<DataKeyOwner> owners, CancellationToken cancellationToken) =>
        inner.DestroyAsync(tenant, owners, cancellationToken);

    public virtual ValueTask<bool> TryChangeAsync(
        TenantId tenant, IReadOnlyCollection<DataKeyChange> changes, CancellationToken cancellationToken) =>
        inner.TryChangeAsync(tenant, changes, cancellationToken);

    public virtual ValueTask<IReadOnlyList<StoredDataKey>> FindNotWrappedByAsync(
        TenantId tenant, KeyId tenantKey, int max, CancellationToken cancellationToken) =>
        inner.FindNotWrappedByAsync(tenant, tenantKey, max, cancellationToken);

    public virtual ValueTask<long> CountNotWrappedByAsync(TenantId tenant, KeyId tenantKey, CancellationToken cancellationToken) =>
        inner.CountNotWrappedByAsync(tenant, tenantKey, cancellationToken);

    public virtual ValueTask FenceAsync(TenantId tenant, KeyId tenantKey, CancellationToken cancellationToken) =>
        inner.FenceAsync(tenant, tenantKey, cancellationToken);

    public virtual ValueTask<IReadOnlyDictionary<DataKeyVersion, long>> ReserveMessagesAsync(
        TenantId tenant, IReadOnlyCollection<DataKeyVersion> keys, long messages, CancellationToken cancellationToken) =>
        inner.ReserveMessagesAsync(tenant, keys, messages, cancellationToken);

    public virtual ValueTask<bool> AnyAsync(TenantId? tenant, CancellationToken cancellationToken) => inner.AnyAsync(tenant, cancellationToken);
}
