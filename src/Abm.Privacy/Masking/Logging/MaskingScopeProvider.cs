using Microsoft.Extensions.Logging;

namespace Abm.Privacy.Masking.Logging;

/// <summary>Masks scopes that did not pass a logger, such as the tags and the baggage of an activity.</summary>
internal sealed class MaskingScopeProvider(IExternalScopeProvider inner, LogMasker masker) : IExternalScopeProvider
{
    public void ForEachScope<TState>(Action<object?, TState> callback, TState state) =>
        inner.ForEachScope(static (scope, visit) => visit.See(scope), (Visit)new Visit<TState>(masker, callback, state));

    public IDisposable Push(object? state) => inner.Push(masker.MaskScope(state));

    // not generic, so that no scope provider is compiled for a type that contains its own argument
    private abstract class Visit
    {
        public abstract void See(object? scope);
    }

    private sealed class Visit<TState>(LogMasker masker, Action<object?, TState> callback, TState state) : Visit
    {
        public override void See(object? scope) => callback(masker.MaskScope(scope), state);
    }
}
