using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>
/// Unwrapped keys of one tenant for the time of a unit of work, so that encryption over spans needs no store. Opened by
/// <see cref="KeyRing"/>, safe for concurrent use, to be disposed when the work is done. It never shows a key.
/// </summary>
public sealed class KeyLease : IDisposable
{
    private readonly DestroyedKeys _destroyedKeys;
    private readonly int _destroyedAtOpening;
    private readonly bool _forEncryption;
    private readonly Dictionary<DataKeyOwner, DataKeySet> _byOwner = [];
    private readonly Dictionary<KeyId, DataKey> _byId = [];
    private readonly HashSet<KeyId> _destroyed = [];
    private readonly HeldKeys _held = new();
    private readonly KeyUses _uses;
    private Dictionary<KeyId, MessageBudget>? _ownBudgets;
    private bool _holdsDestroyed;

    internal KeyLease(TenantId tenant, DestroyedKeys destroyedKeys, bool forEncryption)
    {
        Tenant = tenant;
        _uses = new KeyUses(_held);
        _destroyedKeys = destroyedKeys;
        _forEncryption = forEncryption;
        _destroyedAtOpening = destroyedKeys.Count;
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

            if (keys.Active is not { } active)
            {
                return keys.Keys.Count == 0 && keys.Destroyed.Count > 0 ? throw Erased() : null;
            }

            ThrowIfDestroyedSince(active);
            return active.Id;
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
    public void Dispose() => _uses.End();

    /// <summary>Takes over one hold of the set; only while the lease is being opened.</summary>
    internal void Add(Counted<DataKeySet> held)
    {
        _held.Add(held);
        _byOwner.Add(held.Value.Owner, held.Value);
        foreach (var key in held.Value.Keys)
        {
            _byId.Add(key.Id, key);
            _holdsDestroyed |= _destroyedKeys.Contains(key.Id); // read from an older state of the store
        }

        _destroyed.UnionWith(held.Value.Destroyed);
    }

    /// <summary>Takes in messages that no other lease may use, though it may hold the same key; only while the lease is being opened.</summary>
    internal void Add(DataKey key, MessageBudget budget) => (_ownBudgets ??= []).Add(key.Id, budget);

    /// <summary>Every usable key version of an owner; null if the lease was opened without that owner.</summary>
    internal DataKeySet? Find(DataKeyOwner owner) => _byOwner.GetValueOrDefault(owner);

    /// <summary>Begins an operation: until it is released, no key of the lease is zeroed.</summary>
    internal KeyUse Use() => _uses.TryUse() is { } place ? new KeyUse(_uses, place) : throw new ObjectDisposedException(nameof(KeyLease));

    /// <summary>The key that encrypts for an owner. Call it between <see cref="Use"/> and its release.</summary>
    internal DataKey GetActive(DataKeyOwner owner)
    {
        if (!_byOwner.TryGetValue(owner, out var keys))
        {
            throw new InvalidOperationException("The subject has no key in this lease. Name every subject of the unit of work when you open it, and open it with OpenAsync to encrypt.");
        }

        var key = keys.Active ?? throw (keys.Keys.Count == 0 && keys.Destroyed.Count > 0 ? Erased() : Unavailable());
        ThrowIfDestroyedSince(key);
        return key;
    }

    /// <summary>The one key of that id; no other is ever tried. Call it between <see cref="Use"/> and its release.</summary>
    internal DataKey Get(KeyId id)
    {
        if (!_byId.TryGetValue(id, out var key))
        {
            throw _destroyed.Contains(id) ? Erased() : Unavailable();
        }

        ThrowIfDestroyedSince(key);
        return key;
    }

    /// <summary>Counts a message with a random nonce before it is encrypted; never waits for a store.</summary>
    /// <exception cref="PrivacyException">
    /// <see cref="PrivacyErrorCode.KeyExhausted"/>: the key must be rotated. <see cref="PrivacyErrorCode.KeyStoreUnavailable"/>: the key store
    /// has not set further messages aside.
    /// </exception>
    internal void CountMessage(DataKey key, KeyUse use)
    {
        if (!_forEncryption)
        {
            throw new InvalidOperationException("The lease was opened for reading. Open it with OpenAsync to encrypt.");
        }

        (key.Messages ?? _ownBudgets?.GetValueOrDefault(key.Id) ?? throw Unavailable()).Count(use.Place);
    }

    /// <summary>The keys that shall encrypt and have no messages set aside yet.</summary>
    internal List<(DataKeyOwner Owner, DataKey Key)>? FindUncounted()
    {
        List<(DataKeyOwner, DataKey)>? found = null;
        foreach (var (owner, keys) in _byOwner)
        {
            if (keys.Active is { Messages: null } key && MessageBudgets.IsCounted(owner.Usage))
            {
                (found ??= []).Add((owner, key));
            }
        }

        return found;
    }

    private void ThrowIfDestroyedSince(DataKey key)
    {
        if ((_holdsDestroyed || _destroyedKeys.Count != _destroyedAtOpening) && _destroyedKeys.Contains(key.Id))
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
