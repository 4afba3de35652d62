using System.Runtime.InteropServices;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>The data keys of subjects and tenants: made on first need, unwrapped under their tenant's key, kept for a short time.</summary>
internal sealed class DataKeyRing(
    TenantKeyRing tenantKeys, IDataKeyStore dataKeys, MessageBudgets messages, KeyRingOptions options, TimeProvider time) : IDisposable
{
    private const int Attempts = 5;

    private readonly KeyCache<(TenantId Tenant, DataKeyOwner Owner), DataKeySet> _cache = new(options.CacheCapacity, options.CacheLifetime, time);
    private readonly DestroyedKeys _destroyed = new();

    public void Dispose() => _cache.Dispose();

    /// <summary>Leases the owners' keys.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="owners">The owners, each once.</param>
    /// <param name="forEncryption">Whether owners without a key get one and messages are set aside.</param>
    /// <param name="transaction">The caller's transaction, which may still be rolled back: nothing of it is kept beyond the lease.</param>
    /// <param name="expected">How many messages are about to be encrypted under each key, if that is known.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async ValueTask<KeyLease> OpenAsync(
        TenantId tenant, IReadOnlyCollection<DataKeyOwner> owners, bool forEncryption, UncommittedKeys? transaction, long expected, CancellationToken cancellationToken)
    {
        var lease = new KeyLease(tenant, _destroyed, forEncryption);
        try
        {
            var missing = new List<DataKeyOwner>();
            foreach (var owner in owners)
            {
                if (_cache.Hold((tenant, owner)) is { } held)
                {
                    lease.Add(held);
                }
                else
                {
                    missing.Add(owner);
                }
            }

            if (missing.Count > 0)
            {
                await AddFromStoreAsync(lease, missing, forEncryption, transaction?.Store, cancellationToken).ConfigureAwait(false);
            }

            if (forEncryption && lease.FindUncounted() is { } uncounted)
            {
                await messages.ProvideAsync(lease, uncounted, transaction, expected, cancellationToken).ConfigureAwait(false);
            }

            return lease;
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    public void Evict(TenantId tenant, IEnumerable<DataKeyOwner> owners)
    {
        foreach (var owner in owners)
        {
            _cache.Remove((tenant, owner));
        }
    }

    /// <summary>Tells open leases which keys the store says are destroyed.</summary>
    public async ValueTask ForgetInOpenLeasesAsync(TenantId tenant, IReadOnlyCollection<DataKeyOwner> owners)
    {
        // the destruction stands, so this is not cancelled any more
        foreach (var key in await dataKeys.FindAsync(tenant, owners, CancellationToken.None).ConfigureAwait(false))
        {
            if (key.State == KeyState.Destroyed)
            {
                _destroyed.Add(key.KeyId);
            }
        }
    }

    private async ValueTask AddFromStoreAsync(
        KeyLease lease, List<DataKeyOwner> owners, bool create, IDataKeyStore? transaction, CancellationToken cancellationToken)
    {
        var (tenant, store) = (lease.Tenant, transaction ?? dataKeys);
        using var fresh = new FreshKeys();
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var generation = _cache.Generation;
            var keysOf = await FindOrAddAsync(tenant, owners, store, create, fresh, cancellationToken).ConfigureAwait(false);
            if (keysOf.Count == 0)
            {
                return;
            }

            if (await tenantKeys.TryUnwrapAsync(tenant, keysOf, fresh, cancellationToken).ConfigureAwait(false) is not { } sets)
            {
                continue; // the keys were wrapped anew and the old tenant key destroyed since they were read
            }

            AddAll(lease, sets);
            if (transaction is null)
            {
                _cache.Put(sets, keys => (tenant, keys.Owner), generation);
            }

            return;
        }

        throw TenantKeyRing.WrapperMissing();
    }

    private async ValueTask<List<(DataKeyOwner Owner, StoredDataKey[] Stored)>> FindOrAddAsync(
        TenantId tenant, List<DataKeyOwner> owners, IDataKeyStore store, bool create, FreshKeys fresh, CancellationToken cancellationToken)
    {
        var keysOf = ByOwner(await store.FindAsync(tenant, owners, cancellationToken).ConfigureAwait(false));
        if (create && keysOf.Count < owners.Count)
        {
            var absent = owners.FindAll(owner => !keysOf.ContainsKey(owner));
            foreach (var (owner, added) in ByOwner(await AddFirstKeysAsync(tenant, absent, store, fresh, cancellationToken).ConfigureAwait(false)))
            {
                keysOf.TryAdd(owner, added);
            }
        }

        var found = new List<(DataKeyOwner, StoredDataKey[])>(owners.Count);
        foreach (var owner in owners)
        {
            if (keysOf.TryGetValue(owner, out var stored))
            {
                found.Add((owner, stored));
            }
        }

        return found;
    }

    private static void AddAll(KeyLease lease, IReadOnlyList<Counted<DataKeySet>> sets)
    {
        var added = 0;
        try
        {
            for (; added < sets.Count; added++)
            {
                lease.Add(sets[added]);
            }
        }
        catch
        {
            foreach (var left in sets.Skip(added + 1)) // the one that failed is held by the lease already
            {
                left.Release();
            }

            throw;
        }
    }

    /// <summary>Most owners have one version.</summary>
    private static Dictionary<DataKeyOwner, StoredDataKey[]> ByOwner(IReadOnlyList<StoredDataKey> stored)
    {
        var keysOf = new Dictionary<DataKeyOwner, StoredDataKey[]>(stored.Count);
        foreach (var key in stored)
        {
            ref var keys = ref CollectionsMarshal.GetValueRefOrAddDefault(keysOf, key.Owner, out _);
            keys = keys is null ? [key] : [.. keys, key];
        }

        return keysOf;
    }

    private async ValueTask<IReadOnlyList<StoredDataKey>> AddFirstKeysAsync(
        TenantId tenant, List<DataKeyOwner> owners, IDataKeyStore store, FreshKeys fresh, CancellationToken cancellationToken)
    {
        // one order for every writer, so that two of them cannot wait for each other's rows
        owners.Sort(static (left, right) => left.Usage != right.Usage
            ? left.Usage.CompareTo(right.Usage)
            : string.CompareOrdinal(left.Subject?.Value, right.Subject?.Value));
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var first = await tenantKeys.WrapNewAsync(tenant, owners, fresh, cancellationToken).ConfigureAwait(false);
                var stored = await store.AddAsync(tenant, first, cancellationToken).ConfigureAwait(false);
                var mine = first.Select(key => key.KeyId).ToHashSet();
                foreach (var key in stored.Where(key => mine.Contains(key.KeyId)))
                {
                    if (messages.GrantFirst(tenant, key) is { } budget)
                    {
                        fresh.Add(key.KeyId, budget);
                    }
                }

                return stored;
            }
            catch (PrivacyException error) when (error.Code == PrivacyErrorCode.TenantKeyRetired && attempt < Attempts)
            {
                tenantKeys.Evict(tenant); // a closed epoch brought a new one
            }
        }
    }
}
