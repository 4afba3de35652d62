using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Microsoft.Extensions.Logging;

namespace Abm.Privacy.Benchmarks;

/// <summary>A log call of three values that holds nothing to mask, without and with masking, to a provider that formats and drops it.</summary>
[MemoryDiagnoser]
[HideColumns("Error", "Median", "RatioSD")]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public partial class LoggingBenchmarks
{
    private static readonly Action<ILogger, string, int, int, Exception?> Defined =
        LoggerMessage.Define<string, int, int>(LogLevel.Information, new EventId(1, "Defined"), "Campaign {Campaign} reached {Count} contacts in {Elapsed} ms");

    private ILoggerFactory? _plainFactory;
    private ILoggerFactory? _maskedFactory;
    private ILogger _plain = null!;
    private ILogger _masked = null!;

    [GlobalSetup]
    public void Setup()
    {
        _plainFactory = LoggerFactory.Create(logging => logging.AddProvider(new NullWriter()));
        _maskedFactory = LoggerFactory.Create(logging => logging.AddProvider(new NullWriter()).AddPrivacyMasking());
        (_plain, _masked) = (_plainFactory.CreateLogger("Shop.Campaigns"), _maskedFactory.CreateLogger("Shop.Campaigns"));
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _plainFactory?.Dispose();
        _maskedFactory?.Dispose();
    }

    [BenchmarkCategory("generated"), Benchmark(Baseline = true)]
    public void GeneratedPlain() => Sent(_plain, "spring", 1204, 37);

    [BenchmarkCategory("generated"), Benchmark]
    public void GeneratedMasked() => Sent(_masked, "spring", 1204, 37);

    [BenchmarkCategory("defined"), Benchmark(Baseline = true)]
    public void DefinedPlain() => Defined(_plain, "spring", 1204, 37, null);

    [BenchmarkCategory("defined"), Benchmark]
    public void DefinedMasked() => Defined(_masked, "spring", 1204, 37, null);

#pragma warning disable CA1848, CA1873 // the slow way is what is measured
    [BenchmarkCategory("template"), Benchmark(Baseline = true)]
    public void TemplatePlain() => _plain.LogInformation("Campaign {Campaign} reached {Count} contacts in {Elapsed} ms", "spring", 1204, 37);

    [BenchmarkCategory("template"), Benchmark]
    public void TemplateMasked() => _masked.LogInformation("Campaign {Campaign} reached {Count} contacts in {Elapsed} ms", "spring", 1204, 37);
#pragma warning restore CA1848, CA1873

    [BenchmarkCategory("found"), Benchmark(Baseline = true)]
    public void AddressPlain() => Sent(_plain, "jane.doe@example.com", 1204, 37);

    [BenchmarkCategory("found"), Benchmark]
    public void AddressMasked() => Sent(_masked, "jane.doe@example.com", 1204, 37);

    [LoggerMessage(1, LogLevel.Information, "Campaign {Campaign} reached {Count} contacts in {Elapsed} ms")]
    private static partial void Sent(ILogger logger, string campaign, int count, int elapsed);

    private sealed class NullWriter : ILoggerProvider, ILogger
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
