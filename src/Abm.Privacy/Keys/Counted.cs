namespace Abm.Privacy.Keys;

/// <summary>
/// A value with several holders, disposed when the last one lets go: a key that leaves the cache is zeroed only after
/// the leases that still use it have ended.
/// </summary>
internal sealed class Counted<T>(T value)
    where T : class, IDisposable
{
    private int _holders = 1;

    public T Value { get; } = value;

    /// <summary>Adds a holder; false if the last one has gone already.</summary>
    public bool TryHold()
    {
        var holders = Volatile.Read(ref _holders);
        while (holders > 0)
        {
            var seen = Interlocked.CompareExchange(ref _holders, holders + 1, holders);
            if (seen == holders)
            {
                return true;
            }

            holders = seen;
        }

        return false;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            Value.Dispose();
        }
    }
}
