using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Keys;

/// <summary>Keys that were just made and wrapped, so that those which a store took need not be unwrapped again.</summary>
internal sealed class FreshKeys : IDisposable
{
    private readonly Dictionary<KeyId, SecretKey> _keys = [];

    public void Add(SecretKey key) => _keys.Add(key.Id, key);

    /// <summary>The key of that id, now the caller's; null if it was not made here.</summary>
    public SecretKey? Take(KeyId id) => _keys.Remove(id, out var key) ? key : null;

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
