using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The entry into Abm.Privacy.</summary>
public static class PrivacyServiceCollectionExtensions
{
    /// <summary>Adds the privacy primitives that the delegate names.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Names the primitives: <c>privacy => privacy.AddMasking()</c>.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddAbmPrivacy(this IServiceCollection services, Action<PrivacyBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.TryAddSingleton(TimeProvider.System);
        configure(new PrivacyBuilder(services));
        return services;
    }
}
