using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>Data keys in memory alone.</summary>
internal sealed class InMemoryDataKeyStore : IDataKeyStore
{
    private readonly Lock _lock = new();
    private readonly DataKeyTable _table = new();

    public ValueTask<IReadOnlyList<StoredDataKey>> FindAsync(
        TenantId tenant, IReadOnlyCollection<DataKeyOwner> owners, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return ValueTask.FromResult<IReadOnlyList<StoredDataKey>>(_table.Find(tenant, owners));
        }
    }

    public ValueTask<IReadOnlyList<StoredDataKey>> AddAsync(
        TenantId tenant, IReadOnlyCollection<StoredDataKey> keys, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _table.WithoutKey(tenant, keys).ForEach(key => _table.Set(tenant, key));
            return ValueTask.FromResult<IReadOnlyList<StoredDataKey>>(_table.Find(tenant, keys.Select(key => key.Owner)));
        }
    }

    public ValueTask<int> DestroyAsync(TenantId tenant, IReadOnlyCollection<DataKeyOwner> owners, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var living = _table.Find(tenant, owners.Distinct()).FindAll(key => key.State != KeyState.Destroyed);
            living.ForEach(key => _table.Set(tenant, key.ToTombstone()));
            return ValueTask.FromResult(living.Count);
        }
    }

    public ValueTask<bool> AnyAsync(TenantId? tenant, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return ValueTask.FromResult(_table.Any(tenant));
        }
    }
}
