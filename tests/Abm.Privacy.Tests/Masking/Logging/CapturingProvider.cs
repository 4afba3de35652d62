using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Abm.Privacy.Tests.Masking.Logging;

/// <summary>A provider that keeps all that a provider can see, as text.</summary>
[ProviderAlias("Capture")]
internal sealed class CapturingProvider : ILoggerProvider, ISupportExternalScope
{
    private IExternalScopeProvider? _scopes;

    public ConcurrentQueue<string> Messages { get; } = [];

    /// <summary>Everything that was seen, messages too.</summary>
    public ConcurrentQueue<string> Seen { get; } = [];

    public ConcurrentQueue<Exception> Exceptions { get; } = [];

    public ConcurrentQueue<KeyValuePair<string, object?>> Values { get; } = [];

    public bool IsDisposed { get; private set; }

    public string All => string.Join('\n', Seen);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public ILogger CreateLogger(string categoryName) => new Capture(this);

    public void Dispose() => IsDisposed = true;

    /// <summary>All that can be reached from an object: its text, entries, and public properties.</summary>
    private void See(object? value, int depth = 0)
    {
        if (value is null || depth > 8)
        {
            return;
        }

        Seen.Enqueue(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
        if (value is string || value.GetType().IsPrimitive || value is Type or MemberInfo)
        {
            return;
        }

        if (value is IEnumerable items)
        {
            foreach (var item in items)
            {
                See(item, depth + 1);
            }
        }

        if (value is IReadOnlyList<KeyValuePair<string, object?>> list)
        {
            for (var i = 0; i < list.Count; i++)
            {
                See(list[i].Key, depth + 1);
                See(list[i].Value, depth + 1);
            }
        }

        foreach (var property in value.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0 && property.Name != "TargetSite"))
        {
            See(property.GetValue(value), depth + 1);
        }
    }

    private sealed class Capture(CapturingProvider owner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            owner.See(state);
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var message = formatter(state, exception);
            owner.Messages.Enqueue(message);
            owner.Seen.Enqueue(message);
            owner.See(state);
            owner._scopes?.ForEachScope(static (scope, owner) => owner.See(scope), owner);
            if (exception is not null)
            {
                owner.Exceptions.Enqueue(exception);
                owner.See(exception);
            }

            if (state is IEnumerable<KeyValuePair<string, object?>> pairs)
            {
                foreach (var pair in pairs)
                {
                    owner.Values.Enqueue(pair);
                }
            }
        }
    }
}
