using Abm.Privacy.Encryption.BlindIndexes;
using Abm.Privacy.Identifiers;
using FsCheck;
using FsCheck.Fluent;
using static Abm.Privacy.Tests.Encryption.BlindIndexes.TestIndexes;

namespace Abm.Privacy.Tests.Encryption.BlindIndexes;

public class BlindIndexPlannerTests
{
    [Theory]
    [InlineData(100_000, 9, 15)]
    [InlineData(1_000, 5, 8)]
    [InlineData(17, 3, 3)]
    [InlineData(1_048_576, 11, 18)]
    [InlineData(1_048_577, 11, 19)]
    public void The_rule_of_distinct_values_gives_the_worked_ranges(long values, int min, int max)
    {
        Assert.Equal(new BlindIndexBitRange(min, max), BlindIndexPlanner.Plan(values, values).ByDistinctValues);
    }

    [Fact]
    public void Both_rules_hold_at_the_ends_of_their_ranges_and_fail_beyond()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1_000).WithReplay(20260303, 11), Prop.ForAll(
            Arb.From(Gen.Choose(4, int.MaxValue)), number =>
            {
                var plan = BlindIndexPlanner.Plan(number, number);
                return Holds(plan.ByDistinctValues, n => Math.Pow(2, n) < number / 2.0 && Math.Pow(4, n) > number)
                    && Holds(plan.ByRows, n => number / Math.Pow(2, n) >= 2 && Math.Pow(4, n) >= number);
            }));

        static bool Holds(BlindIndexBitRange? range, Func<int, bool> rule)
        {
            var allowed = Enumerable.Range(1, 40).Where(rule).ToList();
            return range is { } r ? allowed.SequenceEqual(Enumerable.Range(r.Min, r.Max - r.Min + 1)) : allowed.Count == 0;
        }
    }

    [Fact]
    public void The_recommended_length_is_the_longest_that_hides()
    {
        var plan = BlindIndexPlanner.Plan(distinctValues: 100_000, rows: 100_000);

        Assert.Equal(15, plan.RecommendedBits);
        Assert.True(plan.ByRows!.Value.Contains(15));
        Assert.Null(plan.Refusal);
        Assert.InRange(plan.GetExpectedFalsePositives(15), 3.05, 3.06);
        Assert.True(plan.GetExpectedFalsePositives(64) < 1e-10);
        Assert.Contains("may be equal", plan.DescribeLeakage(15), StringComparison.Ordinal);
        Assert.Contains("an index value of its own", plan.DescribeLeakage(64), StringComparison.Ordinal);
        Assert.Equal("9 to 15 bits", plan.ByDistinctValues.ToString());
    }

    [Fact]
    public void A_population_below_16_is_refused_and_a_small_one_has_no_length_that_hides()
    {
        Assert.NotNull(BlindIndexPlanner.Plan(15, 1_000_000).Refusal);
        Assert.Null(BlindIndexPlanner.Plan(15, 1_000_000).RecommendedBits);
        Assert.Null(BlindIndexPlanner.Plan(16, 1_000_000).Refusal);
        Assert.Null(BlindIndexPlanner.Plan(512, 1_000_000).RecommendedBits);
        Assert.Equal(8, BlindIndexPlanner.Plan(513, 1_000_000).RecommendedBits);
        Assert.Contains("9999 values", BlindIndexPlanner.Plan(513, 1_000_000, 9_999).DescribeLeakage(8), StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_that_cannot_be_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => BlindIndexPlanner.Plan(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => BlindIndexPlanner.Plan(20, 19));
        Assert.Throws<ArgumentOutOfRangeException>(() => BlindIndexPlanner.Plan(20, 30, 19));
        Assert.Throws<ArgumentOutOfRangeException>(() => BlindIndexPlanner.Plan(20, 30).GetExpectedFalsePositives(7));
        Assert.Throws<ArgumentOutOfRangeException>(() => BlindIndexPlanner.Plan(20, 30).DescribeLeakage(257));
        Assert.NotNull(BlindIndexPlanner.Plan(long.MaxValue, long.MaxValue).RecommendedBits);
    }

    [Fact]
    public void The_measured_false_positives_are_what_the_plan_expects()
    {
        const int People = 4_000;
        var sample = Enumerable.Range(0, People).Select(i => Email($"person{i}@example.com")).ToList();
        var plan = BlindIndexPlanner.Plan(People, People);
        var index = new BlindIndex<EmailAddress>("contact", "email", "email_short", BlindIndexTransforms.Email, plan.RecommendedBits!.Value);

        var measured = BlindIndexPlanner.Measure(index, sample);

        Assert.Equal((People, People, 10), (measured.Rows, measured.DistinctValues, index.Bits));
        var expected = plan.GetExpectedFalsePositives(index.Bits); // 3.9, with a standard deviation below 0.1
        Assert.InRange(measured.FalsePositivesPerQuery, expected - 0.6, expected + 0.6);
        Assert.InRange(measured.DistinctIndexValues, 950, 1_024);
        Assert.Equal(0, BlindIndexPlanner.Measure(ByEmail, sample).FalsePositivesPerQuery);
    }

    [Fact]
    public void A_measurement_counts_equal_values_as_true_matches_and_shows_how_frequent_they_are()
    {
        EmailAddress[] sample = [Email("a@example.com"), Email("A@example.com"), Email("a@EXAMPLE.com"), Email("b@example.com")];

        Assert.Equal(new BlindIndexMeasurement(4, 2, 2, 0, 0.75), BlindIndexPlanner.Measure(ByEmail, sample));
        Assert.Throws<ArgumentException>(() => BlindIndexPlanner.Measure(ByEmail, []));
    }
}
