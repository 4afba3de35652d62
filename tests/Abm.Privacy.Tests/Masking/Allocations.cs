namespace Abm.Privacy.Tests.Masking;

internal static class Allocations
{
    private const int Rounds = 2_000;

    /// <summary>
    /// Fails unless an action comes to allocate nothing. Code that is not optimized yet boxes where optimized code does
    /// not, so the action is repeated until the runtime has compiled it anew.
    /// </summary>
    public static void None(Action action)
    {
        var allocated = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            action();
            var before = GC.GetAllocatedBytesForCurrentThread();
            action();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (allocated == 0)
            {
                return;
            }

            Thread.Sleep(round % 30 == 29 ? 150 : 0);
        }

        Assert.Fail($"{allocated} bytes are allocated each time.");
    }
}
