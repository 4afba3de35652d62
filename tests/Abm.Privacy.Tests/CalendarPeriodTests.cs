using System.Globalization;
using Abm.Privacy.Tests.Retention;
using FsCheck.Fluent;
using FsCheck;
using NodaTime;

namespace Abm.Privacy.Tests;

public class CalendarPeriodTests
{
    [Theory]
    [InlineData("P24M", 0, 24, 0, 0, "P24M")]
    [InlineData("P6Y", 6, 0, 0, 0, "P6Y")]
    [InlineData("P2W", 0, 0, 2, 0, "P2W")]
    [InlineData("P90D", 0, 0, 0, 90, "P90D")]
    [InlineData("P1Y6M2W10D", 1, 6, 2, 10, "P1Y6M2W10D")]
    [InlineData("P0D", 0, 0, 0, 0, "P0D")]
    [InlineData("P0Y0M", 0, 0, 0, 0, "P0D")]
    [InlineData("P007D", 0, 0, 0, 7, "P7D")]
    [InlineData("P99999Y", 99999, 0, 0, 0, "P99999Y")]
    public void A_period_is_read_and_written(string text, int years, int months, int weeks, int days, string canonical)
    {
        var period = CalendarPeriod.Parse(text);

        Assert.Equal(new CalendarPeriod(years, months, weeks, days), period);
        Assert.Equal(canonical, period.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("24M")]
    [InlineData("P24")]
    [InlineData("PM")]
    [InlineData("p24m")]
    [InlineData("P24m")]
    [InlineData("PT24H")]
    [InlineData("P1DT1H")]
    [InlineData("P1M1Y")]
    [InlineData("P1M1M")]
    [InlineData("P1D1W")]
    [InlineData("P-1M")]
    [InlineData("-P1M")]
    [InlineData("P+1M")]
    [InlineData("P1.5Y")]
    [InlineData("P1,5Y")]
    [InlineData(" P1M")]
    [InlineData("P1M ")]
    [InlineData("P1 M")]
    [InlineData("P100000D")]
    [InlineData("P\u0661M")]
    public void Another_form_is_refused(string text)
    {
        Assert.False(CalendarPeriod.TryParse(text, out _));
        Assert.Equal(PrivacyErrorCode.PeriodInvalid, Assert.Throws<PrivacyException>(() => CalendarPeriod.Parse(text)).Code);
    }

    [Theory]
    [InlineData("2023-01-31", "P1M", "2023-02-28")]
    [InlineData("2024-01-31", "P1M", "2024-02-29")]
    [InlineData("2023-01-31", "P2M", "2023-03-31")]
    [InlineData("2023-01-31", "P24M", "2025-01-31")]
    [InlineData("2024-02-29", "P1Y", "2025-02-28")]
    [InlineData("2024-02-29", "P4Y", "2028-02-29")]
    [InlineData("2024-02-29", "P1Y1M", "2025-03-29")] // one step of 13 months, not a year and then a month
    [InlineData("2023-01-31", "P1M1D", "2023-03-01")]
    [InlineData("2023-09-03", "P1M", "2023-10-03")]
    [InlineData("2023-12-31", "P2W", "2024-01-14")]
    [InlineData("2023-12-31", "P0D", "2023-12-31")]
    [InlineData("9999-11-30", "P1M", "9999-12-30")]
    public void A_period_is_added_in_one_step(string anchor, string period, string expected) =>
        Assert.Equal(Day(expected), CalendarPeriod.Parse(period).AddTo(Day(anchor)));

    [Theory]
    [InlineData("9999-12-01", "P1M")]
    [InlineData("9999-12-31", "P1D")]
    [InlineData("2024-01-01", "P99999Y99999M99999W99999D")]
    public void A_period_that_ends_after_the_calendar_is_an_error(string anchor, string period) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CalendarPeriod.Parse(period).AddTo(Day(anchor)));

    [Fact]
    public void A_unit_outside_its_range_is_an_error()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CalendarPeriod(days: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CalendarPeriod(months: 100_000));
    }

    [Fact]
    public void Reading_what_was_written_gives_the_same_period()
    {
        var unit = Gen.OneOf(Gen.Constant(0), Gen.Choose(0, 40), Gen.Choose(0, 99_999));
        var periods = from y in unit from m in unit from w in unit from d in unit select new CalendarPeriod(y, m, w, d);

        Prop.ForAll(periods.ToArbitrary(), period => CalendarPeriod.Parse(period.ToString()) == period).Check(RetentionCases.Config(1_000));
    }

    [Fact]
    public void Every_day_from_1970_to_2100_agrees_with_NodaTime()
    {
        string[] periods = ["P1D", "P30D", "P2W", "P1M", "P3M", "P6M", "P13M", "P24M", "P1Y", "P3Y", "P6Y", "P10Y", "P1Y1M1D", "P100Y"];
        var differences = 0;
        foreach (var period in periods.Select(CalendarPeriod.Parse))
        {
            // NodaTime adds years and months one after the other, so it is given the months as one number
            var months = (period.Years * 12) + period.Months;
            var days = (period.Weeks * 7) + period.Days;
            for (var day = new DateOnly(1970, 1, 1); day.Year <= 2100; day = day.AddDays(1))
            {
                var expected = new LocalDate(day.Year, day.Month, day.Day).PlusMonths(months).PlusDays(days);
                differences += period.AddTo(day) == expected.ToDateOnly() ? 0 : 1;
            }
        }

        Assert.Equal(0, differences);
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
