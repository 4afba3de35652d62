using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>Data keys in memory alone.</summary>
internal sealed class InMemoryDataKeyStore : IDataKeyStore
{
    private readonly Lock _lock = new();
    private readonly DataKeyTable _table = new();

    public ValueTask<IReadOnlyList<StoredDataKey>> FindAsync(
        TenantId tenant, IReadOnlyCollection<DataKeyOwner> owners, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<StoredDataKey>>(() => _table.Find(tenant, owners));

    public ValueTask<IReadOnlyList<StoredDataKey>> AddAsync(
        TenantId tenant, IReadOnlyCollection<StoredDataKey> keys, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<StoredDataKey>>(() =>
        {
            _table.WithoutKey(tenant, keys).ForEach(key => _table.Set(tenant, key));
            return _table.Find(tenant, keys.Select(key => key.Owner));
        });

    public ValueTask<int> DestroyAsync(TenantId tenant, IReadOnlyCollection<DataKeyOwner> owners, CancellationToken cancellationToken) =>
        Locked(() =>
        {
            var living = _table.Find(tenant, owners.Distinct()).FindAll(key => key.State != KeyState.Destroyed);
            living.ForEach(key => _table.Set(tenant, key.ToTombstone()));
            return living.Count;
        });

    public ValueTask<bool> TryChangeAsync(TenantId tenant, IReadOnlyCollection<DataKeyChange> changes, CancellationToken cancellationToken) =>
        Locked(() =>
        {
            var changed = _table.Changed(tenant, changes);
            changed?.ForEach(key => _table.Set(tenant, key));
            return changed is not null;
        });

    public ValueTask<IReadOnlyList<StoredDataKey>> FindNotWrappedByAsync(
        TenantId tenant, KeyId tenantKey, int max, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        return Locked<IReadOnlyList<StoredDataKey>>(() => _table.FindNotWrappedBy(tenant, tenantKey).Take(max).ToList());
    }

    public ValueTask<long> CountNotWrappedByAsync(TenantId tenant, KeyId tenantKey, CancellationToken cancellationToken) =>
        Locked(() => _table.CountNotWrappedBy(tenant, tenantKey));

    public async ValueTask FenceAsync(TenantId tenant, KeyId tenantKey, CancellationToken cancellationToken) =>
        await Locked(() =>
        {
            _table.Fence(tenant, tenantKey);
            return true;
        }).ConfigureAwait(false);

    public ValueTask<IReadOnlyDictionary<DataKeyVersion, long>> ReserveMessagesAsync(
        TenantId tenant, IReadOnlyCollection<DataKeyVersion> keys, long messages, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(messages, 1);
        return Locked<IReadOnlyDictionary<DataKeyVersion, long>>(() =>
        {
            var reserved = _table.WithMessages(tenant, keys, messages);
            reserved.ForEach(key => _table.Set(tenant, key));
            return reserved.ToDictionary(key => new DataKeyVersion(key.Owner, key.Version), key => key.MessagesReserved);
        });
    }

    public ValueTask<bool> AnyAsync(TenantId? tenant, CancellationToken cancellationToken) => Locked(() => _table.Any(tenant));

    private ValueTask<T> Locked<T>(Func<T> work)
    {
        lock (_lock)
        {
            return ValueTask.FromResult(work());
        }
    }
}
