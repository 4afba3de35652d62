using System.Collections.Concurrent;
using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Keys;

/// <summary>An unwrapped data key with whatever was derived from it, all zeroed together.</summary>
internal sealed class DataKey(SecretKey key, int version, KeyState state) : IDisposable
{
    private readonly ConcurrentDictionary<DerivedKeyName, IDisposable> _derived = new();
    private MessageBudget? _messages;

    public SecretKey Key { get; } = key;

    public KeyId Id { get; } = key.Id;

    public int Version { get; } = version;

    public KeyState State { get; } = state;

    /// <summary>Counts the messages; null until the key is opened to encrypt, and for usages that do not count.</summary>
    public MessageBudget? Messages
    {
        get => Volatile.Read(ref _messages);
        set => Volatile.Write(ref _messages, value);
    }

    /// <summary>The derived cipher or key of that name; made on first use and owned by this key.</summary>
    public T GetOrDerive<T, TContext>(in DerivedKeyName name, TContext context, Func<DataKey, TContext, T> derive)
        where T : class, IDisposable
    {
        if (_derived.TryGetValue(name, out var found))
        {
            return (T)found;
        }

        var made = derive(this, context);
        var kept = _derived.GetOrAdd(name, made);
        if (!ReferenceEquals(kept, made))
        {
            made.Dispose();
        }

        return (T)kept;
    }

    public void Dispose()
    {
        foreach (var derived in _derived.Values)
        {
            derived.Dispose();
        }

        Key.Dispose();
    }
}
