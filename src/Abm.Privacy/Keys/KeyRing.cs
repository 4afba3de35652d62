using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>
/// The keys of every tenant and subject: root key, tenant keys under it, and random data keys under those, one for each
/// subject. Data keys are never derived, so destroying a subject's key forgets the subject. Safe for concurrent use.
/// </summary>
public sealed class KeyRing : IDisposable
{
    private readonly TenantKeyRing _tenantKeys;
    private readonly IDataKeyStore _dataKeys;
    private readonly TimeProvider _time;
    private readonly KeyCache<(TenantId Tenant, DataKeyOwner Owner), DataKeySet> _dataCache;
    private readonly DestroyedOwners _destroyed = new();
    private volatile bool _disposed;

    /// <summary>Creates a key ring.</summary>
    /// <param name="root">Wraps the tenant keys.</param>
    /// <param name="tenantKeys">Keeps the wrapped tenant keys.</param>
    /// <param name="dataKeys">Keeps the wrapped data keys.</param>
    /// <param name="options">Cache size and lifetime; validated.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentException">The cache options are out of range.</exception>
    public KeyRing(IRootKeyProvider root, ITenantKeyStore tenantKeys, IDataKeyStore dataKeys, KeyRingOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(tenantKeys);
        ArgumentNullException.ThrowIfNull(dataKeys);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        if (KeyRingOptionsValidator.CacheFaults(options) is [var fault, ..])
        {
            throw new ArgumentException(fault, nameof(options));
        }

        (_dataKeys, _time) = (dataKeys, time);
        _tenantKeys = new(root, tenantKeys, dataKeys, options, time);
        _dataCache = new(options.CacheCapacity, options.CacheLifetime, time);
    }

    /// <summary>Leases the keys of subjects in one round trip. A subject without a key gets one.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="subjects">Every subject of the unit of work; duplicates are harmless.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The lease, to be disposed by the caller.</returns>
    /// <exception cref="PrivacyException">The root key or a key store is unavailable, damaged or full.</exception>
    public ValueTask<KeyLease> OpenAsync(TenantId tenant, IReadOnlyCollection<SubjectId> subjects, CancellationToken cancellationToken = default) =>
        OpenOwnersAsync(tenant, OwnersOf(subjects), create: true, cancellationToken);

    /// <summary>
    /// Leases the keys of subjects for decryption. No key is ever made: a subject without one simply has none.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="subjects">Every subject of the unit of work; duplicates are harmless.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The lease, to be disposed by the caller.</returns>
    /// <exception cref="PrivacyException">The root key or a key store is unavailable or damaged.</exception>
    public ValueTask<KeyLease> OpenReadOnlyAsync(
        TenantId tenant, IReadOnlyCollection<SubjectId> subjects, CancellationToken cancellationToken = default) =>
        OpenOwnersAsync(tenant, OwnersOf(subjects), create: false, cancellationToken);

