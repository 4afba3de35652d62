using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>Stored tenant keys in memory: the state of the volatile store and the index of the file store.</summary>
internal sealed class TenantKeyTable
{
    private readonly SortedDictionary<string, List<StoredTenantKey>> _tenants = new(StringComparer.Ordinal);

    public bool Any => _tenants.Count > 0;

    public List<StoredTenantKey> Find(TenantId tenant) => [.. _tenants.GetValueOrDefault(tenant.Value) ?? []];

    public StoredTenantKey? Find(TenantId tenant, int version) => _tenants.GetValueOrDefault(tenant.Value)?.Find(key => key.Version == version);

    public List<TenantId> List(TenantId? after, int max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        return _tenants.Where(tenant => after is null || string.CompareOrdinal(tenant.Key, after.Value.Value) > 0)
            .Take(max).Select(tenant => tenant.Value[0].Tenant).ToList();
    }

    /// <summary>The keys as they shall be, with what was set aside meanwhile; null if one is not as it was expected.</summary>
    public List<StoredTenantKey>? Changed(TenantId tenant, IReadOnlyCollection<TenantKeyChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return changes.All(change => IsAsExpected(tenant, change))
            ? changes.Select(change => change.After with { MessagesReserved = Math.Max(change.After.MessagesReserved, Find(tenant, change.After.Version)?.MessagesReserved ?? 0) }).ToList()
            : null;
    }

    public StoredTenantKey? WithMessages(StoredTenantKey key, long messages)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(messages, 1);
        return Find(key.Tenant, key.Version) is { } stored ? stored with { MessagesReserved = stored.MessagesReserved + messages } : null;
    }

    /// <summary>Adds a key version, or replaces it.</summary>
    public void Set(StoredTenantKey key)
    {
        if (!_tenants.TryGetValue(key.Tenant.Value, out var versions))
        {
            _tenants.Add(key.Tenant.Value, versions = []);
        }

        versions.RemoveAll(version => version.Version == key.Version);
        versions.Add(key);
    }

    public IEnumerable<StoredTenantKey> All() => _tenants.Values.SelectMany(versions => versions);

    public void Clear() => _tenants.Clear();

    private bool IsAsExpected(TenantId tenant, TenantKeyChange change)
    {
        var stored = Find(tenant, change.After.Version);
        return change.After.Tenant == tenant && (change.Before is { } before
            ? stored is not null && stored.State != KeyState.Destroyed && stored.State == before.State
                && stored.KeyId == change.After.KeyId && stored.Wrapped.Span.SequenceEqual(before.Wrapped.Span)
            : stored is null);
    }
}
