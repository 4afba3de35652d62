namespace Abm.Privacy.Cryptography;

/// <summary>
/// What a cipher over instances of the platform has in common: these are not thread-safe and fail silently when shared, so
/// every call works on one of its own, which is kept for the next call.
/// </summary>
internal abstract class InstancePool<T> : IDisposable
    where T : class, IDisposable
{
    // places for several threads stand so far apart that no two share a line of a processor's cache, nor the one that is fetched with it
    private const int Apart = 16;

    private static readonly int Places = Math.Max(4, 2 * Environment.ProcessorCount);

    private T? _idle;
    private T?[]? _others; // only of a cipher that several threads have used at once; most serve one value of one person
    private volatile bool _disposed;

    public void Dispose()
    {
        _disposed = true;
        DisposeIdle();
        ZeroKey();
    }

    /// <summary>Makes an instance from the key that <see cref="ZeroKey"/> zeroes.</summary>
    protected abstract T Create();

    /// <summary>Zeroes whatever <see cref="Create"/> works from.</summary>
    protected abstract void ZeroKey();

    protected T Rent()
    {
        if (TakeIdle() is { } idle)
        {
            return idle;
        }

        var made = Create();

        // asked after the key was taken: it is zeroed only once this is set, so a cipher over zeroes never gets out
        Interlocked.MemoryBarrier();
        if (_disposed)
        {
            made.Dispose();
            throw new ObjectDisposedException(GetType().Name);
        }

        return made;
    }

    protected void Return(T instance)
    {
        if (_disposed || !TryKeep(instance))
        {
            instance.Dispose();
        }
        else if (_disposed)
        {
            DisposeIdle(); // disposed between the check and the return
        }
    }

    private T? TakeIdle()
    {
        if (Volatile.Read(ref _others) is { } others)
        {
            var own = Environment.CurrentManagedThreadId % Places;
            for (var i = 0; i < Places; i++)
            {
                ref var place = ref others[(own + i) % Places * Apart];
                if (place is not null && Interlocked.Exchange(ref place, null) is { } idle)
                {
                    return idle;
                }
            }
        }

        return _idle is null ? null : Interlocked.Exchange(ref _idle, null);
    }

    private bool TryKeep(T instance)
    {
        var others = Volatile.Read(ref _others);
        if (others is null)
        {
            if (_idle is null && Interlocked.CompareExchange(ref _idle, instance, null) is null)
            {
                return true;
            }

            var made = new T?[Places * Apart];
            others = Interlocked.CompareExchange(ref _others, made, null) ?? made;
        }

        var own = Environment.CurrentManagedThreadId % Places;
        for (var i = 0; i < Places; i++)
        {
            ref var place = ref others[(own + i) % Places * Apart];
            if (place is null && Interlocked.CompareExchange(ref place, instance, null) is null)
            {
                return true;
            }
        }

        return false;
    }

    private void DisposeIdle()
    {
        Interlocked.Exchange(ref _idle, null)?.Dispose();
        if (Volatile.Read(ref _others) is { } others)
        {
            for (var i = 0; i < others.Length; i += Apart)
            {
                Interlocked.Exchange(ref others[i], null)?.Dispose();
            }
        }
    }
}
