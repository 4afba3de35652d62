using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>
/// The one way in which a primitive is registered: options by name, validated at start and on first resolve; the
/// service unkeyed for the default name and keyed for every other, and never twice.
/// </summary>
internal static class NamedRegistration
{
    public static OptionsBuilder<TOptions> AddValidatedOptions<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TValidator>(
        this IServiceCollection services, string name)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>, TValidator>());
        return services.AddOptions<TOptions>(name).ValidateOnStart();
    }

    public static void TryAddNamed<TService>(this IServiceCollection services, string name, Func<IServiceProvider, TService> create)
        where TService : class
    {
        if (name == Options.Options.DefaultName)
        {
            services.TryAddSingleton(create);
        }
        else
        {
            services.TryAddKeyedSingleton(name, (provider, _) => create(provider));
        }
    }

    public static TService GetNamed<TService>(this IServiceProvider provider, string name)
        where TService : class =>
        name == Options.Options.DefaultName ? provider.GetRequiredService<TService>() : provider.GetRequiredKeyedService<TService>(name);

    /// <summary>The options of a name; throws with every fault if they are not valid.</summary>
    public static TOptions GetValidatedOptions<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(this IServiceProvider provider, string name)
        where TOptions : class =>
        provider.GetRequiredService<IOptionsMonitor<TOptions>>().Get(name);
}
