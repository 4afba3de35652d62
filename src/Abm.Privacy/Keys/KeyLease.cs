using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>
/// Unwrapped keys of one tenant for the time of a unit of work, so that encryption over spans needs no store. Opened by
/// <see cref="KeyRing"/>, safe for concurrent use, to be disposed when the work is done. It never shows a key.
/// </summary>
public sealed class KeyLease : IDisposable
{
    private readonly List<Counted<DataKeySet>> _held = [];
    private readonly Dictionary<DataKeyOwner, DataKeySet> _byOwner = [];
    private readonly Dictionary<KeyId, DataKey> _byId = [];
    private readonly HashSet<KeyId> _destroyed = [];
    private bool _disposed;

    internal KeyLease(TenantId tenant) => Tenant = tenant;

    /// <summary>The tenant whose keys these are.</summary>
    public TenantId Tenant { get; }

    /// <summary>Ends the lease. Keys that no cache and no other lease holds are zeroed.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _held.ForEach(held => held.Release());
        }
    }

    /// <summary>Takes over one hold of the set.</summary>
    internal void Add(Counted<DataKeySet> held)
    {
        _held.Add(held);
        _byOwner.Add(held.Value.Owner, held.Value);
        foreach (var key in held.Value.Keys)
        {
            _byId.Add(key.Id, key);
        }

        _destroyed.UnionWith(held.Value.Destroyed);
    }

    /// <summary>The key that encrypts for an owner.</summary>
    internal DataKey GetActive(DataKeyOwner owner)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_byOwner.TryGetValue(owner, out var keys))
        {
            throw new InvalidOperationException("The subject has no key in this lease. Name every subject of the unit of work when you open it, and open it with OpenAsync to encrypt.");
        }

        return keys.Active ?? throw (keys.Destroyed.Count > 0 ? Erased() : Unavailable());
    }

    /// <summary>The one key of that id; no other is ever tried.</summary>
    internal DataKey Get(KeyId id)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _byId.TryGetValue(id, out var key) ? key : throw (_destroyed.Contains(id) ? Erased() : Unavailable());
    }

    private static PrivacyException Erased() => new(
        PrivacyErrorCode.SubjectErased,
        "The subject's keys were destroyed on purpose; what they protected cannot be read any more.");

    private static PrivacyException Unavailable() => new(
        PrivacyErrorCode.KeyUnavailable,
        "The key is not in this lease. Check that the tenant and the subject are the ones that the value was stored for, and that the key store is the right one.");
}
