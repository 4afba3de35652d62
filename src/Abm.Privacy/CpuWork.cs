using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Abm.Privacy;

/// <summary>Runs cryptography over many items on a few cores; few items on the caller's alone.</summary>
internal static class CpuWork
{
    /// <summary>Items that one core takes at a time; for fewer than two such shares a second core costs more than it brings.</summary>
    private const int Share = 32;

    private static readonly ParallelOptions Options = new() { MaxDegreeOfParallelism = Math.Clamp(Environment.ProcessorCount, 1, 4) };

    public static void ForEach<T>(IReadOnlyList<T> items, Action<T> work) => For(items.Count, i => work(items[i]));

    public static void For(int count, Action<int> work)
    {
        if (count < 2 * Share || Options.MaxDegreeOfParallelism == 1)
        {
            for (var i = 0; i < count; i++)
            {
                work(i);
            }

            return;
        }

        try
        {
            Parallel.ForEach(Partitioner.Create(0, count, Share), Options, range =>
            {
                for (var i = range.Item1; i < range.Item2; i++)
                {
                    work(i);
                }
            });
        }
        catch (AggregateException error) when (error.InnerException is { } first)
        {
            ExceptionDispatchInfo.Throw(first); // the error as one thread would have thrown it
        }
    }
}
