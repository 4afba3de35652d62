using Abm.Privacy.Encryption;
using Abm.Privacy.Keys;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>
/// Adds deterministic encryption, apart from <see cref="EncryptionPrivacyBuilderExtensions.AddEncryption(PrivacyBuilder, Action{KeyRingBuilder}?)"/>: it
/// is never had by accident, and only with a stated reason.
/// </summary>
public static class DeterministicEncryptionPrivacyBuilderExtensions
{
    /// <summary>
    /// Adds <see cref="IDeterministicEncryptor"/>. The keys are those of <c>AddEncryption</c>, or of any other call of this name that says
    /// where keys come from.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Gives the reason in <see cref="DeterministicEncryptionOptions.LeakageAccepted"/>; may be left out if another call gives it.</param>
    /// <returns>The same builder.</returns>
    public static PrivacyBuilder AddDeterministicEncryption(this PrivacyBuilder builder, Action<DeterministicEncryptionOptions>? configure = null) =>
        Add(builder, Options.Options.DefaultName, options => Configure(options, configure));

    /// <summary>Adds a named deterministic encryption, as a keyed service, over the keys of that name.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name, which is the service key.</param>
    /// <param name="configure">Gives the reason in <see cref="DeterministicEncryptionOptions.LeakageAccepted"/>; may be left out if another call gives it.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static PrivacyBuilder AddDeterministicEncryption(this PrivacyBuilder builder, string name, Action<DeterministicEncryptionOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Add(builder, name, options => Configure(options, configure));
    }

    /// <summary>Adds <see cref="IDeterministicEncryptor"/> with the reason from a configuration section.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configuration">A section in the shape of <see cref="DeterministicEncryptionOptions"/>.</param>
    /// <returns>The same builder.</returns>
    public static PrivacyBuilder AddDeterministicEncryption(this PrivacyBuilder builder, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return Add(builder, Options.Options.DefaultName, options => Bind(options, configuration));
    }

    /// <summary>Adds a named deterministic encryption, as a keyed service, with the reason from a configuration section.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name, which is the service key.</param>
    /// <param name="configuration">A section in the shape of <see cref="DeterministicEncryptionOptions"/>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static PrivacyBuilder AddDeterministicEncryption(this PrivacyBuilder builder, string name, IConfiguration configuration)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(configuration);
        return Add(builder, name, options => Bind(options, configuration));
    }

    private static void Configure(OptionsBuilder<DeterministicEncryptionOptions> options, Action<DeterministicEncryptionOptions>? configure)
    {
        if (configure is not null)
        {
            options.Configure(configure);
        }
    }

    private static void Bind(OptionsBuilder<DeterministicEncryptionOptions> options, IConfiguration configuration) =>
        options.CheckShape(configuration, (nameof(DeterministicEncryptionOptions.LeakageAccepted), ConfigurationMember.Value)).Bind(configuration);

    private static PrivacyBuilder Add(PrivacyBuilder builder, string name, Action<OptionsBuilder<DeterministicEncryptionOptions>> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddKeyRing(name, (Action<KeyRingBuilder>?)null);
        configure(builder.Services.AddValidatedOptions<DeterministicEncryptionOptions, DeterministicEncryptionOptionsValidator>(name));
        builder.Services.TryAddNamed<IDeterministicEncryptor>(name, provider =>
        {
            var options = provider.GetValidatedOptions<DeterministicEncryptionOptions>(name); // first, so that its faults come before any other
            return new DeterministicEncryptor(provider.GetNamed<KeyRing>(name), options);
        });
        return builder;
    }
}
