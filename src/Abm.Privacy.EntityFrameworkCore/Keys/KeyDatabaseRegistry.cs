using Microsoft.Extensions.DependencyInjection;

namespace Abm.Privacy.EntityFrameworkCore.Keys;

/// <summary>Which key ring keeps its keys in which databases.</summary>
internal sealed class KeyDatabaseRegistry
{
    private readonly Dictionary<string, (Type Context, Func<IServiceProvider, KeyContextSource> Source)> _dataKeys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (TenantKeyContextFactory Factory, bool Accepted)> _tenantKeys = new(StringComparer.Ordinal);

    /// <summary>The one of these services.</summary>
    public static KeyDatabaseRegistry Of(IServiceCollection services)
    {
        if (services.FirstOrDefault(service => service.ServiceType == typeof(KeyDatabaseRegistry))?.ImplementationInstance is KeyDatabaseRegistry known)
        {
            return known;
        }

        var registry = new KeyDatabaseRegistry();
        services.AddSingleton(registry);
        return registry;
    }

    /// <exception cref="InvalidOperationException">Another key ring has the context already, or this one another context.</exception>
    public void AddDataKeys(string name, Type context, Func<IServiceProvider, KeyContextSource> source)
    {
        if (_dataKeys.FirstOrDefault(other => other.Key != name && other.Value.Context == context) is { Value.Context: not null } other)
        {
            throw new InvalidOperationException(
                $"The data keys of {Describe(other.Key)} live in {context.Name} already, and two key rings cannot share the tables. Use another context for {Describe(name)}.");
        }

        if (_dataKeys.TryGetValue(name, out var known) && known.Context != context)
        {
            throw new InvalidOperationException($"The data keys of {Describe(name)} live in {known.Context.Name} already. Keep one UseDatabase call.");
        }

        _dataKeys[name] = (context, source);
    }

    public void AddTenantKeys(string name, TenantKeyContextFactory factory, bool accepted) => _tenantKeys[name] = (factory, accepted);

    public KeyContextSource? FindDataKeys(string name, IServiceProvider services) =>
        _dataKeys.TryGetValue(name, out var found) ? found.Source(services) : null;

    /// <summary>Null too where data keys beside the tenant keys were accepted.</summary>
    public TenantKeyContextFactory? FindTenantKeysApart(string name) =>
        _tenantKeys.TryGetValue(name, out var found) && !found.Accepted ? found.Factory : null;

    private static string Describe(string name) => name.Length == 0 ? "the default key ring" : $"the key ring '{name}'";
}
