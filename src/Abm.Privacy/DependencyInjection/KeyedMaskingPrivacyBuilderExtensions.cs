using Abm.Privacy.Keys;
using Abm.Privacy.Masking.Keyed;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds keyed masking: tokens, fakes, shifted dates and noise under a key of the key ring.</summary>
public static class KeyedMaskingPrivacyBuilderExtensions
{
    /// <summary>Adds <see cref="MaskingKeyProvider"/> and the <see cref="KeyRing"/> it works with.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="keys">Says where keys come from; may be left out if another call says it.</param>
    /// <returns>The same builder.</returns>
    public static PrivacyBuilder AddKeyedMasking(this PrivacyBuilder builder, Action<KeyRingBuilder>? keys = null) =>
        Add(builder, Options.Options.DefaultName, keys);

    /// <summary>Adds <see cref="MaskingKeyProvider"/> and its <see cref="KeyRing"/>, with options from a configuration section.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configuration">A section in the shape of <see cref="KeyRingOptions"/>.</param>
    /// <returns>The same builder.</returns>
    public static PrivacyBuilder AddKeyedMasking(this PrivacyBuilder builder, IConfiguration configuration) =>
        Add(builder, Options.Options.DefaultName, configuration);

    /// <summary>Adds a named keyed masking with keys of its own, as keyed services.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name, which is the service key.</param>
    /// <param name="keys">Says where keys come from; may be left out if another call of that name says it.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static PrivacyBuilder AddKeyedMasking(this PrivacyBuilder builder, string name, Action<KeyRingBuilder>? keys = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Add(builder, name, keys);
    }

    /// <summary>Adds a named keyed masking with keys of its own, as keyed services, with options from a configuration section.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name, which is the service key.</param>
    /// <param name="configuration">A section in the shape of <see cref="KeyRingOptions"/>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static PrivacyBuilder AddKeyedMasking(this PrivacyBuilder builder, string name, IConfiguration configuration)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Add(builder, name, configuration);
    }

    private static PrivacyBuilder Add(PrivacyBuilder builder, string name, Action<KeyRingBuilder>? keys)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddKeyRing(name, keys);
        return builder.AddMaskingKeys(name);
    }

    private static PrivacyBuilder Add(PrivacyBuilder builder, string name, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddKeyRing(name, configuration);
        return builder.AddMaskingKeys(name);
    }

    private static PrivacyBuilder AddMaskingKeys(this PrivacyBuilder builder, string name)
    {
        builder.Services.TryAddNamed(name, provider => new MaskingKeyProvider(provider.GetNamed<KeyRing>(name)));
        return builder;
    }
}
