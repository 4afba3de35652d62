using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Keys;

/// <summary>Every usable key version of one owner, and the ids of its destroyed ones.</summary>
internal sealed class DataKeySet(DataKeyOwner owner, IReadOnlyList<DataKey> keys, IReadOnlyList<KeyId> destroyed) : IDisposable
{
    public DataKeyOwner Owner { get; } = owner;

    public IReadOnlyList<DataKey> Keys { get; } = keys;

    public IReadOnlyList<KeyId> Destroyed { get; } = destroyed;

    /// <summary>The one key that encrypts, or null.</summary>
    public DataKey? Active { get; } = keys.SingleOrDefault(key => key.State == KeyState.Active);

    public void Dispose()
    {
        foreach (var key in Keys)
        {
            key.Dispose();
        }
    }
}
