using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>The key-encryption keys of tenants: made on first need, unwrapped by the root, kept for a short time.</summary>
internal sealed class TenantKeyRing(
    IRootKeyProvider root, ITenantKeyStore store, IDataKeyStore dataKeys, MessageBudgets messages, KeyRingOptions options, TimeProvider time) : IDisposable
{
    private readonly KeyCache<TenantId, TenantKeySet> _cache = new(options.CacheCapacity, options.CacheLifetime, time);

    // tenants share these by hash: whoever comes first asks the root, which may be a service far away, and the rest wait
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 32).Select(_ => new SemaphoreSlim(1, 1))];

    public void Dispose()
    {
        _cache.Dispose();
        Array.ForEach(_turns, turn => turn.Dispose());
    }

    /// <summary>The tenant's keys, with the caller as one of their holders.</summary>
    public async ValueTask<Counted<TenantKeySet>> HoldAsync(TenantId tenant, bool create, CancellationToken cancellationToken)
    {
        if (_cache.Hold(tenant) is { } cached)
        {
            return cached;
        }

        var turn = _turns[(uint)tenant.GetHashCode() % (uint)_turns.Length];
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _cache.Hold(tenant) ?? await ReadAsync(tenant, create, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Forgets a tenant's keys, so that the next use reads the store.</summary>
    public void Evict(TenantId tenant) => _cache.Remove(tenant);

    /// <summary>Makes first keys of owners, wrapped under the tenant's active key and not stored yet.</summary>
    public async ValueTask<IReadOnlyList<StoredDataKey>> WrapNewAsync(
        TenantId tenant, IReadOnlyList<DataKeyOwner> owners, FreshKeys fresh, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var tenantKeys = await HoldAsync(tenant, create: true, cancellationToken).ConfigureAwait(false);
        try
        {
            await messages.CountWrappingsAsync(tenantKeys.Value.ActiveStored, owners.Count, cancellationToken).ConfigureAwait(false);
            var made = new StoredDataKey[owners.Count];
            CpuWork.For(made.Length, i =>
            {
                var key = SecretKey.Generate();
                fresh.Add(key);
                made[i] = new StoredDataKey(owners[i], 1, key.Id, KeyState.Active, now, KeyWrap.WrapDataKey(tenantKeys.Value.Active, tenant, owners[i], key))
                {
                    MessagesReserved = MessageBudgets.FirstBlockOf(owners[i].Usage),
                };
            });
            return made;
        }
        finally
        {
            tenantKeys.Release();
        }
    }

    /// <summary>
    /// Unwraps the stored keys of each owner, all of them or none; null if a tenant key that wraps one is not in the store, as
    /// when it was retired since the keys were read.
    /// </summary>
    public async ValueTask<IReadOnlyList<Counted<DataKeySet>>?> TryUnwrapAsync(
        TenantId tenant,
        List<(DataKeyOwner Owner, StoredDataKey[] Stored)> keysOf,
        FreshKeys fresh,
        CancellationToken cancellationToken)
    {
        var tenantKeys = await HoldAsync(tenant, create: false, cancellationToken).ConfigureAwait(false);
        var sets = new Counted<DataKeySet>?[keysOf.Count];
        try
        {
            if (HaveUnknownWrapper(keysOf, tenantKeys.Value))
            {
                // the keys were wrapped anew since the tenant's keys were read
                Evict(tenant);
                var renewed = await HoldAsync(tenant, create: false, cancellationToken).ConfigureAwait(false);
                tenantKeys.Release();
                tenantKeys = renewed;
                if (HaveUnknownWrapper(keysOf, renewed.Value))
                {
                    return null;
                }
            }

            var unwrapping = tenantKeys.Value;
            CpuWork.For(sets.Length, i => sets[i] = new Counted<DataKeySet>(Unwrap(tenant, keysOf[i].Owner, keysOf[i].Stored, unwrapping, fresh)));
            return sets!;
        }
        catch
        {
            Array.ForEach(sets, set => set?.Release());
            throw;
        }
        finally
        {
            tenantKeys.Release();
        }
    }

    public static PrivacyException WrapperMissing() => new(
        PrivacyErrorCode.KeyUnavailable,
        "The tenant key that wraps a data key is not in the tenant key store. Restore both stores from the same backup.");

    public static PrivacyException OtherKeyReturned() => new(
        PrivacyErrorCode.DecryptionFailed, "The root key provider returned another key than the one that was wrapped.");

    private static bool HaveUnknownWrapper(List<(DataKeyOwner Owner, StoredDataKey[] Stored)> keysOf, TenantKeySet tenantKeys) =>
        keysOf.Exists(owner => Array.Exists(owner.Stored, key => IsUsable(key) && key.WrappedBy is { } wrapper && tenantKeys.Find(wrapper) is null));

    private static bool IsUsable(StoredDataKey key) => key.State is KeyState.PreActive or KeyState.Active or KeyState.DecryptOnly;

    private static DataKeySet Unwrap(
        TenantId tenant, DataKeyOwner owner, StoredDataKey[] stored, TenantKeySet tenantKeys, FreshKeys fresh)
    {
        var keys = new List<DataKey>(stored.Length);
        List<KeyId>? destroyed = null;
        try
        {
            foreach (var key in stored)
            {
                if (key.State == KeyState.Destroyed)
                {
                    (destroyed ??= []).Add(key.KeyId);
                }
                else if (IsUsable(key))
                {
                    var tenantKey = tenantKeys.Find(key.WrappedBy!.Value)!;
                    var secret = fresh.Take(key.KeyId) ?? KeyWrap.UnwrapDataKey(tenantKey, tenant, owner, key.KeyId, key.Wrapped.Span);
                    keys.Add(new DataKey(secret, key.Version, key.State) { Messages = fresh.FindBudget(key.KeyId) });
                }
            }

            return keys.Count(key => key.State == KeyState.Active) <= 1 ? new DataKeySet(owner, keys, destroyed ?? (IReadOnlyList<KeyId>)[]) : throw new PrivacyException(
                PrivacyErrorCode.KeyStoreDamaged,
                "The key store holds two active versions of one key. Restore it from a backup, or disable one of them in the store.");
        }
        catch
        {
            keys.ForEach(key => key.Dispose());
            throw;
        }
    }

    private async ValueTask<Counted<TenantKeySet>> ReadAsync(TenantId tenant, bool create, CancellationToken cancellationToken)
    {
        var generation = _cache.Generation;

        var stored = await store.FindAsync(tenant, cancellationToken).ConfigureAwait(false);
        var hasDataKeys = false;
        if (stored.Count == 0 && create)
        {
            // asked before the other store is read for good: data keys are only ever stored after their tenant key
            hasDataKeys = await dataKeys.AnyAsync(tenant, cancellationToken).ConfigureAwait(false);
            stored = await store.FindAsync(tenant, cancellationToken).ConfigureAwait(false);
        }

        if (stored.Count == 0 && create && !hasDataKeys)
        {
            using var key = SecretKey.Generate();
            var wrapped = await root.WrapAsync(tenant, key, cancellationToken).ConfigureAwait(false);
            var first = new StoredTenantKey(tenant, 1, key.Id, KeyState.Active, time.GetUtcNow(), wrapped) { MessagesReserved = MessageBudget.FirstBlock };
            stored = await store.AddAsync(first, cancellationToken).ConfigureAwait(false);
            if (stored.Any(key => key.KeyId == first.KeyId))
            {
                messages.GrantFirst(first);
            }
        }

        var held = new Counted<TenantKeySet>(await UnwrapAsync(tenant, stored, cancellationToken).ConfigureAwait(false));
        _cache.Put([held], _ => tenant, generation);
        return held;
    }

    private async ValueTask<TenantKeySet> UnwrapAsync(TenantId tenant, IReadOnlyList<StoredTenantKey> stored, CancellationToken cancellationToken)
    {
        var keys = new Dictionary<KeyId, WrappingKey>();
        try
        {
            StoredTenantKey? active = null;
            foreach (var key in stored.Where(key => key.State is KeyState.Active or KeyState.DecryptOnly))
            {
                var unwrapped = await root.UnwrapAsync(tenant, key.KeyId, key.Wrapped, cancellationToken).ConfigureAwait(false);
                keys.Add(unwrapped.Id, new WrappingKey(unwrapped));
                if (unwrapped.Id != key.KeyId)
                {
                    throw OtherKeyReturned();
                }

                active = key.State == KeyState.Active ? key : active;
            }

            return new TenantKeySet(keys, active ?? throw new PrivacyException(
                PrivacyErrorCode.KeyUnavailable,
                "The tenant has data keys but no active key of its own. Restore the tenant key store that belongs to the data key store."));
        }
        catch
        {
            foreach (var key in keys.Values)
            {
                key.Dispose();
            }

            throw;
        }
    }
}
