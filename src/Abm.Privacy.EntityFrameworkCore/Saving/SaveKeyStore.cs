using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.EntityFrameworkCore.Saving;

/// <summary>
/// The data key store as one save sees it: persons that are new are not looked up, as adding their keys tells whether they
/// are; and first keys can be kept back until there is a transaction to add them in.
/// </summary>
internal sealed class SaveKeyStore(IDataKeyStore inner, IReadOnlySet<DataKeyOwner> presumedNew, bool keepBack) : IDataKeyStore
{
    /// <summary>First keys that are not stored yet, in the order of their owners.</summary>
    public List<StoredDataKey> KeptBack { get; } = [];

    public ValueTask<IReadOnlyList<StoredDataKey>> FindAsync(
        TenantId tenant, IReadOnlyCollection<DataKeyOwner> owners, CancellationToken cancellationToken)
    {
        var asked = presumedNew.Count == 0 ? owners : [.. owners.Where(owner => !presumedNew.Contains(owner))];
        return asked.Count == 0 ? ValueTask.FromResult<IReadOnlyList<StoredDataKey>>([]) : inner.FindAsync(tenant, asked, cancellationToken);
    }

    public ValueTask<IReadOnlyList<StoredDataKey>> AddAsync(
        TenantId tenant, IReadOnlyCollection<StoredDataKey> keys, CancellationToken cancellationToken)
    {
        if (!keepBack)
        {
            return inner.AddAsync(tenant, keys, cancellationToken);
        }

        KeptBack.AddRange(keys);
        return ValueTask.FromResult<IReadOnlyList<StoredDataKey>>([.. keys]);
    }

    public ValueTask<int> DestroyAsync(TenantId tenant, IReadOnlyCollection<DataKeyOwner> owners, CancellationToken cancellationToken) =>
        inner.DestroyAsync(tenant, owners, cancellationToken);

    public ValueTask<bool> TryChangeAsync(TenantId tenant, IReadOnlyCollection<DataKeyChange> changes, CancellationToken cancellationToken) =>
        inner.TryChangeAsync(tenant, changes, cancellationToken);

    public ValueTask<IReadOnlyList<StoredDataKey>> FindNotWrappedByAsync(
        TenantId tenant, KeyId tenantKey, int max, CancellationToken cancellationToken) =>
        inner.FindNotWrappedByAsync(tenant, tenantKey, max, cancellationToken);

    public ValueTask<long> CountNotWrappedByAsync(TenantId tenant, KeyId tenantKey, CancellationToken cancellationToken) =>
        inner.CountNotWrappedByAsync(tenant, tenantKey, cancellationToken);

    public ValueTask FenceAsync(TenantId tenant, KeyId tenantKey, CancellationToken cancellationToken) =>
        inner.FenceAsync(tenant, tenantKey, cancellationToken);

    public ValueTask<IReadOnlyDictionary<DataKeyVersion, long>> ReserveMessagesAsync(
        TenantId tenant, IReadOnlyCollection<DataKeyVersion> keys, long messages, CancellationToken cancellationToken) =>
        inner.ReserveMessagesAsync(tenant, keys, messages, cancellationToken);

    public ValueTask<bool> AnyAsync(TenantId? tenant, CancellationToken cancellationToken) => inner.AnyAsync(tenant, cancellationToken);
}
