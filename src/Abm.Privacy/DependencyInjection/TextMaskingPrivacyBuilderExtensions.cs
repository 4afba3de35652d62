using Abm.Privacy.Masking.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds what finds and redacts personal data in text: <see cref="TextScanner"/> and <see cref="TextRedactor"/>.</summary>
public static class TextMaskingPrivacyBuilderExtensions
{
    /// <summary>Adds a <see cref="TextScanner"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes what is found; without it every kind is.</param>
    /// <returns>The same builder.</returns>
    public static PrivacyBuilder AddTextScanner(this PrivacyBuilder builder, Action<TextScannerOptions>? configure = null) =>
        AddScanner(builder, Options.Options.DefaultName, options => options.Configure(configure ?? (_ => { })));

    /// <summary>Adds a <see cref="TextScanner"/> under a name, as a keyed service.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name, which is the service's key.</param>
    /// <param name="configure">Changes what is found; without it every kind is.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static PrivacyBuilder AddTextScanner(this PrivacyBuilder builder, string name, Action<TextScannerOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return AddScanner(builder, name, options => options.Configure(configure ?? (_ => { })));
    }

    /// <summary>Adds a <see cref="TextScanner"/> with what a configuration section says.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configuration">A section with the shape of <see cref="TextScannerOptions"/>.</param>
    /// <returns>The same builder.</returns>
    public static PrivacyBuilder AddTextScanner(this PrivacyBuilder builder, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return AddScanner(builder, Options.Options.DefaultName, options => Bind(options, configuration));
    }

    /// <summary>Adds a <see cref="TextScanner"/> with what a configuration section says under a name, as a keyed service.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name, which is the service's key.</param>
    /// <param name="configuration">A section with the shape of <see cref="TextScannerOptions"/>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static PrivacyBuilder AddTextScanner(this PrivacyBuilder builder, string name, IConfiguration configuration)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(configuration);
        return AddScanner(builder, name, options => Bind(options, configuration));
    }

    /// <summary>Adds a <see cref="TextRedactor"/>, and the <see cref="TextScanner"/> that it asks if there is none yet.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes what is written in place of a match; without it the match's kind is.</param>
    /// <returns>The same builder.</returns>
    public static PrivacyBuilder AddTextRedactor(this PrivacyBuilder builder, Action<TextRedactorOptions>? configure = null) =>
        AddRedactor(builder, Options.Options.DefaultName, options => options.Configure(configure ?? (_ => { })));

    /// <summary>Adds a <see cref="TextRedactor"/> under a name, as a keyed service, over the scanner of the same name.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name, which is the service's key.</param>
    /// <param name="configure">Changes what is written in place of a match; without it the match's kind is.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static PrivacyBuilder AddTextRedactor(this PrivacyBuilder builder, string name, Action<TextRedactorOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return AddRedactor(builder, name, options => options.Configure(configure ?? (_ => { })));
    }

    /// <summary>Adds a <see cref="TextRedactor"/> with what a configuration section says.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configuration">A section with the shape of <see cref="TextRedactorOptions"/>.</param>
    /// <returns>The same builder.</returns>
    public static PrivacyBuilder AddTextRedactor(this PrivacyBuilder builder, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return AddRedactor(builder, Options.Options.DefaultName, options => Bind(options, configuration));
    }

    /// <summary>Adds a <see cref="TextRedactor"/> with what a configuration section says under a name, as a keyed service.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name, which is the service's key.</param>
    /// <param name="configuration">A section with the shape of <see cref="TextRedactorOptions"/>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static PrivacyBuilder AddTextRedactor(this PrivacyBuilder builder, string name, IConfiguration configuration)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(configuration);
        return AddRedactor(builder, name, options => Bind(options, configuration));
    }

    private static void Bind(OptionsBuilder<TextScannerOptions> options, IConfiguration configuration) =>
        options.CheckShape(
            configuration,
            (nameof(TextScannerOptions.Kinds), ConfigurationMember.List),
            (nameof(TextScannerOptions.ExcludedKinds), ConfigurationMember.List),
            (nameof(TextScannerOptions.MinScore), ConfigurationMember.Value),
            (nameof(TextScannerOptions.AllowedValues), ConfigurationMember.List),
            (nameof(TextScannerOptions.AllowedDomains), ConfigurationMember.List),
            (nameof(TextScannerOptions.Patterns), ConfigurationMember.Map)).Bind(configuration);

    private static void Bind(OptionsBuilder<TextRedactorOptions> options, IConfiguration configuration) =>
        options.CheckShape(configuration, (nameof(TextRedactorOptions.Masks), ConfigurationMember.Map)).Bind(configuration);

    private static PrivacyBuilder AddScanner(PrivacyBuilder builder, string name, Action<OptionsBuilder<TextScannerOptions>> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        configure(builder.Services.AddValidatedOptions<TextScannerOptions, TextScannerOptionsValidator>(name));
        builder.Services.TryAddNamed(name, provider => new TextScanner(provider.GetValidatedOptions<TextScannerOptions>(name)));
        return builder;
    }

    private static PrivacyBuilder AddRedactor(PrivacyBuilder builder, string name, Action<OptionsBuilder<TextRedactorOptions>> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        AddScanner(builder, name, _ => { });
        configure(builder.Services.AddValidatedOptions<TextRedactorOptions, TextRedactorOptionsValidator>(name));
        builder.Services.TryAddNamed(name, provider => new TextRedactor(provider.GetNamed<TextScanner>(name), provider.GetValidatedOptions<TextRedactorOptions>(name)));
        return builder;
    }
}
