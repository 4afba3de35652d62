namespace Abm.Privacy.Tests;

public class TimeZonesTests
{
    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/Argentina/Buenos_Aires")]
    [InlineData("Etc/GMT+5")]
    [InlineData("UTC")]
    [InlineData("Etc/UTC")]
    [InlineData("GMT")]
    public void An_IANA_name_is_found_every_time(string id)
    {
        Assert.True(TimeZones.TryFind(id, out var zone));
        Assert.True(TimeZones.TryFind(id, out var again));
        Assert.Equal(id, zone.Id);
        Assert.Same(zone, again);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("localtime")]
    [InlineData("posixrules")]
    [InlineData("Factory")]
    [InlineData("posix/Europe/Berlin")]
    [InlineData("right/UTC")]
    [InlineData("europe/berlin")]
    [InlineData("EUROPE/BERLIN")]
    [InlineData("W. Europe Standard Time")]
    [InlineData("Europe/../Europe/Berlin")]
    [InlineData("/usr/share/zoneinfo/Europe/Berlin")]
    [InlineData("Mars/Olympus")]
    public void Any_other_name_is_refused_every_time(string? id)
    {
        Assert.NotNull(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

        Assert.False(TimeZones.TryFind(id, out _));
        Assert.False(TimeZones.TryFind(id, out _));
    }

    [Fact]
    public void An_unknown_name_is_looked_up_once_and_the_memory_is_bounded()
    {
        for (var i = 0; i < 3 * TimeZones.MaxCached; i++)
        {
            Assert.False(TimeZones.TryFind($"Mars/Crater_{i}", out _));
        }

        Assert.InRange(TimeZones.CachedCount, 1, TimeZones.MaxCached + Environment.ProcessorCount);
        TimeZones.TryFind("Mars/Olympus", out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            TimeZones.TryFind("Mars/Olympus", out _);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2000);
    }
}
