using System.Globalization;
using Abm.Privacy.Retention;

namespace Abm.Privacy.Tests.Retention;

public class ZoneDayTests
{
    private static readonly string[] Zones =
    [
        "UTC", "Europe/Berlin", "Europe/Paris", "Europe/London", "Europe/Dublin", "Europe/Lisbon", "America/New_York", "America/Los_Angeles",
        "America/Toronto", "America/St_Johns", "America/Sao_Paulo", "America/Havana", "America/Santiago", "Asia/Tokyo", "Asia/Kolkata",
        "Asia/Kathmandu", "Asia/Tehran", "Asia/Beirut", "Australia/Sydney", "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Chatham",
        "Pacific/Apia", "Pacific/Kiritimati", "Africa/Casablanca",
    ];

    [Theory]
    [InlineData("UTC", "2025-06-30", "2025-07-01T00:00:00Z")]
    [InlineData("Europe/Berlin", "2025-06-30", "2025-06-30T22:00:00Z")]
    [InlineData("Europe/Berlin", "2025-03-29", "2025-03-29T23:00:00Z")] // the 30th has 23 hours, its midnight is ordinary
    [InlineData("Europe/Berlin", "2025-03-30", "2025-03-30T22:00:00Z")]
    [InlineData("America/Sao_Paulo", "2018-11-03", "2018-11-04T03:00:00Z")] // clocks skip midnight
    [InlineData("America/Sao_Paulo", "2018-02-17", "2018-02-18T03:00:00Z")] // midnight goes back to 23:00 of the same day
    [InlineData("America/Havana", "2024-11-02", "2024-11-03T04:00:00Z")] // 01:00 goes back to 00:00: the first midnight
    [InlineData("America/St_Johns", "2010-11-06", "2010-11-07T03:30:00Z")] // 00:01 goes back to 23:01: the second midnight
    [InlineData("Pacific/Apia", "2011-12-29", "2011-12-30T10:00:00Z")] // the 30th did not exist
    [InlineData("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z")]
    public void A_day_ends_when_its_clocks_never_show_it_again(string zone, string day, string end)
    {
        Assert.True(TimeZones.TryFind(zone, out var found));
        Assert.Equal(DateTimeOffset.Parse(end, CultureInfo.InvariantCulture), ZoneDay.EndOf(DateOnly.Parse(day, CultureInfo.InvariantCulture), found));
    }

    [Fact]
    public void Every_day_of_two_decades_in_every_zone_agrees_with_NodaTime()
    {
        var differences = new List<string>();
        foreach (var id in Zones)
        {
            Assert.True(TimeZones.TryFind(id, out var zone));
            for (var day = new DateOnly(2005, 1, 1); day.Year <= 2024; day = day.AddDays(1))
            {
                if (ZoneDay.EndOf(day, zone) != NodaCalendar.EndOf(day, id))
                {
                    differences.Add($"{id} {day:O}");
                }
            }
        }

        Assert.Empty(differences);
    }

    [Fact]
    public void The_end_of_the_calendar_never_comes_and_its_start_is_no_error()
    {
        Assert.Equal(DateTimeOffset.MaxValue, ZoneDay.EndOf(DateOnly.MaxValue, TimeZoneInfo.Utc));
        Assert.Equal(3, ZoneDay.EndOf(DateOnly.MinValue, TimeZoneInfo.Utc).UtcTicks / TimeSpan.TicksPerDay);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Mars/Phobos")]
    [InlineData("W. Europe Standard Time")]
    [InlineData("../etc/passwd")]
    public void Only_an_IANA_name_is_a_zone(string? id) => Assert.False(TimeZones.TryFind(id, out _));

    [Fact]
    public void UTC_is_a_zone() => Assert.True(TimeZones.TryFind("UTC", out _) && TimeZones.TryFind("Etc/UTC", out _));
}
