using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Abm.Privacy;

/// <summary>
/// A span of whole calendar units, written as in ISO 8601: <c>P24M</c>, <c>P6Y</c>, <c>P2W</c>, <c>P1Y6M10D</c>. Hours
/// and smaller units are refused, because a date plus hours depends on the time zone. The default is <c>P0D</c>.
/// </summary>
public readonly record struct CalendarPeriod
{
    private const int MaxDigits = 5;
    private const int LastMonth = (9999 * 12) + 11;

    /// <summary>Creates a period.</summary>
    /// <param name="years">Years, 0 to 99,999.</param>
    /// <param name="months">Months, 0 to 99,999.</param>
    /// <param name="weeks">Weeks, 0 to 99,999.</param>
    /// <param name="days">Days, 0 to 99,999.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or too large.</exception>
    public CalendarPeriod(int years = 0, int months = 0, int weeks = 0, int days = 0)
    {
        (Years, Months, Weeks, Days) = (Check(years), Check(months), Check(weeks), Check(days));
    }

    /// <summary>The years.</summary>
    public int Years { get; }

    /// <summary>The months beside the years; may be more than 11.</summary>
    public int Months { get; }

    /// <summary>The weeks.</summary>
    public int Weeks { get; }

    /// <summary>The days beside the weeks; may be more than 6.</summary>
    public int Days { get; }

    /// <summary>The most days that the period can last, with every month counted as 31.</summary>
    internal long MostDays => (((12L * Years) + Months) * 31) + (7L * Weeks) + Days;

    /// <summary>Reads a period.</summary>
    /// <param name="text">The ISO 8601 form.</param>
    /// <returns>The period.</returns>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.PeriodInvalid"/>: the text has another form.</exception>
    public static CalendarPeriod Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var period)
            ? period
            : throw new PrivacyException(PrivacyErrorCode.PeriodInvalid, "This is not a calendar period. Write whole years, months, weeks or days in this order, such as 'P24M' or 'P1Y6M'.");
    }

    /// <summary>Reads a period, if the text is one.</summary>
    /// <param name="text">The ISO 8601 form; null is refused.</param>
    /// <param name="period">The period, or the default.</param>
    /// <returns>Whether the text is a period.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out CalendarPeriod period)
    {
        period = default;
        if (text is null || text.Length < 3 || text[0] != 'P')
        {
            return false;
        }

        const string units = "YMWD";
        Span<int> amounts = stackalloc int[units.Length];
        var rest = text.AsSpan(1);
        var next = 0;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            var unit = digits is < 1 or > MaxDigits ? -1 : units.IndexOf(rest[digits], StringComparison.Ordinal);
            if (unit < next)
            {
                return false;
            }

            amounts[unit] = int.Parse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture);
            rest = rest[(digits + 1)..];
            next = unit + 1;
        }

        period = new CalendarPeriod(amounts[0], amounts[1], amounts[2], amounts[3]);
        return true;
    }

    /// <summary>
    /// The day on which the period that starts on a day ends. Years and months are added in one step, and a day that the
    /// resulting month does not have becomes its last one (31 January + P1M = 28 or 29 February); then weeks and days.
    /// Always add the whole period to the anchor: two steps of one month are not the same as two months.
    /// </summary>
    /// <param name="anchor">The day from which the period runs.</param>
    /// <returns>The last day of the period.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The day lies after the year 9999.</exception>
    public DateOnly AddTo(DateOnly anchor) =>
        TryAddTo(anchor, out var day) ? day : throw new ArgumentOutOfRangeException(nameof(anchor), "The period ends after the year 9999.");

    /// <summary>The ISO 8601 form; units of zero are left out.</summary>
    /// <returns>The text, which <see cref="Parse"/> reads back.</returns>
    public override string ToString()
    {
        var text = string.Concat(Unit(Years, 'Y'), Unit(Months, 'M'), Unit(Weeks, 'W'), Unit(Days, 'D'));
        return text.Length == 0 ? "P0D" : "P" + text;
    }

    /// <summary>
    /// The instant that lies the period before an instant, in UTC. Years and months are subtracted in one step, and a day
    /// that the resulting month does not have becomes its last one; then weeks and days.
    /// </summary>
    /// <param name="instant">The instant.</param>
    /// <returns>The earlier instant.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The result lies before the year 1.</exception>
    public DateTimeOffset SubtractFrom(DateTimeOffset instant) =>
        instant.ToUniversalTime().AddMonths(-((12 * Years) + Months)).AddDays(-((7.0 * Weeks) + Days));

    internal bool TryAddTo(DateOnly anchor, out DateOnly day)
    {
        day = default;
        var months = ((long)Years * 12) + Months;
        if ((anchor.Year * 12L) + anchor.Month - 1 + months > LastMonth)
        {
            return false;
        }

        var monthDay = anchor.AddMonths((int)months);
        var days = ((long)Weeks * 7) + Days;
        if (days > DateOnly.MaxValue.DayNumber - monthDay.DayNumber)
        {
            return false;
        }

        day = monthDay.AddDays((int)days);
        return true;
    }

    private static string Unit(int amount, char unit) => amount == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{amount}{unit}");

    private static int Check(int amount) =>
        amount is >= 0 and <= 99_999 ? amount : throw new ArgumentOutOfRangeException(nameof(amount), "A unit of a period is 0 to 99,999.");
}
