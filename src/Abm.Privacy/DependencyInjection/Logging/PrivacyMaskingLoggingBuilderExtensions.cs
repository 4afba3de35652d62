using Abm.Privacy.Masking.Logging;
using Abm.Privacy.Masking.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.Logging;

/// <summary>Masks personal data in what an application logs.</summary>
public static class PrivacyMaskingLoggingBuilderExtensions
{
    /// <summary>
    /// Masks messages, structured values, scopes and exceptions before they reach any provider, whether it is added before
    /// or after. Calling it again only adds to the options.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes which keys are hidden or masked; without it the defaults apply.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">No logger factory is registered.</exception>
    public static ILoggingBuilder AddPrivacyMasking(this ILoggingBuilder builder, Action<LogMaskingOptions>? configure = null) =>
        Add(builder, options => options.Configure(configure ?? (_ => { })));

    /// <summary>
    /// Masks messages, structured values, scopes and exceptions before they reach any provider, whether it is added before
    /// or after, with what a configuration section says.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configuration">A section with the shape of <see cref="LogMaskingOptions"/>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">No logger factory is registered.</exception>
    public static ILoggingBuilder AddPrivacyMasking(this ILoggingBuilder builder, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return Add(builder, options => options.CheckShape(
            configuration,
            (nameof(LogMaskingOptions.RedactorName), ConfigurationMember.Value),
            (nameof(LogMaskingOptions.HiddenKeys), ConfigurationMember.List),
            (nameof(LogMaskingOptions.Masks), ConfigurationMember.Map)).Bind(configuration));
    }

    private static ILoggingBuilder Add(ILoggingBuilder builder, Action<OptionsBuilder<LogMaskingOptions>> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        var factory = services.LastOrDefault(service => service.ServiceType == typeof(ILoggerFactory) && !service.IsKeyedService)
            ?? throw new InvalidOperationException("There is no ILoggerFactory whose logs could be masked. Call AddLogging first.");

        configure(services.AddValidatedOptions<LogMaskingOptions, LogMaskingOptionsValidator>(Options.Options.DefaultName));
        services.TryAddSingleton(CreateMasker);
        if (factory.ImplementationType != typeof(MaskingLoggerFactory))
        {
            // the factory is resolved when everything is registered, so every provider is in it
            services.Add(UnderKey(factory));
            services[services.IndexOf(factory)] = ServiceDescriptor.Singleton<ILoggerFactory, MaskingLoggerFactory>();
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LogMaskingPresence>, LogMaskingPresenceValidator>());
        services.AddOptions<LogMaskingPresence>().ValidateOnStart();
        return builder;
    }

    private static ServiceDescriptor UnderKey(ServiceDescriptor factory) => factory switch
    {
        { ImplementationInstance: { } instance } => ServiceDescriptor.KeyedSingleton(typeof(ILoggerFactory), MaskingLoggerFactory.InnerKey, instance),
        { ImplementationType: { } type } => ServiceDescriptor.KeyedSingleton(typeof(ILoggerFactory), MaskingLoggerFactory.InnerKey, type),
        _ => ServiceDescriptor.KeyedSingleton(typeof(ILoggerFactory), MaskingLoggerFactory.InnerKey, (provider, _) => factory.ImplementationFactory!(provider)),
    };

    private static LogMasker CreateMasker(IServiceProvider provider)
    {
        var options = provider.GetValidatedOptions<LogMaskingOptions>(Options.Options.DefaultName);
        return new LogMasker(options, options.RedactorName is { } name
            ? provider.GetKeyedService<TextRedactor>(name) ?? throw new OptionsValidationException(
                Options.Options.DefaultName, typeof(LogMaskingOptions), [$"Log masking: there is no text redactor '{name}'. Add it with AddTextRedactor, or correct RedactorName."])
            : provider.GetService<TextRedactor>() ?? TextRedactor.Default);
    }
}
