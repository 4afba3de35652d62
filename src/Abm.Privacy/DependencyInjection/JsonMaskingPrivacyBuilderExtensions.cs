using Abm.Privacy.Masking;
using Abm.Privacy.Masking.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>
/// Adds the masking of JSON documents: a <see cref="JsonMasker"/>. Data classes have the masks of the <see cref="IMasker"/> that
/// is registered under the same name or, without one, of the default one; there is always a default one.
/// </summary>
public static class JsonMaskingPrivacyBuilderExtensions
{
    /// <summary>Adds JSON masking.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets the rules, of which there must be one.</param>
    /// <returns>The same builder.</returns>
    public static PrivacyBuilder AddJsonMasking(this PrivacyBuilder builder, Action<JsonMaskingOptions>? configure = null) =>
        Add(builder, Options.Options.DefaultName, options => Configure(options, configure));

    /// <summary>Adds JSON masking under a name, as a keyed service.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name, which is the service's key.</param>
    /// <param name="configure">Sets the rules, of which there must be one.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static PrivacyBuilder AddJsonMasking(this PrivacyBuilder builder, string name, Action<JsonMaskingOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Add(builder, name, options => Configure(options, configure));
    }

    /// <summary>Adds JSON masking with the rules of a configuration section.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configuration">A section with the shape of <see cref="JsonMaskingOptions"/>.</param>
    /// <returns>The same builder.</returns>
    public static PrivacyBuilder AddJsonMasking(this PrivacyBuilder builder, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return Add(builder, Options.Options.DefaultName, options => Bind(options, configuration));
    }

    /// <summary>Adds JSON masking with the rules of a configuration section under a name, as a keyed service.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name, which is the service's key.</param>
    /// <param name="configuration">A section with the shape of <see cref="JsonMaskingOptions"/>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static PrivacyBuilder AddJsonMasking(this PrivacyBuilder builder, string name, IConfiguration configuration)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(configuration);
        return Add(builder, name, options => Bind(options, configuration));
    }

    private static void Configure(OptionsBuilder<JsonMaskingOptions> options, Action<JsonMaskingOptions>? configure)
    {
        if (configure is not null)
        {
            options.Configure(configure);
        }
    }

    private static void Bind(OptionsBuilder<JsonMaskingOptions> options, IConfiguration configuration) =>
        options
            .CheckShape(
                configuration,
                (nameof(JsonMaskingOptions.Masks), ConfigurationMember.Map),
                (nameof(JsonMaskingOptions.Classes), ConfigurationMember.Map),
                (nameof(JsonMaskingOptions.Engine), ConfigurationMember.Value),
                (nameof(JsonMaskingOptions.IgnoreCase), ConfigurationMember.Value),
                (nameof(JsonMaskingOptions.MaxDepth), ConfigurationMember.Value),
                (nameof(JsonMaskingOptions.MaxDocumentBytes), ConfigurationMember.Value),
                (nameof(JsonMaskingOptions.BrokenLineMarker), ConfigurationMember.Value))
            .Bind(configuration);

    private static PrivacyBuilder Add(PrivacyBuilder builder, string name, Action<OptionsBuilder<JsonMaskingOptions>> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        configure(builder.Services.AddValidatedOptions<JsonMaskingOptions, JsonMaskingOptionsValidator>(name));
        builder.AddMasking();
        builder.Services.TryAddNamed(name, provider => new JsonMasker(provider.GetValidatedOptions<JsonMaskingOptions>(name), FindMasker(provider, name)));
        return builder;
    }

    private static IMasker FindMasker(IServiceProvider provider, string name) =>
        (name == Options.Options.DefaultName ? null : provider.GetKeyedService<IMasker>(name)) ?? provider.GetRequiredService<IMasker>();
}
