using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Keys;

/// <summary>Every usable key-encryption key of one tenant.</summary>
internal sealed class TenantKeySet(IReadOnlyDictionary<KeyId, WrappingKey> keys, StoredTenantKey active) : IDisposable
{
    /// <summary>The one key that wraps.</summary>
    public WrappingKey Active { get; } = keys[active.KeyId];

    /// <summary>The active key as it is stored.</summary>
    public StoredTenantKey ActiveStored { get; } = active;

    public WrappingKey? Find(KeyId id) => keys.GetValueOrDefault(id);

    public void Dispose()
    {
        foreach (var key in keys.Values)
        {
            key.Dispose();
        }
    }
}
