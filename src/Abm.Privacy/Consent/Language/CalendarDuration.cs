using System.Globalization;
using System.Text.RegularExpressions;

namespace Abm.Privacy.Consent.Language;

/// <summary>
/// A whole ISO 8601 duration such as <c>P24M</c>. It is subtracted in one step (all months, then all days, then the time), in UTC,
/// so that a month end is cut once and not twice.
/// </summary>
internal sealed partial record CalendarDuration(int Months, int Days, TimeSpan Time)
{
    private const int MaxDays = 200_000;

    public static bool TryParse(string text, out CalendarDuration? duration)
    {
        duration = null;
        var match = Pattern().Match(text);
        if (!match.Success)
        {
            return false;
        }

        var months = (12 * Number("y")) + Number("mo");
        var days = (7 * Number("w")) + Number("d");
        var time = new TimeSpan(Number("h"), Number("mi"), Number("s"));
        if ((months * 31) + days + time.TotalDays is 0 or > MaxDays)
        {
            return false;
        }

        duration = new CalendarDuration(months, days, time);
        return true;

        int Number(string group) => match.Groups[group] is { Success: true } found
            ? int.Parse(found.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)
            : 0;
    }

    /// <exception cref="ArgumentOutOfRangeException">The result lies before the year 1.</exception>
    public DateTimeOffset SubtractFrom(DateTimeOffset utc) => utc.AddMonths(-Months).AddDays(-Days).Subtract(Time);

    [GeneratedRegex(
        @"\AP(?=[0-9T])(?:(?<y>[0-9]{1,3})Y)?(?:(?<mo>[0-9]{1,4})M)?(?:(?<w>[0-9]{1,4})W)?(?:(?<d>[0-9]{1,5})D)?"
        + @"(?:T(?=[0-9])(?:(?<h>[0-9]{1,5})H)?(?:(?<mi>[0-9]{1,5})M)?(?:(?<s>[0-9]{1,5})S)?)?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
