namespace Abm.Privacy.Retention;

/// <summary>
/// When an anchor happened: a calendar day as it stands in a contract, or an instant, which falls on a day only in a
/// rule's time zone. The first day of the calendar, which is what an unset date holds, counts as missing.
/// </summary>
public readonly record struct AnchorDate
{
    private AnchorDate(DateOnly? day, DateTimeOffset? instant) => (Day, Instant) = (day, instant);

    /// <summary>The day; null if it is an instant.</summary>
    public DateOnly? Day { get; }

    /// <summary>The instant; null if it is a day.</summary>
    public DateTimeOffset? Instant { get; }

    /// <summary>A calendar day.</summary>
    /// <param name="day">The day.</param>
    public static implicit operator AnchorDate(DateOnly day) => FromDateOnly(day);

    /// <summary>An instant.</summary>
    /// <param name="instant">The instant.</param>
    public static implicit operator AnchorDate(DateTimeOffset instant) => FromDateTimeOffset(instant);

    /// <summary>A calendar day.</summary>
    /// <param name="day">The day.</param>
    /// <returns>The anchor date.</returns>
    public static AnchorDate FromDateOnly(DateOnly day) => new(day, null);

    /// <summary>An instant.</summary>
    /// <param name="instant">The instant.</param>
    /// <returns>The anchor date.</returns>
    public static AnchorDate FromDateTimeOffset(DateTimeOffset instant) => new(null, instant);

    /// <summary>The day in a zone; null for a value that was never set: it says nothing, and must not make the oldest record.</summary>
    internal DateOnly? DayIn(TimeZoneInfo zone)
    {
        if (Instant is not { } instant)
        {
            return Day > DateOnly.MinValue ? Day : null;
        }

        // the first day of the calendar in UTC: what a missing column becomes, whatever its offset
        if (instant.UtcTicks < TimeSpan.TicksPerDay)
        {
            return null;
        }

        var ticks = instant.UtcTicks + zone.GetUtcOffset(instant).Ticks;
        return DateOnly.FromDateTime(new DateTime(Math.Min(ticks, DateTime.MaxValue.Ticks)));
    }
}
