using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Keys;

/// <summary>An unwrapped data key with whatever was derived from it, all zeroed together.</summary>
internal sealed class DataKey(SecretKey key, int version, KeyState state) : IDisposable
{
    // a list, newest first: a subject's key has a few fields, and a table for each of many subjects would cost far more
    private Derived? _derived;
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
        var newest = Volatile.Read(ref _derived);
        if (Find(newest, name) is { } found)
        {
            return (T)found;
        }

        var made = derive(this, context);
        while (true)
        {
            var seen = Interlocked.CompareExchange(ref _derived, new Derived(name, made, newest), newest);
            if (ReferenceEquals(seen, newest))
            {
                return made;
            }

            newest = seen;
            if (Find(newest, name) is { } kept)
            {
                made.Dispose(); // another thread was first
                return (T)kept;
            }
        }
    }

    public void Dispose()
    {
        for (var derived = Volatile.Read(ref _derived); derived is not null; derived = derived.Next)
        {
            derived.Value.Dispose();
        }

        Key.Dispose();
    }

    private static IDisposable? Find(Derived? derived, in DerivedKeyName name)
    {
        for (; derived is not null; derived = derived.Next)
        {
            if (derived.Name == name)
            {
                return derived.Value;
            }
        }

        return null;
    }

    private sealed class Derived(in DerivedKeyName name, IDisposable value, Derived? next)
    {
        public readonly DerivedKeyName Name = name;

        public IDisposable Value { get; } = value;

        public Derived? Next { get; } = next;
    }
}
