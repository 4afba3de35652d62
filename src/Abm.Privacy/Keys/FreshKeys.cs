using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Keys;

/// <summary>Keys that were just made and wrapped, so that those which a store took need not be unwrapped again. Safe for concurrent use.</summary>
internal sealed class FreshKeys : IDisposable
{
    private readonly Lock _lock = new();
    private Dictionary<KeyId, SecretKey>? _keys;

    public void Add(SecretKey key)
    {
        lock (_lock)
        {
            (_keys ??= []).Add(key.Id, key);
        }
    }

    /// <summary>The key of that id, now the caller's; null if it was not made here.</summary>
    public SecretKey? Take(KeyId id)
    {
        if (_keys is null)
        {
            return null; // nothing is made while keys are taken
        }

        lock (_lock)
        {
            return _keys.Remove(id, out var key) ? key : null;
        }
    }

    /// <summary>Zeroes the keys that nobody took.</summary>
    public void Dispose()
    {
        foreach (var key in _keys?.Values ?? (IEnumerable<SecretKey>)[])
        {
            key.Dispose();
        }

        _keys = null;
    }
}
