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
    private readonly Dictionary<DataKeyOwner, List<StoredDataKey>> _unread = [];

    /// <summary>First keys that are not stored yet, in the order of their owners.</summary>
    public List<StoredDataKey> KeptBack { get; } = [];

    /// <summary>Keys that this save made: nobody else knows them before it is committed.</summary>
    public HashSet<KeyId> Made { get; } = [];

    /// <summary>Keys that are not destroyed before the transaction ends, and those that are destroyed already.</summary>
    public Dictionary<KeyId, KeyState> Held { get; } = [];

    /// <summary>Holds keys until the transaction ends, if the inner store does; the next reading of them costs nothing.</summary>
    public async ValueTask HoldAsync(TenantId tenant, IReadOnlyCollection<DataKeyOwner> owners, CancellationToken cancellationToken)
    {
        if (owners.Count == 0)
        {
            return;
        }

        var found = (await inner.FindAsync(tenant, owners, cancellationToken).ConfigureAwait(false)).ToLookup(key => key.Owner);
        foreach (var owner in owners)
        {
            _unread[owner] = [.. found[owner]];
            _unread[owner].ForEach(key => Held[key.KeyId] = key.State);
        }
    }

    public async ValueTask<IReadOnlyList<StoredDataKey>> FindAsync(
        TenantId tenant, IReadOnlyCollection<DataKeyOwner> owners, CancellationToken cancellationToken)
    {
        var (found, asked) = (new List<StoredDataKey>(), new List<DataKeyOwner>());
        foreach (var owner in owners.Where(owner => !presumedNew.Contains(owner)))
        {
            if (_unread.Remove(owner, out var held))
            {
                found.AddRange(held); // once: who asks again wants to know what has changed
            }
            else
            {
                asked.Add(owner);
            }
        }

        return asked.Count == 0 ? found : [.. found, .. await inner.FindAsync(tenant, asked, cancellationToken).ConfigureAwait(false)];
    }

    public ValueTask<IReadOnlyList<StoredDataKey>> AddAsync(
        TenantId tenant, IReadOnlyCollection<StoredDataKey> keys, CancellationToken cancellationToken)
    {
        Made.UnionWith(keys.Select(key => key.KeyId));
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
