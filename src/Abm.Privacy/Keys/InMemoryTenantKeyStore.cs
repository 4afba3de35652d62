using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>Tenant keys in memory alone.</summary>
internal sealed class InMemoryTenantKeyStore : ITenantKeyStore
{
    private readonly Lock _lock = new();
    private readonly List<StoredTenantKey> _keys = [];

    public ValueTask<IReadOnlyList<StoredTenantKey>> FindAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return ValueTask.FromResult<IReadOnlyList<StoredTenantKey>>(_keys.FindAll(key => key.Tenant == tenant));
        }
    }

    public ValueTask<IReadOnlyList<StoredTenantKey>> AddAsync(StoredTenantKey key, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_keys.Exists(stored => stored.Tenant == key.Tenant && stored.Version == key.Version))
            {
                _keys.Add(key);
            }

            return FindAsync(key.Tenant, cancellationToken);
        }
    }

    public ValueTask<bool> AnyAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return ValueTask.FromResult(_keys.Count > 0);
        }
    }
}
