using System.Globalization;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Masking;
using Abm.Privacy.Masking.Keyed;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Masking.Keyed;

/// <summary>Masks that are constant for a person: shifted dates and noise; and the shuffle of a column.</summary>
public class SubjectMaskTests
{
    private static readonly MaskingKey Key = TestMaskingKey.Shared;

    [Fact]
    public void Intervals_of_a_person_stay_true()
    {
        var mask = new DateShift(Key, "dates").For(TestKeys.Jane);
        var dates = new[] { "1980-02-29", "1999-12-31", "2024-02-29", "2024-03-01" };
        var shifted = dates.Select(date => Day(Mask.Apply(date, mask))).ToArray();

        Assert.All(dates.Zip(shifted), pair => Assert.Equal(11, pair.Second - Day(pair.First)));
        Assert.True(mask.TryShift(new DateOnly(1980, 2, 29), out var date));
        Assert.Equal(new DateOnly(1980, 3, 11), date);
        Assert.True(mask.TryShift(new DateTime(2024, 2, 29, 8, 15, 0, DateTimeKind.Utc), out var time));
        Assert.Equal((new DateTime(2024, 3, 11, 8, 15, 0, DateTimeKind.Utc), DateTimeKind.Utc), (time, time.Kind));
        Assert.True(mask.TryShift(new DateTimeOffset(2024, 2, 29, 8, 15, 0, TimeSpan.FromHours(2)), out var local));
        Assert.Equal(("2024-03-11 08:15", TimeSpan.FromHours(2)), (local.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), local.Offset));
        Assert.False(mask.TryShift(DateOnly.MaxValue, out _));
        Assert.False(mask.TryShift(DateTime.MaxValue, out _));
        Assert.False(mask.TryShift(DateTimeOffset.MaxValue, out _));
        Assert.False(default(DateShiftMask).TryShift(DateOnly.MinValue, out _));
    }

    [Theory]
    [InlineData(-2, 2, false, 4)]
    [InlineData(-2, 2, true, 5)]
    [InlineData(0, 3, false, 3)]
    [InlineData(-3, 0, false, 3)]
    [InlineData(1, 4, true, 4)]
    [InlineData(-5, -2, false, 4)]
    public void Every_shift_of_a_range_is_as_likely_as_any_other(int min, int max, bool allowZero, int possible)
    {
        var shift = new DateShift(Key, "dates", min, max, allowZero);
        var counts = new Dictionary<int, int>();
        const int People = 20_000;
        for (var i = 0; i < People; i++)
        {
            Assert.True(shift.For(new SubjectId($"person-{i}")).TryShift(new DateOnly(2000, 1, 1), out var date));
            var days = date.DayNumber - new DateOnly(2000, 1, 1).DayNumber;
            counts[days] = counts.GetValueOrDefault(days) + 1;
        }

        Assert.Equal(possible, counts.Count);
        Assert.All(counts.Keys, days => Assert.InRange(days, min, max));
        Assert.Equal(allowZero && min <= 0 && max >= 0, counts.ContainsKey(0));
        Assert.All(counts.Values, count => Assert.InRange(count, People / possible * 0.9, People / possible * 1.1));
    }

    [Fact]
    public void Another_scope_range_or_person_is_another_shift()
    {
        DateShift[] shifts = [new(Key, "dates", -36_000, 36_000), new(Key, "other", -36_000, 36_000), new(Key, "dates", -36_000, 35_999), new(TestMaskingKey.Create(1), "dates", -36_000, 36_000)];
        var dates = shifts.Select(shift => Mask.Apply("2024-02-29", shift.For(TestKeys.Jane))).Append(Mask.Apply("2024-02-29", shifts[0].For(TestKeys.Omar))).ToList();

        Assert.Equal(5, dates.Distinct().Count());
    }

    [Fact]
    public void A_range_that_hides_nothing_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new DateShift(Key, "dates", 5, 5));
        Assert.Throws<ArgumentException>(() => new DateShift(Key, "dates", 5, 4));
        Assert.Throws<ArgumentException>(() => new DateShift(Key, "dates", 0, 1));
        Assert.Throws<ArgumentException>(() => new DateShift(Key, "dates", 0, 0, allowZero: true));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DateShift(Key, "dates", -36_526, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DateShift(Key, "dates", 0, 36_526));
        Assert.Throws<InvalidOperationException>(() => new DateShift(Key, "dates").For(default));
        Assert.Equal((-180, 180), (new DateShift(Key, "dates").EarliestDays, new DateShift(Key, "dates").LatestDays));
    }

    [Theory]
    [InlineData("2024-02-30")]
    [InlineData("2024-13-01")]
    [InlineData("2024-00-01")]
    [InlineData("0000-01-01")]
    [InlineData("9999-12-31")]
    [InlineData("24-02-29")]
    [InlineData("2024-2-29")]
    [InlineData("2024-02-29 ")]
    [InlineData("2024-02-29T")]
    [InlineData("2024-02-29T8:15")]
    [InlineData("2024-02-29T08:60")]
    [InlineData("2024-02-29T08:15:60Z")]
    [InlineData("2024-02-29T08:15:00.")]
    [InlineData("2024-02-29T08:15:00.1234567890")]
    [InlineData("2024-02-29T08:15:00+1400")]
    [InlineData("2024-02-29T08:15:00Zulu")]
    [InlineData("2024-02-29T08:15:00Z jane@example.com")]
    [InlineData("\uFF12\uFF10\uFF12\uFF14-02-29")]
    public void What_is_no_date_is_masked_whole(string value) => Assert.Equal("***", Mask.Apply(value, new DateShift(Key, "dates").For(TestKeys.Jane)));

    [Fact]
    public void Averaging_exports_does_not_remove_noise()
    {
        var numbers = Enumerable.Range(0, 50).Select(_ =>
        {
            using var key = TestMaskingKey.Create(); // every export opens the key anew
            return Mask.Apply("52000", NumberNoise.Absolute(key, "salary", 1000).For(TestKeys.Jane));
        });

        Assert.Equal("51031", Assert.Single(numbers.Distinct()));
    }

    [Fact]
    public void Noise_is_bounded_and_evenly_spread()
    {
        var noise = NumberNoise.Absolute(Key, "salary", 10);
        var counts = new int[20];
        for (var i = 0; i < 20_000; i++)
        {
            Assert.True(noise.For(new SubjectId($"person-{i}")).TryMask(1000, 6, out var masked));
            Assert.InRange(masked, 990, 1010);
            counts[(int)Math.Min(19, masked - 990)]++;
        }

        Assert.InRange(counts.Sum(count => (count - 1000.0) * (count - 1000.0) / 1000.0), 0, 19 + 5 * Math.Sqrt(38));
    }

    [Theory]
    [InlineData("100", "100")]
    [InlineData("52000", "100")]
    [InlineData("52000.5", "100.0")]
    public void Bounds_hold(string value, string masked)
    {
        var noise = NumberNoise.Absolute(Key, "salary", 1, min: 99.5m, max: 100.04m).For(TestKeys.Jane);

        Assert.Equal(masked, Mask.Apply(value, noise));
        Assert.False(NumberNoise.Absolute(Key, "salary", 1, min: 0.4m, max: 0.6m).For(TestKeys.Jane).TryMask(5, 0, out _));
    }

    [Theory]
    [InlineData("0.5", "***")]
    [InlineData("0", "***")]
    [InlineData("0.00", "***")]
    public void A_number_that_the_noise_cannot_change_is_masked_whole(string value, string masked) =>
        Assert.Equal(masked, Mask.Apply(value, NumberNoise.Relative(Key, "salary", 0.1m).For(TestKeys.Jane)));

    [Fact]
    public void Noise_that_is_none_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => NumberNoise.Absolute(Key, "salary", 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => NumberNoise.Absolute(Key, "salary", -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => NumberNoise.Absolute(Key, "salary", decimal.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => NumberNoise.Relative(Key, "salary", 1.1m));
        Assert.Throws<ArgumentException>(() => NumberNoise.Absolute(Key, "salary", 1, min: 2, max: 1));
        Assert.Throws<InvalidOperationException>(() => NumberNoise.Absolute(Key, "salary", 1).For(default));
        var mask = NumberNoise.Absolute(Key, "salary", 1).For(TestKeys.Jane);
        Assert.Throws<ArgumentOutOfRangeException>(() => mask.TryMask(1, -1, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => mask.TryMask(1, 10, out _));
        Assert.False(default(NoiseMask).TryMask(1, 0, out _));
        Assert.False(mask.TryMask(decimal.MaxValue, 0, out _));
        Assert.True(mask.Traits.HasFlag(MaskTraits.Reversible));
        Assert.False(NumberNoise.Relative(Key, "salary", 0.1m).For(TestKeys.Jane).Traits.HasFlag(MaskTraits.Reversible));
    }

    [Fact]
    public void A_shuffled_column_holds_the_same_values_and_none_in_its_place()
    {
        var shuffle = new ColumnShuffle(Key, "salary");
        foreach (var count in new[] { 0, 2, 3, 4, 7, 100, 10_000 })
        {
            var sources = shuffle.GetSources(count);
            var column = Enumerable.Range(0, count).ToArray();
            shuffle.Shuffle<int>(column, -1);

            Assert.Equal(sources, column);
            Assert.Equal(Enumerable.Range(0, count), sources.Order());
            Assert.All(sources.Select((source, row) => (source, row)), pair => Assert.NotEqual(pair.row, pair.source));
        }

        Assert.NotEqual(shuffle.GetSources(100), new ColumnShuffle(Key, "other").GetSources(100));
        Assert.NotEqual(shuffle.GetSources(100), new ColumnShuffle(TestMaskingKey.Create(1), "salary").GetSources(100));
        Assert.Throws<ArgumentOutOfRangeException>(() => shuffle.GetSources(-1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_column_of_one_row_is_erased(bool leavesNoneInPlace)
    {
        string[] column = ["52000"];
        var shuffle = new ColumnShuffle(Key, "salary", leavesNoneInPlace);
        shuffle.Shuffle<string>(column, "***");

        Assert.Equal(["***"], column);
        Assert.Equal([-1], shuffle.GetSources(1));
    }

    [Theory]
    [InlineData(true, 6)]
    [InlineData(false, 24)]
    public void Every_permutation_is_as_likely_as_any_other(bool leavesNoneInPlace, int possible)
    {
        var counts = new Dictionary<string, int>();
        for (var i = 0; i < 1_000 * possible; i++)
        {
            var name = string.Join(',', new ColumnShuffle(Key, $"column-{i}", leavesNoneInPlace).GetSources(4));
            counts[name] = counts.GetValueOrDefault(name) + 1;
        }

        Assert.Equal(possible, counts.Count);
        Assert.InRange(counts.Values.Sum(count => (count - 1000.0) * (count - 1000.0) / 1000.0), 0, possible - 1 + 5 * Math.Sqrt(2 * (possible - 1)));
    }

    private static int Day(string date) => DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber;
}
