namespace Abm.Privacy.Retention;

/// <summary>Days in the time zone of a jurisdiction.</summary>
internal static class ZoneDay
{
    // wider than any offset from UTC plus the largest jump of a zone (a whole day), so that one change lies within
    private static readonly TimeSpan Window = TimeSpan.FromHours(40);

    /// <summary>
    /// The first instant from which on the zone's clocks never show the day or an earlier one again. Where the clocks
    /// skip midnight it is the moment of the change; where they go back into the day it is the end of the repetition.
    /// </summary>
    /// <returns>The instant in UTC; the greatest value for a day at the end of the calendar.</returns>
    public static DateTimeOffset EndOf(DateOnly day, TimeZoneInfo zone)
    {
        if (day >= DateOnly.MaxValue.AddDays(-3))
        {
            return DateTimeOffset.MaxValue;
        }

        var midnight = new DateTimeOffset(Math.Max(day.DayNumber + 1L, 3) * TimeSpan.TicksPerDay, TimeSpan.Zero);
        var (low, high) = (midnight - Window, midnight + Window);
        var (before, after) = (zone.GetUtcOffset(low), zone.GetUtcOffset(high));
        if (before == after)
        {
            return midnight - before;
        }

        while (high - low > TimeSpan.FromSeconds(1))
        {
            var middle = low + ((high - low) / 2);
            (low, high) = zone.GetUtcOffset(middle) == before ? (middle, high) : (low, middle);
        }

        var change = new DateTimeOffset(high.Ticks - (high.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        var (first, last) = (midnight - before, midnight - after);
        return last > change ? last : first < change ? first : change;
    }
}
