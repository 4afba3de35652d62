using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>Stored data keys in memory: the state of the volatile store and the index of the file store.</summary>
internal sealed class DataKeyTable
{
    private readonly Dictionary<TenantId, Dictionary<DataKeyOwner, List<StoredDataKey>>> _tenants = [];
    private readonly Dictionary<TenantId, WrapperIndex> _wrappers = [];
    private readonly HashSet<(TenantId Tenant, KeyId TenantKey)> _fenced = [];

    public int Subjects { get; private set; }

    /// <summary>How many key versions there are, tombstones included.</summary>
    public int Count { get; private set; }

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

    public IEnumerable<StoredDataKey> FindNotWrappedBy(TenantId tenant, KeyId tenantKey) =>
        _wrappers.GetValueOrDefault(tenant)?.FindNotWrappedBy(tenantKey).Select(key => Find(tenant, key)!) ?? [];

    public long CountNotWrappedBy(TenantId tenant, KeyId tenantKey) => _wrappers.GetValueOrDefault(tenant)?.CountNotWrappedBy(tenantKey) ?? 0;

    /// <summary>The candidates whose owners have no key yet.</summary>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.TenantKeyRetired"/>.</exception>
    public List<StoredDataKey> WithoutKey(TenantId tenant, IReadOnlyCollection<StoredDataKey> candidates)
    {
        ThrowIfFenced(tenant, candidates);
        var keys = _tenants.GetValueOrDefault(tenant);
        return candidates.Where(candidate => keys is null || !keys.ContainsKey(candidate.Owner)).ToList();
    }

    /// <summary>The keys as they shall be; null if one is not as it was expected.</summary>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.TenantKeyRetired"/>.</exception>
    public List<StoredDataKey>? Changed(TenantId tenant, IReadOnlyCollection<DataKeyChange> changes)
    {
        ThrowIfFenced(tenant, changes.Select(change => change.After));
        return changes.All(change => IsAsExpected(tenant, change))
            ? changes.Select(change => WithMessagesOf(change.After, Find(tenant, VersionOf(change.After)))).ToList()
            : null;
    }

    /// <summary>The keys with messages set aside.</summary>
    public List<StoredDataKey> WithMessages(TenantId tenant, IEnumerable<DataKeyVersion> keys, long messages) =>
        keys.Select(key => Find(tenant, key)).OfType<StoredDataKey>().Select(key => key with { MessagesReserved = key.MessagesReserved + messages }).ToList();

    public bool IsFenced(TenantId tenant, KeyId tenantKey) => _fenced.Contains((tenant, tenantKey));

    public void Fence(TenantId tenant, KeyId tenantKey) => _fenced.Add((tenant, tenantKey));

    /// <summary>Adds a key version, or replaces it.</summary>
    public void Set(TenantId tenant, StoredDataKey key)
    {
        if (!_tenants.TryGetValue(tenant, out var keys))
        {
            _tenants.Add(tenant, keys = []);
            _wrappers.Add(tenant, new WrapperIndex());
        }

        if (!keys.TryGetValue(key.Owner, out var versions))
        {
            keys.Add(key.Owner, versions = []);
            Subjects += key.Owner.Subject is null ? 0 : 1;
        }

        var at = versions.FindIndex(version => version.Version == key.Version);
        _wrappers[tenant].Move(VersionOf(key), at < 0 ? null : versions[at].WrappedBy, key.WrappedBy);
        if (at < 0)
        {
            versions.Add(key);
            Count++;
        }
        else
        {
            versions[at] = key;
        }
    }

    public IEnumerable<(TenantId Tenant, StoredDataKey Key)> All() =>
        from tenant in _tenants from versions in tenant.Value.Values from key in versions select (tenant.Key, key);

    public IEnumerable<(TenantId Tenant, KeyId TenantKey)> AllFenced() => _fenced;

    public void Clear()
    {
        _tenants.Clear();
        _wrappers.Clear();
        _fenced.Clear();
        (Subjects, Count) = (0, 0);
    }

    private static DataKeyVersion VersionOf(StoredDataKey key) => new(key.Owner, key.Version);

    /// <summary>A change never takes back what was set aside since the key was read.</summary>
    private static StoredDataKey WithMessagesOf(StoredDataKey key, StoredDataKey? stored) =>
        stored is null || stored.MessagesReserved <= key.MessagesReserved ? key : key with { MessagesReserved = stored.MessagesReserved };

    private StoredDataKey? Find(TenantId tenant, DataKeyVersion key) =>
        _tenants.GetValueOrDefault(tenant)?.GetValueOrDefault(key.Owner)?.Find(stored => stored.Version == key.Version);

    private bool IsAsExpected(TenantId tenant, DataKeyChange change)
    {
        var stored = Find(tenant, VersionOf(change.After));
        return change.Before is { } before
            ? stored is not null && stored.State != KeyState.Destroyed && stored.State == before.State
                && stored.KeyId == change.After.KeyId && stored.Wrapped.Span.SequenceEqual(before.Wrapped.Span)
            : stored is null;
    }

    private void ThrowIfFenced(TenantId tenant, IEnumerable<StoredDataKey> keys)
    {
        if (_fenced.Count > 0 && keys.Any(key => key.WrappedBy is { } wrapper && IsFenced(tenant, wrapper)))
        {
            throw TenantKeyFence.Retired();
        }
    }
}
