using Abm.Privacy.Classification;
using Abm.Privacy.Retention;

namespace Abm.Privacy.Tests.Retention;

/// <summary>What every evaluator promises; it says the same as the pure function. An implementation derives from it.</summary>
public abstract class RetentionEvaluatorContract
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly RetentionSchedule Schedule = new("s", "1",
    [
        RetentionRule.DisposeAfter("inactive", "policy", [new("contact")], RetentionAnchor.LastActivity, new CalendarPeriod(months: 24), DisposalAction.Delete, "UTC"),
    ]);

    public abstract Type Implementation { get; }

    protected abstract IRetentionEvaluator Create(RetentionSchedule schedule, TimeProvider time);

    [Fact]
    public void It_decides_by_the_schedule_it_was_given()
    {
        var evaluator = Create(Schedule, new FixedTime(Now));

        Assert.Equal(Schedule.Digest, evaluator.Schedule.Digest);
        Assert.Equal(Schedule.Digest, evaluator.Evaluate(Record(2025), []).ScheduleDigest);
    }

    [Theory]
    [InlineData(2025, RetentionState.Active)]
    [InlineData(2024, RetentionState.Due)]
    public void Now_is_what_the_clock_says(int lastActivity, RetentionState expected)
    {
        var evaluator = Create(Schedule, new FixedTime(Now));

        Assert.Equal(expected, evaluator.Evaluate(Record(lastActivity), []).State);
        Assert.Equal(RetentionState.Active, evaluator.Evaluate(Record(lastActivity), [], Now.AddYears(-2)).State);
    }

    [Fact]
    public void No_hold_is_ignored() =>
        Assert.Equal(RetentionState.Held, Create(Schedule, new FixedTime(Now)).Evaluate(Record(2020), [new LegalHold("h", "m", Now)]).State);

    [Fact]
    public void What_is_not_determined_is_not_disposed_of() =>
        Assert.Equal(RetentionState.Undetermined, Create(Schedule, new FixedTime(Now)).Evaluate(new RetentionRecord { DataClass = DataClass.Unknown }, []).State);

    [Fact]
    public void A_missing_argument_is_an_error()
    {
        var evaluator = Create(Schedule, new FixedTime(Now));

        Assert.Throws<ArgumentNullException>(() => evaluator.Evaluate(null!, []));
        Assert.Throws<ArgumentNullException>(() => evaluator.Evaluate(Record(2020), null!));
    }

    [Fact]
    public void Many_threads_may_ask_at_once()
    {
        var evaluator = Create(Schedule, new FixedTime(Now));
        var due = 0;
        Parallel.For(0, 20_000, i =>
        {
            if (evaluator.Evaluate(Record(i % 2 == 0 ? 2020 : 2026), []).State == RetentionState.Due)
            {
                Interlocked.Increment(ref due);
            }
        });

        Assert.Equal(10_000, due);
    }

    private static RetentionRecord Record(int year) =>
        new() { DataClass = new(DataClasses.Email), Anchors = { [RetentionAnchor.LastActivity] = new DateOnly(year, 1, 15) } };

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

public sealed class ScheduledRetentionEvaluatorTests : RetentionEvaluatorContract
{
    public override Type Implementation => typeof(ScheduledRetentionEvaluator);

    protected override IRetentionEvaluator Create(RetentionSchedule schedule, TimeProvider time) => new ScheduledRetentionEvaluator(schedule, time);
}

public sealed class RetentionEvaluatorCoverageTests
{
    [Fact]
    public void Every_evaluator_of_the_library_is_under_the_contract()
    {
        var implementations = typeof(IRetentionEvaluator).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IRetentionEvaluator)));

        Assert.Equal(implementations, [new ScheduledRetentionEvaluatorTests().Implementation]);
    }
}
