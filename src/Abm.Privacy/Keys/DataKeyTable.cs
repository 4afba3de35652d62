using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>Stored data keys in memory: the state of the volatile store and the index of the file store.</summary>
internal sealed class DataKeyTable
{
    private readonly Dictionary<TenantId, Dictionary<DataKeyOwner, List<StoredDataKey>>> _tenants = [];

    public int Subjects { get; private set; }

    public bool Any(TenantId? tenant) => tenant is { } one ? _tenants.ContainsKey(one) : _tenants.Count > 0;

    public List<StoredDataKey> Find(TenantId tenant, IEnumerable<DataKeyOwner> owners)
    {
        var found = new List<StoredDataKey>();
        if (_tenants.TryGetValue(tenant, out var keys))
        {
            foreach (var owner in owners)
            {
                if (keys.TryGetValue(owner, out var versions))
                {
                    found.AddRange(versions);
                }
            }
        }

        return found;
    }

    /// <summary>The candidates whose owners have no key yet.</summary>
    public List<StoredDataKey> WithoutKey(TenantId tenant, IReadOnlyCollection<StoredDataKey> candidates)
    {
        var keys = _tenants.GetValueOrDefault(tenant);
        return candidates.Where(candidate => keys is null || !keys.ContainsKey(candidate.Owner)).ToList();
    }

    /// <summary>Adds a key version, or replaces it.</summary>
    public void Set(TenantId tenant, StoredDataKey key)
    {
        if (!_tenants.TryGetValue(tenant, out var keys))
        {
            _tenants.Add(tenant, keys = []);
        }

        if (!keys.TryGetValue(key.Owner, out var versions))
        {
            keys.Add(key.Owner, versions = []);
            Subjects += key.Owner.Subject is null ? 0 : 1;
        }

        versions.RemoveAll(version => version.Version == key.Version);
        versions.Add(key);
    }

    public IEnumerable<(TenantId Tenant, StoredDataKey Key)> All() =>
        from tenant in _tenants from versions in tenant.Value.Values from key in versions select (tenant.Key, key);

    public void Clear()
    {
        _tenants.Clear();
        Subjects = 0;
    }
}
