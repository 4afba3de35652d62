using Microsoft.Extensions.Logging;

namespace Abm.Privacy.Tests.Masking.Logging;

public class LogMaskingCostTests
{
    private static readonly Action<ILogger, string, int, int, Exception?> Defined =
        LoggerMessage.Define<string, int, int>(LogLevel.Information, new EventId(7, "Defined"), "Campaign {Campaign} reached {Count} contacts in {Elapsed} ms");

    public static TheoryData<string> Calls => ["defined", "generated", "template"];

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_call_in_which_nothing_is_found_allocates_no_more_than_without_masking(string call)
    {
        using var plain = LoggerFactory.Create(logging => logging.AddProvider(new FormattingProvider()));
        using var masked = LoggerFactory.Create(logging => logging.AddProvider(new FormattingProvider()).AddPrivacyMasking());
        var (plainLogger, maskedLogger) = (plain.CreateLogger("Shop"), masked.CreateLogger("Shop"));
        object[] values = ["spring", 1204, 37];
        Action<ILogger> log = call switch
        {
            "defined" => logger => Defined(logger, "spring", 1204, 37, null),
            "generated" => logger => LogShapes.Generated(logger, "spring", 1204, 3.5),
            _ => logger => logger.LogInformation("Campaign {Campaign} reached {Count} contacts in {Elapsed} ms", values),
        };

        // code that is not optimized yet boxes where optimized code does not
        var (extra, rounds) = (0L, 0);
        do
        {
            for (var i = 0; i < 40; i++)
            {
                log(plainLogger);
                log(maskedLogger);
            }

            extra = Measure(log, maskedLogger) - Measure(log, plainLogger);
            Thread.Sleep(rounds % 10 == 9 ? 150 : 0);
        }
        while (extra != 0 && rounds++ < 1_000);

        Assert.Equal(0, extra);
    }

    private static long Measure(Action<ILogger> log, ILogger logger)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        log(logger);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private sealed class FormattingProvider : ILoggerProvider, ILogger
    {
        private int _length;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _length += formatter(state, exception).Length;

        public void Dispose() => GC.KeepAlive(_length);
    }
}
