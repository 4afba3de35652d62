namespace Abm.Privacy.EntityFrameworkCore;

/// <summary>Runs cryptography over many items on a few cores; few items on the caller's alone.</summary>
internal static class CpuWork
{
    /// <summary>Below this many items a second core costs more than it brings.</summary>
    private const int MinItems = 64;

    private static readonly ParallelOptions Options = new() { MaxDegreeOfParallelism = Math.Clamp(Environment.ProcessorCount, 1, 4) };

    public static void ForEach<T>(IReadOnlyList<T> items, Action<T> work)
    {
        if (items.Count < MinItems || Options.MaxDegreeOfParallelism == 1)
        {
            foreach (var item in items)
            {
                work(item);
            }

            return;
        }

        try
        {
            Parallel.For(0, items.Count, Options, i => work(items[i]));
        }
        catch (AggregateException error) when (error.InnerException is { } first)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first); // the error as one thread would have thrown it
        }
    }
}
