using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Abm.Privacy.Masking.Logging;

/// <summary>A provider that logs nothing and learns from the factory where it keeps its scopes.</summary>
internal sealed class ScopeProbe : ILoggerProvider, ISupportExternalScope
{
    public IExternalScopeProvider? Scopes { get; private set; }

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => Scopes = scopeProvider;

    public ILogger CreateLogger(string categoryName) => NullLogger.Instance;

    public void Dispose()
    {
    }
}