    /// <summary>
    /// Destroys every key of the subjects, all or none, and leaves tombstones: what the keys protected is unreadable from
    /// now on in this process, open leases included, and in other processes when their cache entries and leases end. Backups
    /// of the key store still hold the keys. Harmless when repeated.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="subjects">The subjects; one without keys is passed over and may still get one.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>How many keys were destroyed by this call.</returns>
    /// <exception cref="PrivacyException">A key store is unavailable or damaged. Call again: a store may have done it before it failed.</exception>
    public async ValueTask<int> DestroySubjectsAsync(
        TenantId tenant, IReadOnlyCollection<SubjectId> subjects, CancellationToken cancellationToken = default)
    {
        _ = tenant.Value; // an id that was never set has no keys
        ObjectDisposedException.ThrowIf(_disposed, this);
        var owners = OwnersOf(subjects);
        int destroyed;
        try
        {
            destroyed = await _dataKeys.DestroyAsync(tenant, owners, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // even after an error: the store may have done it, and the next opening asks it
            foreach (var owner in owners)
            {
                _dataCache.Remove((tenant, owner));
            }
        }

        await ForgetInOpenLeasesAsync(tenant, owners).ConfigureAwait(false);
        return destroyed;
    }

    /// <summary>Zeroes every cached key that no lease holds. No lease can be opened afterwards.</summary>
    public void Dispose()
    {
        _disposed = true;
        _dataCache.Dispose();
        _tenantKeys.Dispose();
    }

    internal async ValueTask<KeyLease> OpenOwnersAsync(
        TenantId tenant, IReadOnlyCollection<DataKeyOwner> owners, bool create, CancellationToken cancellationToken)
    {
        _ = tenant.Value; // an id that was never set has no keys
        ObjectDisposedException.ThrowIf(_disposed, this);
        var lease = new KeyLease(tenant, _destroyed);
        try
        {
            var missing = new List<DataKeyOwner>();
            foreach (var owner in owners)
            {
                if (_dataCache.Hold((tenant, owner)) is { } held)
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
                await AddFromStoreAsync(lease, missing, create, cancellationToken).ConfigureAwait(false);
            }

            return lease;
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    /// <summary>Those who had no key have no tombstone either: only what the store says is destroyed is.</summary>
    private async ValueTask ForgetInOpenLeasesAsync(TenantId tenant, HashSet<DataKeyOwner> owners)
    {
        // the destruction stands, so this is not cancelled any more
        foreach (var key in await _dataKeys.FindAsync(tenant, owners, CancellationToken.None).ConfigureAwait(false))
        {
            if (key.State == KeyState.Destroyed && !_destroyed.Contains(tenant, key.Owner))
            {
                _destroyed.Add(tenant, key.Owner);
            }
        }
    }

    private static HashSet<DataKeyOwner> OwnersOf(IReadOnlyCollection<SubjectId> subjects)
    {
        ArgumentNullException.ThrowIfNull(subjects);
        var owners = new HashSet<DataKeyOwner>(subjects.Count);
        foreach (var subject in subjects)
        {
            owners.Add(DataKeyOwner.ForSubject(subject));
        }

        return owners;
    }

    private async ValueTask AddFromStoreAsync(KeyLease lease, List<DataKeyOwner> owners, bool create, CancellationToken cancellationToken)
    {
        var tenant = lease.Tenant;
        var generation = _dataCache.Generation;
        var stored = (await _dataKeys.FindAsync(tenant, owners, cancellationToken).ConfigureAwait(false)).ToLookup(key => key.Owner);
        var absent = owners.FindAll(owner => !stored.Contains(owner));
        if (absent.Count == owners.Count && !create)
        {
            return;
        }

        var tenantKeys = await _tenantKeys.HoldAsync(tenant, create, cancellationToken).ConfigureAwait(false);
        try
        {
            var added = absent.Count > 0 && create
                ? (await AddFirstKeysAsync(tenant, absent, tenantKeys.Value.Active, cancellationToken).ConfigureAwait(false)).ToLookup(key => key.Owner)
                : null;
            foreach (var owner in owners)
            {
                var keys = stored.Contains(owner) ? stored[owner] : added?[owner];
                if (keys is not null)
                {
                    var held = new Counted<DataKeySet>(Unwrap(tenant, owner, keys, tenantKeys.Value));
                    lease.Add(held);
                    _dataCache.Put((tenant, owner), held, generation);
                }
            }
        }
        finally
        {
            tenantKeys.Release();
        }
    }

    private async ValueTask<IReadOnlyList<StoredDataKey>> AddFirstKeysAsync(
        TenantId tenant, List<DataKeyOwner> owners, WrappingKey tenantKey, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var first = new List<StoredDataKey>(owners.Count);

        // one order for every writer, so that two of them cannot wait for each other's rows
        foreach (var owner in owners.OrderBy(owner => owner.Usage).ThenBy(owner => owner.Subject?.Value, StringComparer.Ordinal))
        {
            using var key = SecretKey.Generate();
            first.Add(new StoredDataKey(owner, 1, key.Id, KeyState.Active, now, KeyWrap.WrapDataKey(tenantKey, tenant, owner, key)));
        }

        return await _dataKeys.AddAsync(tenant, first, cancellationToken).ConfigureAwait(false);
    }

    private static DataKeySet Unwrap(TenantId tenant, DataKeyOwner owner, IEnumerable<StoredDataKey> stored, TenantKeySet tenantKeys)
    {
        var keys = new List<DataKey>();
        var destroyed = new List<KeyId>();
        try
        {
            foreach (var key in stored)
            {
                if (key.State == KeyState.Destroyed)
                {
                    destroyed.Add(key.KeyId);
                }
                else if (key.State is KeyState.Active or KeyState.DecryptOnly)
                {
                    var wrappedBy = EnvelopeHeader.Read(key.Wrapped.Span, EnvelopeHeader.SuiteAesGcmKeyWrap).KeyId;
                    var tenantKey = tenantKeys.Find(wrappedBy) ?? throw new PrivacyException(
                        PrivacyErrorCode.KeyUnavailable,
                        $"The tenant key {wrappedBy} that wraps a data key is not in the tenant key store. Restore both stores from the same backup.");
                    keys.Add(new DataKey(KeyWrap.UnwrapDataKey(tenantKey, tenant, owner, key.KeyId, key.Wrapped.Span), key.Version, key.State));
                }
            }

            return new DataKeySet(owner, keys, destroyed);
        }
        catch
        {
            keys.ForEach(key => key.Dispose());
            throw;
        }
    }
}
