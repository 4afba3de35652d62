using Abm.Privacy.Consent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>
/// Registers consent decisions: <see cref="IConsentEvaluator"/>, <see cref="CompiledConsentEvaluator"/> and <see cref="ConsentPolicy"/>, and <see cref="IConsentService"/>, which needs a
/// ledger. All are singletons.
/// </summary>
public static class ConsentPrivacyBuilderExtensions
{
    /// <summary>Adds consent decisions.</summary>
    /// <param name="builder">The builder of <c>AddAbmPrivacy</c>.</param>
    /// <param name="configure">Names the policies: <c>consent => consent.UsePolicyFile("policies/consent.json")</c>.</param>
    /// <returns>The same builder.</returns>
    public static PrivacyBuilder AddConsent(this PrivacyBuilder builder, Action<ConsentBuilder>? configure = null) =>
        Add(builder, Options.Options.DefaultName, configure);

    /// <summary>Adds consent decisions under a name: the services are keyed by it.</summary>
    /// <param name="builder">The builder of <c>AddAbmPrivacy</c>.</param>
    /// <param name="name">The name; the key of the services.</param>
    /// <param name="configure">Names the policies.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static PrivacyBuilder AddConsent(this PrivacyBuilder builder, string name, Action<ConsentBuilder>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Add(builder, name, configure);
    }

    /// <summary>Adds consent decisions from a configuration section in the shape of <see cref="ConsentOptions"/>.</summary>
    /// <param name="builder">The builder of <c>AddAbmPrivacy</c>.</param>
    /// <param name="configuration">The section.</param>
    /// <returns>The same builder.</returns>
    public static PrivacyBuilder AddConsent(this PrivacyBuilder builder, IConfiguration configuration) =>
        Add(builder, Options.Options.DefaultName, configuration);

    /// <summary>Adds consent decisions under a name from a configuration section.</summary>
    /// <param name="builder">The builder of <c>AddAbmPrivacy</c>.</param>
    /// <param name="name">The name; the key of the services.</param>
    /// <param name="configuration">The section.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static PrivacyBuilder AddConsent(this PrivacyBuilder builder, string name, IConfiguration configuration)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Add(builder, name, configuration);
    }

    private static PrivacyBuilder Add(PrivacyBuilder builder, string name, Action<ConsentBuilder>? configure)
    {
        Register(builder, name);
        configure?.Invoke(new ConsentBuilder(builder.Services, name));
        return builder;
    }

    private static PrivacyBuilder Add(PrivacyBuilder builder, string name, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        Register(builder, name);
        builder.Services.AddOptions<ConsentOptions>(name)
            .CheckShape(
                configuration,
                (nameof(ConsentOptions.PolicyFiles), ConfigurationMember.List),
                (nameof(ConsentOptions.RequireSignature), ConfigurationMember.Value),
                (nameof(ConsentOptions.TrustedCertificates), ConfigurationMember.List))
            .Bind(configuration);
        return builder;
    }

    private static void Register(PrivacyBuilder builder, string name)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddValidatedOptions<ConsentOptions, ConsentOptionsValidator>(name);
        builder.Services.TryAddNamed(name, provider => provider.GetValidatedOptions<ConsentOptions>(name).Load());
        builder.Services.TryAddNamed(name, provider => new CompiledConsentEvaluator(
            provider.GetNamed<ConsentPolicy>(name),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<ILoggerFactory>()?.CreateLogger<ConsentEvaluator>()));
        builder.Services.TryAddNamed<IConsentEvaluator>(name, provider => provider.GetNamed<CompiledConsentEvaluator>(name));
        ConsentRegistration.AddService(builder.Services, name);
    }
}
