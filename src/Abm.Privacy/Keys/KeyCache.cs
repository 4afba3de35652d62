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
        List<Counted<TValue>>? removed = null;
        try
        {
            lock (_lock)
            {
                RemoveExpired(ref removed);
                return _entries.TryGetValue(key, out var entry) && entry.Value.TryHold() ? entry.Value : null;
            }
        }
        finally
        {
            Release(removed);
        }
    }

    /// <summary>
    /// Keeps values that were read from a store. The cache becomes a further holder, unless a key was removed since the
    /// read began: a value may be one that was just destroyed.
    /// </summary>
    public void Put(IReadOnlyList<Counted<TValue>> values, Func<TValue, TKey> keyOf, long generationAtRead)
    {
        List<Counted<TValue>>? removed = null;
        lock (_lock)
        {
            RemoveExpired(ref removed);
            if (!_disposed && _lifetime > TimeSpan.Zero && generationAtRead == _generation)
            {
                // of more than it holds, the cache keeps the last
                for (var i = Math.Max(0, values.Count - _capacity); i < values.Count; i++)
                {
                    Add(keyOf(values[i].Value), values[i], ref removed);
                }
            }
        }

        Release(removed);
    }

    public void Remove(TKey key)
    {
        Entry? entry;
        lock (_lock)
        {
            _generation++;
            _entries.Remove(key, out entry);
        }

        entry?.Value.Release();
    }

    public void Dispose()
    {
        _sweep?.Dispose();
        List<Counted<TValue>>? removed = null;
        lock (_lock)
        {
            _disposed = true;
            while (_byAge.Count > 0)
            {
                RemoveOldest(ref removed);
            }
        }

        Release(removed);
    }

    /// <summary>Lets go of what left, outside the lock: zeroing and freeing thousands of keys takes milliseconds.</summary>
    private static void Release(List<Counted<TValue>>? removed)
    {
        if (removed is not null)
        {
            CpuWork.ForEach(removed, static value => value.Release());
        }
    }

    private void Add(TKey key, Counted<TValue> value, ref List<Counted<TValue>>? removed)
    {
        if (_entries.ContainsKey(key) || !value.TryHold())
        {
            return;
        }

        while (_entries.Count >= _capacity)
        {
            RemoveOldest(ref removed);
        }

        var entry = new Entry(value, _time.GetTimestamp());
        _entries.Add(key, entry);
        _byAge.Enqueue((key, entry));
        if (_byAge.Count == 1)
        {
            _sweep!.Change(_lifetime, Timeout.InfiniteTimeSpan);
        }
    }

    private void Sweep()
    {
        List<Counted<TValue>>? removed = null;
        lock (_lock)
        {
            RemoveExpired(ref removed);
            if (!_disposed && _byAge.TryPeek(out var oldest))
            {
                var left = _lifetime - _time.GetElapsedTime(oldest.Entry.AddedAt);
                _sweep!.Change(left > SweepPrecision ? left : SweepPrecision, Timeout.InfiniteTimeSpan);
            }
        }

        Release(removed);
    }

    private void RemoveExpired(ref List<Counted<TValue>>? removed)
    {
        while (_byAge.TryPeek(out var oldest) && _time.GetElapsedTime(oldest.Entry.AddedAt) >= _lifetime)
        {
            RemoveOldest(ref removed);
        }
    }

    private void RemoveOldest(ref List<Counted<TValue>>? removed)
    {
        var (key, entry) = _byAge.Dequeue();
        if (_entries.TryGetValue(key, out var current) && ReferenceEquals(current, entry))
        {
            _entries.Remove(key);
            (removed ??= []).Add(entry.Value);
        }
    }

    private sealed record Entry(Counted<TValue> Value, long AddedAt);
}
