using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Keys;

public class KeyUsesTests
{
    [Fact]
    public void Keys_are_let_go_once_when_the_lease_has_ended_and_the_last_use_is_done()
    {
        var keys = new Keys();
        var uses = new KeyUses(keys);
        var (first, second) = (uses.TryUse()!.Value, uses.TryUse()!.Value);
        var third = uses.TryUse()!.Value; // another thread's place by now

        uses.End();
        uses.End();
        Assert.Null(uses.TryUse());
        uses.Release(second);
        uses.Release(third);
        Assert.Equal(0, keys.Ends);

        uses.Release(first);
        Assert.Equal(1, keys.Ends);
        Assert.Null(uses.TryUse());
        Assert.Equal(1, keys.Ends);
    }

    [Fact]
    public void No_use_meets_keys_that_were_let_go_however_threads_meet_the_end()
    {
        for (var round = 0; round < (Soak.IsOn ? 50_000 : 2_000); round++)
        {
            var keys = new Keys();
            var uses = new KeyUses(keys);
            var wrong = 0;
            using var start = new Barrier(4);
            Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, thread =>
            {
                start.SignalAndWait(1); // together, as far as there are cores
                for (var i = 0; thread > 0 && i < 50 && uses.TryUse() is { } place; i++)
                {
                    Interlocked.Add(ref wrong, keys.Ends);
                    uses.Release(place);
                }

                if (thread == 0)
                {
                    uses.End();
                }
            });

            Assert.Equal((0, 1), (wrong, keys.Ends));
        }
    }

    private sealed class Keys : IDisposable
    {
        private int _ends;

        public int Ends => Volatile.Read(ref _ends);

        public void Dispose() => Interlocked.Increment(ref _ends);
    }
}
