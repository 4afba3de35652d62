using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.EntityFrameworkCore.Keys;

/// <summary>First keys that were made for a save and wait for its transaction. Not safe for concurrent use.</summary>
internal sealed class KeyQueue
{
    private readonly SortedDictionary<string, Dictionary<DataKeyOwner, StoredDataKey>> _tenants = new(StringComparer.Ordinal);

    public bool Any(TenantId? tenant) => tenant is { } one ? _tenants.ContainsKey(one.Value) : _tenants.Count > 0;

    /// <summary>The queued key of an owner, or null.</summary>
    public StoredDataKey? Find(TenantId tenant, DataKeyOwner owner) => _tenants.GetValueOrDefault(tenant.Value)?.GetValueOrDefault(owner);

    /// <summary>Queues keys; an owner that has one keeps it.</summary>
    /// <returns>The queued key of each owner.</returns>
    public List<StoredDataKey> Add(TenantId tenant, IEnumerable<StoredDataKey> keys)
    {
        if (!_tenants.TryGetValue(tenant.Value, out var queued))
        {
            _tenants.Add(tenant.Value, queued = []);
        }

        var result = new List<StoredDataKey>();
        foreach (var key in keys)
        {
            queued.TryAdd(key.Owner, key);
            result.Add(queued[key.Owner]);
        }

        return result;
    }

    public void Remove(TenantId tenant, DataKeyOwner owner)
    {
        if (_tenants.TryGetValue(tenant.Value, out var queued) && queued.Remove(owner) && queued.Count == 0)
        {
            _tenants.Remove(tenant.Value);
        }
    }

    /// <summary>The queued keys in the order of tenants.</summary>
    public List<(TenantId Tenant, List<StoredDataKey> Keys)> All() =>
        _tenants.Select(tenant => (new TenantId(tenant.Key), tenant.Value.Values.ToList())).ToList();
}
