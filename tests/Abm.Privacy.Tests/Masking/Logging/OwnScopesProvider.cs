using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Abm.Privacy.Tests.Masking.Logging;

/// <summary>A provider that keeps scopes by itself.</summary>
internal sealed class OwnScopesProvider : ILoggerProvider, ILogger, IDisposable
{
    public ConcurrentQueue<string> Scopes { get; } = [];

    public int Ended { get; private set; }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        Scopes.Enqueue(state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(", ", pairs.Select(pair => $"{pair.Key}={pair.Value}")) : state.ToString()!);
        return new End(this);
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
    }

    public void Dispose()
    {
    }

    private sealed class End(OwnScopesProvider owner) : IDisposable
    {
        public void Dispose() => owner.Ended++;
    }
}
