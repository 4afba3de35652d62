using System.Globalization;

namespace Abm.Privacy.Consent.Language;

/// <summary>Wall-clock times in a person's zone, changes to and from daylight saving time included.</summary>
internal static class LocalTimes
{
    public static bool TryParse(string text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    public static TimeOnly At(TimeZoneInfo zone, DateTimeOffset utc) => TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(utc, zone).DateTime);

    /// <summary>The first moment after the given one at which the clock shows the time; where a change skips it, the moment of the change.</summary>
    public static DateTimeOffset Next(TimeZoneInfo zone, DateTimeOffset utc, TimeOnly time)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(utc, zone).DateTime);
        for (var day = 0; ; day++)
        {
            // at most the second day has a moment that lies ahead
            foreach (var moment in Moments(zone, today.AddDays(day).ToDateTime(time)))
            {
                if (moment > utc)
                {
                    return moment;
                }
            }
        }
    }

    private static IEnumerable<DateTimeOffset> Moments(TimeZoneInfo zone, DateTime local)
    {
        if (zone.IsAmbiguousTime(local))
        {
            // the greater offset is the earlier moment
            return zone.GetAmbiguousTimeOffsets(local).OrderDescending().Select(offset => new DateTimeOffset(local, offset).ToUniversalTime());
        }

        if (!zone.IsInvalidTime(local))
        {
            return [new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime()];
        }

        // inside the gap: the offset of before maps to a moment after the change; go back to the change itself
        var after = local;
        while (zone.IsInvalidTime(after))
        {
            after = after.AddMinutes(1);
        }

        return [new DateTimeOffset(after, zone.GetUtcOffset(after)).ToUniversalTime()];
    }
}
