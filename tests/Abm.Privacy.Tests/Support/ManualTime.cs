namespace Abm.Privacy.Tests.Support;

/// <summary>A clock that moves when a test says so; its timers run while it moves.</summary>
internal sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = start;
    private TimeSpan _jumped;

    public ManualTime()
        : this(new DateTimeOffset(2026, 3, 3, 10, 0, 0, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now + _jumped;

    public override long GetTimestamp() => _now.UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state), dueTime, period);
        _timers.Add(timer);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        _now += by;
        _timers.ForEach(timer => timer.RunUntil(_now));
    }

    /// <summary>Sets the wall clock to another time, in which nothing passes.</summary>
    public void Jump(TimeSpan by) => _jumped += by;

    private sealed class ManualTimer : ITimer
    {
        private readonly ManualTime _time;
        private readonly Action _run;
        private DateTimeOffset? _due;
        private TimeSpan _period;

        public ManualTimer(ManualTime time, Action run, TimeSpan dueTime, TimeSpan period)
        {
            (_time, _run) = (time, run);
            Change(dueTime, period);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            (_due, _period) = (dueTime < TimeSpan.Zero ? null : _time._now + dueTime, period);
            return true;
        }

        public void RunUntil(DateTimeOffset now)
        {
            while (_due <= now)
            {
                _due = _period > TimeSpan.Zero ? _due + _period : null;
                _run();
            }
        }

        public void Dispose() => _due = null;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
