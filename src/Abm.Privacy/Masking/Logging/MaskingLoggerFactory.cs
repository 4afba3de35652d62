using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Abm.Privacy.Masking.Logging;

/// <summary>Puts masking before the loggers of a factory, whichever providers it has or will have.</summary>
internal sealed class MaskingLoggerFactory : ILoggerFactory
{
    /// <summary>The key under which the application's own factory is registered.</summary>
    public const string InnerKey = "Abm.Privacy.Masking.Logging";

    private readonly LogMasker _masker;
    private readonly ILoggerFactory _inner;
    private readonly ConcurrentDictionary<string, MaskingLogger> _loggers = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private ScopeProbe? _probe;

    public MaskingLoggerFactory(LogMasker masker, [FromKeyedServices(InnerKey)] ILoggerFactory inner, IEnumerable<ILoggerProvider> providers)
    {
        (_masker, _inner) = (masker, inner);
        foreach (var provider in providers)
        {
            MaskScopes(provider);
        }
    }

    public ILogger CreateLogger(string categoryName) =>
        _loggers.TryGetValue(categoryName, out var logger) ? logger : _loggers.GetOrAdd(categoryName, new MaskingLogger(_inner.CreateLogger(categoryName), _masker));

    public void AddProvider(ILoggerProvider provider)
    {
        _inner.AddProvider(provider);
        MaskScopes(provider);
    }

    public void Dispose() => _inner.Dispose();

    private void MaskScopes(ILoggerProvider provider)
    {
        if (provider is not ISupportExternalScope scoped)
        {
            return;
        }

        lock (_lock)
        {
            if (_probe is null)
            {
                _probe = new ScopeProbe();
                _inner.AddProvider(_probe);
            }

            if (_probe.Scopes is { } scopes)
            {
                scoped.SetScopeProvider(new MaskingScopeProvider(scopes, _masker));
            }
        }
    }
}
