using System.Collections.Concurrent;
using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Keys;

/// <summary>Keys that were just made and wrapped, so that those which a store took need not be unwrapped again. Safe for concurrent use.</summary>
internal sealed class FreshKeys : IDisposable
{
    private readonly ConcurrentDictionary<KeyId, SecretKey> _keys = new();

    public void Add(SecretKey key) => _keys.TryAdd(key.Id, key);

    /// <summary>The key of that id, now the caller's; null if it was not made here.</summary>
    public SecretKey? Take(KeyId id) => _keys.TryRemove(id, out var key) ? key : null;

    /// <summary>Zeroes the keys that nobody took.</summary>
    public void Dispose()
    {
        foreach (var key in _keys.Values)
        {
            key.Dispose();
        }

        _keys.Clear();
    }
}
