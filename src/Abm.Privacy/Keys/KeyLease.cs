using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>
/// Unwrapped keys of one tenant for the time of a unit of work, so that encryption over spans needs no store. Opened by
/// <see cref="KeyRing"/>, safe for concurrent use, to be disposed when the work is done. It never shows a key.
/// </summary>
public sealed class KeyLease : IDisposable
{
    private readonly DestroyedOwners _destroyedOwners;
    private readonly int _destroyedAtOpening;
    private readonly Dictionary<DataKeyOwner, DataKeySet> _byOwner = [];
    private readonly Dictionary<KeyId, (DataKey Key, DataKeyOwner Owner)> _byId = [];
    private readonly HashSet<KeyId> _destroyed = [];
    private readonly HeldKeys _held = new();
    private readonly Counted<HeldKeys> _holders;
    private int _disposed;

    internal KeyLease(TenantId tenant, DestroyedOwners destroyedOwners)
    {
        Tenant = tenant;
        _holders = new Counted<HeldKeys>(_held);
        _destroyedOwners = destroyedOwners;
        _destroyedAtOpening = destroyedOwners.Count;
    }

    /// <summary>The tenant whose keys these are.</summary>
    public TenantId Tenant { get; }

    /// <summary>The id of the key that encrypts for an owner now.</summary>
    /// <param name="owner">The owner.</param>
    /// <returns>The id; null if the owner has no active key in this lease.</returns>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.SubjectErased"/>: the owner's keys were destroyed.</exception>
    /// <exception cref="ObjectDisposedException">The lease has ended.</exception>
    public KeyId? FindActiveKeyId(DataKeyOwner owner)
    {
        var use = Use();
        try
        {
            if (!_byOwner.TryGetValue(owner, out var keys))
            {
                return null;
            }

            ThrowIfDestroyedSince(owner);
            return keys.Active?.Id ?? (keys.Keys.Count == 0 && keys.Destroyed.Count > 0 ? throw Erased() : null);
        }
        finally
        {
            use.Release();
        }
    }

    /// <summary>
    /// Ends the lease. Operations that still run keep their keys until they are done; then keys that no cache and no other
    /// lease holds are zeroed. Harmless when repeated.
    /// </summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _holders.Release();
        }
    }

    /// <summary>Takes over one hold of the set; only while the lease is being opened.</summary>
    internal void Add(Counted<DataKeySet> held)
    {
        _held.Add(held);
        _byOwner.Add(held.Value.Owner, held.Value);
        foreach (var key in held.Value.Keys)
        {
            _byId.Add(key.Id, (key, held.Value.Owner));
        }

        _destroyed.UnionWith(held.Value.Destroyed);
    }

    /// <summary>Every usable key version of an owner; null if the lease was opened without that owner.</summary>
    internal DataKeySet? Find(DataKeyOwner owner) => _byOwner.GetValueOrDefault(owner);

    /// <summary>Begins an operation: until it is released, no key of the lease is zeroed.</summary>
    internal Counted<HeldKeys> Use()
    {
        ObjectDisposedException.ThrowIf(_disposed != 0 || !_holders.TryHold(), this);
        return _holders;
    }

    /// <summary>The key that encrypts for an owner. Call it between <see cref="Use"/> and its release.</summary>
    internal DataKey GetActive(DataKeyOwner owner)
    {
        if (!_byOwner.TryGetValue(owner, out var keys))
        {
            throw new InvalidOperationException("The subject has no key in this lease. Name every subject of the unit of work when you open it, and open it with OpenAsync to encrypt.");
        }

        ThrowIfDestroyedSince(owner);
        return keys.Active ?? throw (keys.Destroyed.Count > 0 ? Erased() : Unavailable());
    }

    /// <summary>The one key of that id; no other is ever tried. Call it between <see cref="Use"/> and its release.</summary>
    internal DataKey Get(KeyId id)
    {
        if (!_byId.TryGetValue(id, out var found))
        {
            throw _destroyed.Contains(id) ? Erased() : Unavailable();
        }

        ThrowIfDestroyedSince(found.Owner);
        return found.Key;
    }

    private void ThrowIfDestroyedSince(DataKeyOwner owner)
    {
        if (_destroyedOwners.Count != _destroyedAtOpening && _destroyedOwners.Contains(Tenant, owner))
        {
            throw Erased();
        }
    }

    private static PrivacyException Erased() => new(
        PrivacyErrorCode.SubjectErased,
        "The subject's keys were destroyed on purpose; what they protected cannot be read any more.");

    private static PrivacyException Unavailable() => new(
        PrivacyErrorCode.KeyUnavailable,
        "The key is not in this lease. Check that the tenant and the subject are the ones that the value was stored for, and that the key store is the right one.");
}
