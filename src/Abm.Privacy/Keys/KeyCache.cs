namespace Abm.Privacy.Keys;

/// <summary>
/// Unwrapped keys for a short time: bounded in number and age, zeroed when they leave. The oldest entry leaves first,
/// which with one lifetime for all is also the one that expires first.
/// </summary>
internal sealed class KeyCache<TKey, TValue> : IDisposable
    where TKey : notnull
    where TValue : class, IDisposable
{
    private static readonly TimeSpan SweepPrecision = TimeSpan.FromMilliseconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, Entry> _entries = [];
    private readonly Queue<(TKey Key, Entry Entry)> _byAge = new();
    private readonly int _capacity;
    private readonly TimeSpan _lifetime;
    private readonly TimeProvider _time;
    private readonly ITimer? _sweep;
    private long _generation;
    private bool _disposed;

    public KeyCache(int capacity, TimeSpan lifetime, TimeProvider time)
    {
        _capacity = capacity;
        _lifetime = lifetime;
        _time = time;
        if (lifetime > TimeSpan.Zero)
        {
            // keys that nobody asks for again must not outlive their time either: it is set for the oldest one
            _sweep = time.CreateTimer(static state => ((KeyCache<TKey, TValue>)state!).Sweep(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Changes with every removal; see <see cref="Put"/>.</summary>
    public long Generation
    {
        get
        {
            lock (_lock)
            {
                return _generation;
            }
        }
    }

    /// <summary>Finds an entry and makes the caller one of its holders.</summary>
    public Counted<TValue>? Hold(TKey key)
    {
        lock (_lock)
        {
            RemoveExpired();
            return _entries.TryGetValue(key, out var entry) && entry.Value.TryHold() ? entry.Value : null;
        }
    }

    /// <summary>
    /// Keeps a value that was read from a store. The cache becomes a further holder, unless a key was removed since the
    /// read began: the value may be one that was just destroyed.
    /// </summary>
    public void Put(TKey key, Counted<TValue> value, long generationAtRead)
    {
        lock (_lock)
        {
            RemoveExpired();
            if (_disposed || _lifetime <= TimeSpan.Zero || generationAtRead != _generation || _entries.ContainsKey(key) || !value.TryHold())
            {
                return;
            }

            while (_entries.Count >= _capacity)
            {
                RemoveOldest();
            }

            var entry = new Entry(value, _time.GetTimestamp());
            _entries.Add(key, entry);
            _byAge.Enqueue((key, entry));
            if (_byAge.Count == 1)
            {
                _sweep!.Change(_lifetime, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Remove(TKey key)
    {
        lock (_lock)
        {
            _generation++;
            if (_entries.Remove(key, out var entry))
            {
                entry.Value.Release();
            }
        }
    }

    public void Dispose()
    {
        _sweep?.Dispose();
        lock (_lock)
        {
            _disposed = true;
            while (_byAge.Count > 0)
            {
                RemoveOldest();
            }
        }
    }

    private void Sweep()
    {
        lock (_lock)
        {
            RemoveExpired();
            if (!_disposed && _byAge.TryPeek(out var oldest))
            {
                var left = _lifetime - _time.GetElapsedTime(oldest.Entry.AddedAt);
                _sweep!.Change(left > SweepPrecision ? left : SweepPrecision, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void RemoveExpired()
    {
        while (_byAge.TryPeek(out var oldest) && _time.GetElapsedTime(oldest.Entry.AddedAt) >= _lifetime)
        {
            RemoveOldest();
        }
    }

    private void RemoveOldest()
    {
        var (key, entry) = _byAge.Dequeue();
        if (_entries.TryGetValue(key, out var current) && ReferenceEquals(current, entry))
        {
            _entries.Remove(key);
            entry.Value.Release();
        }
    }

    private sealed record Entry(Counted<TValue> Value, long AddedAt);
}
