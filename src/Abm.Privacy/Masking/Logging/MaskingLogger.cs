using Microsoft.Extensions.Logging;

namespace Abm.Privacy.Masking.Logging;

/// <summary>
/// Masks before anything reaches the loggers of the providers. Standing above them, it changes neither their types nor the
/// rules by which calls are filtered.
/// </summary>
internal sealed class MaskingLogger(ILogger inner, LogMasker masker) : ILogger
{
    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull =>
        inner.BeginScope(masker.MaskScope(state)!);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var masked = exception;
        if (exception is not null)
        {
            if (!inner.IsEnabled(logLevel))
            {
                return;
            }

            masked = ExceptionText.Mask(masker, exception);
        }

        // the type is known when this is compiled for a struct, so there it costs nothing and boxes nothing
        if (state is IReadOnlyList<KeyValuePair<string, object?>>)
        {
            var memory = LogStateShape<TState>.IsSimple || !inner.IsEnabled(logLevel) ? null : MaskedState<TState>.Memory(state, isScope: false);
            inner.Log(logLevel, eventId, new MaskedState<TState>(masker, state, exception, formatter, memory), masked, MaskedState<TState>.Formatter);
        }
        else if (inner.IsEnabled(logLevel))
        {
            LogOther(logLevel, eventId, state, exception, masked, formatter);
        }
    }

    private void LogOther<TState>(LogLevel logLevel, EventId eventId, TState original, Exception? exception, Exception? masked, Func<TState, Exception?, string> formatter)
    {
        if (original is IEnumerable<KeyValuePair<string, object?>> pairs)
        {
            var entries = new MaskedPairs(masker, pairs, pairs, isScope: false);
            inner.Log(logLevel, eventId, entries, masked, (state, _) => state.Text(_ => formatter(original, exception)));
        }
        else
        {
            var text = new MaskedText(masker, () => LogValues.Text(original), () => formatter(original, exception));
            inner.Log(logLevel, eventId, text, masked, MaskedText.Formatter);
        }
    }
}
