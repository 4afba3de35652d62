using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Keys;

/// <summary>Every usable key-encryption key of one tenant.</summary>
internal sealed class TenantKeySet(IReadOnlyDictionary<KeyId, WrappingKey> keys, WrappingKey active) : IDisposable
{
    public WrappingKey Active { get; } = active;

    public WrappingKey? Find(KeyId id) => keys.GetValueOrDefault(id);

    public void Dispose()
    {
        foreach (var key in keys.Values)
        {
            key.Dispose();
        }
    }
}
