using Abm.Privacy.Encryption;
using Abm.Privacy.Keys;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds field encryption.</summary>
public static class EncryptionPrivacyBuilderExtensions
{
    /// <summary>Adds <see cref="IFieldEncryptor"/>, the <see cref="KeyRing"/> it works with, and the <see cref="Rewrapper"/> over both.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="keys">Says where keys come from; may be left out if another call says it.</param>
    /// <returns>The same builder.</returns>
    public static PrivacyBuilder AddEncryption(this PrivacyBuilder builder, Action<KeyRingBuilder>? keys = null) =>
        Add(builder, Options.Options.DefaultName, keys);

    /// <summary>Adds <see cref="IFieldEncryptor"/> and its <see cref="KeyRing"/>, with options from a configuration section.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configuration">A section in the shape of <see cref="KeyRingOptions"/>.</param>
    /// <returns>The same builder.</returns>
    public static PrivacyBuilder AddEncryption(this PrivacyBuilder builder, IConfiguration configuration) =>
        Add(builder, Options.Options.DefaultName, configuration);

    /// <summary>Adds a named encryption with keys of its own, as keyed services.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name, which is the service key.</param>
    /// <param name="keys">Says where keys come from; may be left out if another call of that name says it.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static PrivacyBuilder AddEncryption(this PrivacyBuilder builder, string name, Action<KeyRingBuilder>? keys = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Add(builder, name, keys);
    }

    /// <summary>Adds a named encryption with keys of its own, as keyed services, with options from a configuration section.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name, which is the service key.</param>
    /// <param name="configuration">A section in the shape of <see cref="KeyRingOptions"/>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static PrivacyBuilder AddEncryption(this PrivacyBuilder builder, string name, IConfiguration configuration)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Add(builder, name, configuration);
    }

    private static PrivacyBuilder Add(PrivacyBuilder builder, string name, Action<KeyRingBuilder>? keys)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddKeyRing(name, keys);
        return builder.AddEncryptor(name);
    }

    private static PrivacyBuilder Add(PrivacyBuilder builder, string name, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddKeyRing(name, configuration);
        return builder.AddEncryptor(name);
    }

    private static PrivacyBuilder AddEncryptor(this PrivacyBuilder builder, string name)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddNamed<IFieldEncryptor>(name, provider => new FieldEncryptor(provider.GetNamed<KeyRing>(name)));
        builder.Services.TryAddNamed(name, provider =>
            new Rewrapper(provider.GetNamed<KeyRing>(name), provider.GetNamed<IFieldEncryptor>(name), provider.GetRequiredService<TimeProvider>()));
        return builder;
    }
}
