using Abm.Privacy.Masking;
using Abm.Privacy.Masking.Views;
using Abm.Privacy.Pseudonymization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds views: what each role sees of each data class.</summary>
public static class MaskingViewsPrivacyBuilderExtensions
{
    /// <summary>
    /// Adds <see cref="MaskingViews"/> over the masker, which is added too, and <see cref="IViewPseudonymSource"/>, which needs
    /// <c>AddPseudonymization</c>.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Declares the roles; without it nobody sees anything.</param>
    /// <returns>The same builder.</returns>
    public static PrivacyBuilder AddMaskingViews(this PrivacyBuilder builder, Action<MaskingViewOptions>? configure = null) =>
        Add(builder, Options.Options.DefaultName, options => Configure(options, configure));

    /// <summary>Adds views under a name, as keyed services, over the masker and pseudonymizer of that name.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name, which is the service's key.</param>
    /// <param name="configure">Declares the roles; without it nobody sees anything.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static PrivacyBuilder AddMaskingViews(this PrivacyBuilder builder, string name, Action<MaskingViewOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Add(builder, name, options => Configure(options, configure));
    }

    /// <summary>Adds views with the roles of a configuration section.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configuration">A section with the shape of <see cref="MaskingViewOptions"/>.</param>
    /// <returns>The same builder.</returns>
    public static PrivacyBuilder AddMaskingViews(this PrivacyBuilder builder, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return Add(builder, Options.Options.DefaultName, options => Bind(options, configuration));
    }

    /// <summary>Adds views with the roles of a configuration section under a name, as keyed services.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name, which is the service's key.</param>
    /// <param name="configuration">A section with the shape of <see cref="MaskingViewOptions"/>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static PrivacyBuilder AddMaskingViews(this PrivacyBuilder builder, string name, IConfiguration configuration)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(configuration);
        return Add(builder, name, options => Bind(options, configuration));
    }

    private static void Configure(OptionsBuilder<MaskingViewOptions> options, Action<MaskingViewOptions>? configure)
    {
        if (configure is not null)
        {
            options.Configure(configure);
        }
    }

    private static void Bind(OptionsBuilder<MaskingViewOptions> options, IConfiguration configuration)
    {
        var roles = configuration.GetSection(nameof(MaskingViewOptions.Roles));
        options
            .CheckShape(
                configuration,
                (nameof(MaskingViewOptions.Roles), ConfigurationMember.Section),
                (nameof(MaskingViewOptions.PseudonymDomain), ConfigurationMember.Value))
            .CheckParts(() => roles.GetChildren().SelectMany(role => ConfigurationShape.Faults(role, (nameof(MaskingProfile.Classes), ConfigurationMember.Map))))
            .Bind(configuration);
    }

    private static PrivacyBuilder Add(PrivacyBuilder builder, string name, Action<OptionsBuilder<MaskingViewOptions>> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        _ = name == Options.Options.DefaultName ? builder.AddMasking() : builder.AddMasking(name);
        configure(builder.Services.AddValidatedOptions<MaskingViewOptions, MaskingViewOptionsValidator>(name));
        builder.Services.TryAddNamed(name, provider => new MaskingViews(provider.GetValidatedOptions<MaskingViewOptions>(name), provider.GetNamed<IMasker>(name)));
        builder.Services.TryAddNamed<IViewPseudonymSource>(name, provider => new ViewPseudonymSource(
            provider.GetNamed<IPseudonymizer>(name), new PseudonymDomain(provider.GetValidatedOptions<MaskingViewOptions>(name).PseudonymDomain)));
        return builder;
    }
}
