namespace Abm.Privacy.Cryptography;

/// <summary>
/// What a cipher over instances of the platform has in common: these are not thread-safe and fail silently when shared, so
/// every call works on one of its own, which is kept for the next call.
/// </summary>
internal abstract class InstancePool<T> : IDisposable
    where T : class, IDisposable
{
    private readonly T?[] _idle = new T?[Math.Max(4, 2 * Environment.ProcessorCount)];
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
        for (var i = 0; i < _idle.Length; i++)
        {
            if (_idle[i] is not null && Interlocked.Exchange(ref _idle[i], null) is { } idle)
            {
                return idle;
            }
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
        for (var i = 0; i < _idle.Length && !_disposed; i++)
        {
            if (_idle[i] is null && Interlocked.CompareExchange(ref _idle[i], instance, null) is null)
            {
                if (_disposed)
                {
                    DisposeIdle(); // disposed between the check and the return
                }

                return;
            }
        }

        instance.Dispose();
    }

    private void DisposeIdle()
    {
        for (var i = 0; i < _idle.Length; i++)
        {
            Interlocked.Exchange(ref _idle[i], null)?.Dispose();
        }
    }
}
