using Abm.Privacy.Cryptography;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Abm.Privacy.Tests.Keys;

/// <summary>What holds for the cache of unwrapped keys, whatever happens to it.</summary>
public class KeyCacheLaws
{
    private const int Capacity = 4;
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(20260304, 11);

    [Fact]
    public void The_cache_is_bounded_and_zeroes_what_leaves_and_no_clock_lengthens_a_keys_life() => Check.One(
        Fixed,
        Prop.ForAll(Arb.From(Gen.ListOf(Gen.Choose(0, 999))), steps => Holds([.. steps])));

    [Fact]
    public async Task A_wall_clock_that_jumps_changes_nothing_in_either_direction()
    {
        var time = new ManualTime();
        using var ring = TestKeys.Ring(time: time);
        DataKey key;
        using (var lease = await ring.OpenAsync(TestKeys.Tenant, [TestKeys.Jane]))
        {
            key = lease.GetActive(DataKeyOwner.ForSubject(TestKeys.Jane));
        }

        time.Jump(TimeSpan.FromDays(400));
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.False(IsZeroed(key.Key));
        time.Jump(TimeSpan.FromDays(-800));
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(IsZeroed(key.Key));
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(IsZeroed(key.Key));
    }

    private static bool IsZeroed(SecretKey key)
    {
        try
        {
            return key.Bytes.Length == 0;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }

    private static bool Holds(int[] steps)
    {
        var time = new ManualTime();
        using var cache = new KeyCache<int, SecretKey>(Capacity, Lifetime, time);
        var made = new List<(SecretKey Key, long At)>();
        foreach (var step in steps)
        {
            var name = step % 7;
            switch (step / 7 % 6)
            {
                case 0:
                case 1:
                case 2:
                    var value = new Counted<SecretKey>(SecretKey.Generate());
                    made.Add((value.Value, time.GetTimestamp()));
                    cache.Put([value], _ => name, cache.Generation);
                    value.Release(); // the reader ends: the cache is the only holder, or nobody is
                    break;
                case 3:
                    time.Advance(TimeSpan.FromSeconds(step % 50));
                    break;
                case 4:
                    time.Jump(TimeSpan.FromHours(step - 500));
                    break;
                default:
                    cache.Remove(name);
                    if (cache.Hold(name) is not null)
                    {
                        return false; // evicted at once
                    }

                    break;
            }

            var living = made.Where(key => !IsZeroed(key.Key)).ToList();
            if (living.Count > Capacity || living.Exists(key => time.GetElapsedTime(key.At) >= Lifetime))
            {
                return false;
            }
        }

        cache.Dispose();
        return made.TrueForAll(key => IsZeroed(key.Key));
    }
}
