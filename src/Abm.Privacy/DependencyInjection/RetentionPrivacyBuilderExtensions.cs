using Abm.Privacy.Retention;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers retention: an <see cref="IRetentionEvaluator"/> with its schedule.</summary>
public static class RetentionPrivacyBuilderExtensions
{
    /// <summary>Adds the default retention evaluator.</summary>
    /// <param name="builder">The privacy builder.</param>
    /// <param name="configure">Names the schedule: <c>retention => retention.UseScheduleFile("policies/retention.json")</c>.</param>
    /// <returns>The same builder.</returns>
    public static PrivacyBuilder AddRetention(this PrivacyBuilder builder, Action<RetentionBuilder>? configure = null) =>
        Add(builder, Options.Options.DefaultName, configure);

    /// <summary>Adds a retention evaluator as a keyed service.</summary>
    /// <param name="builder">The privacy builder.</param>
    /// <param name="name">The service key.</param>
    /// <param name="configure">Names the schedule.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static PrivacyBuilder AddRetention(this PrivacyBuilder builder, string name, Action<RetentionBuilder>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Add(builder, name, configure);
    }

    /// <summary>Adds the default retention evaluator from configuration.</summary>
    /// <param name="builder">The privacy builder.</param>
    /// <param name="configuration">The section that holds <see cref="RetentionOptions"/>.</param>
    /// <returns>The same builder.</returns>
    public static PrivacyBuilder AddRetention(this PrivacyBuilder builder, IConfiguration configuration) =>
        Add(builder, Options.Options.DefaultName, configuration);

    /// <summary>Adds a retention evaluator from configuration as a keyed service.</summary>
    /// <param name="builder">The privacy builder.</param>
    /// <param name="name">The service key.</param>
    /// <param name="configuration">The section that holds <see cref="RetentionOptions"/>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static PrivacyBuilder AddRetention(this PrivacyBuilder builder, string name, IConfiguration configuration)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Add(builder, name, configuration);
    }

    private static PrivacyBuilder Add(PrivacyBuilder builder, string name, Action<RetentionBuilder>? configure)
    {
        Register(builder, name);
        configure?.Invoke(new RetentionBuilder(builder.Services, name));
        return builder;
    }

    private static PrivacyBuilder Add(PrivacyBuilder builder, string name, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        Register(builder, name).CheckShape(configuration, (nameof(RetentionOptions.ScheduleFile), ConfigurationMember.Value)).Bind(configuration);
        return builder;
    }

    private static OptionsBuilder<RetentionOptions> Register(PrivacyBuilder builder, string name)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddNamed<IRetentionEvaluator>(name, provider => new ScheduledRetentionEvaluator(
            provider.GetValidatedOptions<RetentionOptions>(name).LoadSchedule(), provider.GetRequiredService<TimeProvider>()));
        return builder.Services.AddValidatedOptions<RetentionOptions, RetentionOptionsValidator>(name);
    }
}
