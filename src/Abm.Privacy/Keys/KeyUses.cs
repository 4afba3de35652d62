namespace Abm.Privacy.Keys;

/// <summary>
/// The operations that use a lease's keys right now: when the lease has ended and the last of them is done, the keys are let
/// go, once. Threads that use a lease together count in places of their own, as one number that all of them write is what
/// they would wait for.
/// </summary>
/// <remarks>
/// An operation counts itself and then asks whether the lease has ended; the end is marked and then the counts are read. So
/// either the operation sees the end, or the end sees the operation. An operation is uncounted where it was counted, so after
/// the end every count that stands for an operation stays until it is done.
/// </remarks>
internal sealed class KeyUses(IDisposable keys)
{
    /// <summary>Where operations are counted while one thread alone uses a lease.</summary>
    public const int Alone = -1;

    // places stand so far apart that no two share a line of a processor's cache, nor the one that is fetched with it
    private const int Apart = 128 / sizeof(int);

    /// <summary>How many places there are, also for what else operations of several threads would share.</summary>
    public static readonly int Places = Math.Max(4, 2 * Environment.ProcessorCount);

    private int _uses;
    private int[]? _usesByPlace; // only of a lease that several threads use at once
    private int _ended;
    private int _letGo;

    /// <summary>Begins an operation.</summary>
    /// <returns>The place that it was counted in, for <see cref="Release"/>; null if the lease has ended.</returns>
    public int? TryUse()
    {
        var places = Volatile.Read(ref _usesByPlace);
        var place = places is null ? Alone : Environment.CurrentManagedThreadId % Places;
        var uses = Interlocked.Increment(ref CountAt(place));
        if (Volatile.Read(ref _ended) != 0)
        {
            Release(place);
            return null;
        }

        if (place == Alone && uses > 1)
        {
            Interlocked.CompareExchange(ref _usesByPlace, new int[(Places + 1) * Apart], null);
        }

        return place;
    }

    /// <summary>Ends an operation.</summary>
    public void Release(int place)
    {
        if (Interlocked.Decrement(ref CountAt(place)) == 0 && Volatile.Read(ref _ended) != 0)
        {
            LetGoIfUnused();
        }
    }

    /// <summary>Ends the lease; harmless when repeated.</summary>
    public void End()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
        {
            LetGoIfUnused();
        }
    }

    private ref int CountAt(int place) => ref place == Alone ? ref _uses : ref _usesByPlace![(place + 1) * Apart];

    private void LetGoIfUnused()
    {
        if (Volatile.Read(ref _uses) != 0)
        {
            return;
        }

        if (Volatile.Read(ref _usesByPlace) is { } places)
        {
            for (var i = Apart; i < places.Length; i += Apart)
            {
                if (Volatile.Read(ref places[i]) != 0)
                {
                    return;
                }
            }
        }

        if (Interlocked.Exchange(ref _letGo, 1) == 0)
        {
            keys.Dispose();
        }
    }
}
