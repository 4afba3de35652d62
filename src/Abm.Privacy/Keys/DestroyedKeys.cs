using System.Collections.Concurrent;
using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Keys;

/// <summary>
/// Which keys were destroyed while this process ran: a lease that was opened before asks here, so that it forgets them
/// too. A subject that is readmitted has another key, which is not in here.
/// </summary>
internal sealed class DestroyedKeys
{
    private readonly ConcurrentDictionary<KeyId, bool> _keys = new();
    private int _count;

    /// <summary>Grows with every destruction.</summary>
    public int Count => Volatile.Read(ref _count);

    public bool Contains(KeyId key) => _keys.ContainsKey(key);

    public void Add(KeyId key)
    {
        if (_keys.TryAdd(key, true))
        {
            Interlocked.Increment(ref _count);
        }
    }
}
