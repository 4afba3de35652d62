using Abm.Privacy.Masking;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds masking: an <see cref="IMasker"/> that masks a value by its data class.</summary>
public static class MaskingPrivacyBuilderExtensions
{
    /// <summary>Adds masking.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes the masks of data classes; without it each class has its default mask.</param>
    /// <returns>The same builder.</returns>
    public static PrivacyBuilder AddMasking(this PrivacyBuilder builder, Action<MaskingOptions>? configure = null) =>
        Add(builder, Options.Options.DefaultName, options => Configure(options, configure));

    /// <summary>Adds masking under a name, as a keyed service.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name, which is the service's key.</param>
    /// <param name="configure">Changes the masks of data classes; without it each class has its default mask.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static PrivacyBuilder AddMasking(this PrivacyBuilder builder, string name, Action<MaskingOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Add(builder, name, options => Configure(options, configure));
    }

    /// <summary>Adds masking with the masks of a configuration section.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configuration">A section with the shape of <see cref="MaskingOptions"/>.</param>
    /// <returns>The same builder.</returns>
    public static PrivacyBuilder AddMasking(this PrivacyBuilder builder, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return Add(builder, Options.Options.DefaultName, options => Bind(options, configuration));
    }

    /// <summary>Adds masking with the masks of a configuration section under a name, as a keyed service.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name, which is the service's key.</param>
    /// <param name="configuration">A section with the shape of <see cref="MaskingOptions"/>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static PrivacyBuilder AddMasking(this PrivacyBuilder builder, string name, IConfiguration configuration)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(configuration);
        return Add(builder, name, options => Bind(options, configuration));
    }

    private static void Configure(OptionsBuilder<MaskingOptions> options, Action<MaskingOptions>? configure)
    {
        if (configure is not null)
        {
            options.Configure(configure);
        }
    }

    private static void Bind(OptionsBuilder<MaskingOptions> options, IConfiguration configuration) =>
        options.CheckShape(configuration, (nameof(MaskingOptions.Classes), ConfigurationMember.Map)).Bind(configuration);

    private static PrivacyBuilder Add(PrivacyBuilder builder, string name, Action<OptionsBuilder<MaskingOptions>> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        configure(builder.Services.AddValidatedOptions<MaskingOptions, MaskingOptionsValidator>(name));
        builder.Services.TryAddNamed<IMasker>(name, provider => new Masker(provider.GetValidatedOptions<MaskingOptions>(name)));
        return builder;
    }
}
