using Abm.Privacy.Erasure;
using Abm.Privacy.Keys;
using Abm.Privacy.Pseudonymization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds erasure.</summary>
public static class ErasurePrivacyBuilderExtensions
{
    /// <summary>
    /// Adds <see cref="SubjectErasure"/> over the key ring, the pseudonymizer and every <see cref="IDerivedArtefactSource"/> of the
    /// default registration.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Declares what receipts state and names the signing certificate.</param>
    /// <returns>The same builder.</returns>
    public static PrivacyBuilder AddErasure(this PrivacyBuilder builder, Action<ErasureOptions>? configure = null) =>
        Add(builder, Options.Options.DefaultName, configure);

    /// <summary>Adds a named <see cref="SubjectErasure"/> as a keyed service, over the keys of that name.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name, which is the service key.</param>
    /// <param name="configure">Declares what receipts state and names the signing certificate.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static PrivacyBuilder AddErasure(this PrivacyBuilder builder, string name, Action<ErasureOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Add(builder, name, configure);
    }

    /// <summary>Adds <see cref="SubjectErasure"/> with options from a configuration section.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configuration">A section in the shape of <see cref="ErasureOptions"/>.</param>
    /// <returns>The same builder.</returns>
    public static PrivacyBuilder AddErasure(this PrivacyBuilder builder, IConfiguration configuration) =>
        Add(builder, Options.Options.DefaultName, configuration);

    /// <summary>Adds a named <see cref="SubjectErasure"/> as a keyed service, with options from a configuration section.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name, which is the service key.</param>
    /// <param name="configuration">A section in the shape of <see cref="ErasureOptions"/>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static PrivacyBuilder AddErasure(this PrivacyBuilder builder, string name, IConfiguration configuration)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Add(builder, name, configuration);
    }

    private static PrivacyBuilder Add(PrivacyBuilder builder, string name, Action<ErasureOptions>? configure)
    {
        Register(builder, name).Configure(options => configure?.Invoke(options));
        return builder;
    }

    private static PrivacyBuilder Add(PrivacyBuilder builder, string name, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        Register(builder, name).CheckShape(
            configuration,
            (nameof(ErasureOptions.EncryptedSinceFirstWrite), ConfigurationMember.Value),
            (nameof(ErasureOptions.KeyBackups), ConfigurationMember.Section),
            (nameof(ErasureOptions.NoDerivedValues), ConfigurationMember.Value),
            (nameof(ErasureOptions.NoKeyBackups), ConfigurationMember.Value),
            (nameof(ErasureOptions.PseudonymDomain), ConfigurationMember.Value),
            (nameof(ErasureOptions.SigningCertificate), ConfigurationMember.Section)).Bind(configuration);
        return builder;
    }

    private static OptionsBuilder<ErasureOptions> Register(PrivacyBuilder builder, string name)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        _ = name == Options.Options.DefaultName ? builder.AddEncryption().AddPseudonymization() : builder.AddEncryption(name).AddPseudonymization(name);
        services.TryAddNamed(name, provider => new ReceiptSigner(
            provider.GetValidatedOptions<ErasureOptions>(name), provider.GetRequiredService<TimeProvider>()));
        services.TryAddNamed(name, provider => new SubjectErasure(
            provider.GetNamed<KeyRing>(name),
            provider.GetNamed<IDataKeyStore>(name),
            name == Options.Options.DefaultName ? provider.GetServices<IDerivedArtefactSource>() : provider.GetKeyedServices<IDerivedArtefactSource>(name),
            provider.GetNamed<IPseudonymizer>(name),
            provider.GetNamed<ReceiptSigner>(name),
            provider.GetValidatedOptions<ErasureOptions>(name),
            provider.GetRequiredService<TimeProvider>()));
        return services.AddValidatedOptions<ErasureOptions, ErasureOptionsValidator>(name);
    }
}
