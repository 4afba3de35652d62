using Abm.Privacy.Retention;
using NodaTime;

namespace Abm.Privacy.Tests.Retention;

/// <summary>The calendar of the tests: the same questions, answered by NodaTime and its own time-zone data.</summary>
internal static class NodaCalendar
{
    public static DateTimeOffset EndOf(DateOnly day, string zoneId)
    {
        var midnight = LocalDate.FromDateOnly(day).PlusDays(1).AtMidnight();
        var mapping = DateTimeZoneProviders.Tzdb[zoneId].MapLocal(midnight);
        var instant = mapping.Count switch
        {
            0 => mapping.LateInterval.Start,
            1 => mapping.Single().ToInstant(),
            // both midnights exist: the later one counts if the clocks went back into the day
            _ => mapping.LateInterval.IsoLocalStart < midnight ? mapping.Last().ToInstant() : mapping.First().ToInstant(),
        };
        return instant.ToDateTimeOffset();
    }

    /// <summary>The end of a rule's period; null if the facts do not tell.</summary>
    public static DateTimeOffset? EndOf(RetentionRule rule, RetentionRecord record)
    {
        if (rule.Kind == RetentionKind.KeepForever)
        {
            return DateTimeOffset.MaxValue;
        }

        var zoneId = rule.Zone ?? record.Zone ?? "";
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneId) is not { } zone || !record.Anchors.TryGetValue(rule.Anchor!.Value, out var anchor))
        {
            return null;
        }

        var day = anchor.Day is { } stated ? LocalDate.FromDateOnly(stated) : Instant.FromDateTimeOffset(anchor.Instant!.Value).InZone(zone).Date;
        var period = rule.Period!.Value;
        var last = day.PlusMonths((period.Years * 12) + period.Months).PlusDays((period.Weeks * 7) + period.Days);
        return EndOf(last.ToDateOnly(), zoneId);
    }
}
