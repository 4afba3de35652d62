using Abm.Privacy.Encryption.BlindIndexes;
using Abm.Privacy.Keys;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds blind indexes.</summary>
public static class BlindIndexPrivacyBuilderExtensions
{
    /// <summary>Adds <see cref="IBlindIndexer"/> and the <see cref="KeyRing"/> it works with.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="keys">Says where keys come from; may be left out if another call says it.</param>
    /// <returns>The same builder.</returns>
    public static PrivacyBuilder AddBlindIndex(this PrivacyBuilder builder, Action<KeyRingBuilder>? keys = null) =>
        Add(builder, Options.Options.DefaultName, keys);

    /// <summary>Adds <see cref="IBlindIndexer"/> and its <see cref="KeyRing"/>, with options from a configuration section.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configuration">A section in the shape of <see cref="KeyRingOptions"/>.</param>
    /// <returns>The same builder.</returns>
    public static PrivacyBuilder AddBlindIndex(this PrivacyBuilder builder, IConfiguration configuration) =>
        Add(builder, Options.Options.DefaultName, configuration);

    /// <summary>Adds named blind indexes with keys of their own, as keyed services.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name, which is the service key.</param>
    /// <param name="keys">Says where keys come from; may be left out if another call of that name says it.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static PrivacyBuilder AddBlindIndex(this PrivacyBuilder builder, string name, Action<KeyRingBuilder>? keys = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Add(builder, name, keys);
    }

    /// <summary>Adds named blind indexes with keys of their own, as keyed services, with options from a configuration section.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name, which is the service key.</param>
    /// <param name="configuration">A section in the shape of <see cref="KeyRingOptions"/>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static PrivacyBuilder AddBlindIndex(this PrivacyBuilder builder, string name, IConfiguration configuration)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Add(builder, name, configuration);
    }

    private static PrivacyBuilder Add(PrivacyBuilder builder, string name, Action<KeyRingBuilder>? keys)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddKeyRing(name, keys);
        return builder.AddIndexer(name);
    }

    private static PrivacyBuilder Add(PrivacyBuilder builder, string name, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddKeyRing(name, configuration);
        return builder.AddIndexer(name);
    }

    private static PrivacyBuilder AddIndexer(this PrivacyBuilder builder, string name)
    {
        builder.Services.TryAddNamed<IBlindIndexer>(name, provider => new BlindIndexer(provider.GetNamed<KeyRing>(name)));
        return builder;
    }
}
