using System.Collections;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace QuickStart.Logging;

/// <summary>A logger that writes lines to a stream, with an exception's inner exceptions and the data that it carries: as any provider, it writes what it is given.</summary>
internal sealed class LogFile(Stream stream, TimeProvider time) : ILoggerProvider
{
    private readonly StreamWriter _writer = new(stream, leaveOpen: true) { NewLine = "\n" };

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose() => _writer.Dispose();

    private void Write(LogLevel level, string category, string message, Exception? exception)
    {
        _writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ} {level} {category}: {message}"));
        for (var error = exception; error is not null; error = error.InnerException)
        {
            _writer.WriteLine($"  {error.GetType().Name}: {error.Message}");
            foreach (DictionaryEntry entry in error.Data)
            {
                _writer.WriteLine($"    {entry.Key} = {entry.Value}");
            }
        }
    }

    private sealed class Logger(LogFile file, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            file.Write(logLevel, category, formatter(state, exception), exception);
    }
}
