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
        builder.AddRetention(Options.Options.DefaultName, configure);

    /// <summary>Adds a retention evaluator as a keyed service.</summary>
    /// <param name="builder">The privacy builder.</param>
    /// <param name="name">The service key; an empty name is the default evaluator.</param>
    /// <param name="configure">Names the schedule.</param>
    /// <returns>The same builder.</returns>
    public static PrivacyBuilder AddRetention(this PrivacyBuilder builder, string name, Action<RetentionBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        builder.Add(name);
        configure?.Invoke(new RetentionBuilder(builder.Services, name));
        return builder;
    }

    /// <summary>Adds the default retention evaluator from configuration.</summary>
    /// <param name="builder">The privacy builder.</param>
    /// <param name="configuration">The section that holds <see cref="RetentionOptions"/>.</param>
    /// <returns>The same builder.</returns>
    public static PrivacyBuilder AddRetention(this PrivacyBuilder builder, IConfiguration configuration) =>
        builder.AddRetention(Options.Options.DefaultName, configuration);

    /// <summary>Adds a retention evaluator from configuration as a keyed service.</summary>
    /// <param name="builder">The privacy builder.</param>
    /// <param name="name">The service key; an empty name is the default evaluator.</param>
    /// <param name="configuration">The section that holds <see cref="RetentionOptions"/>.</param>
    /// <returns>The same builder.</returns>
    public static PrivacyBuilder AddRetention(this PrivacyBuilder builder, string name, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(configuration);
        builder.Add(name).Bind(configuration);
        return builder;
    }

    private static OptionsBuilder<RetentionOptions> Add(this PrivacyBuilder builder, string name)
    {
        builder.Services.TryAddNamed<IRetentionEvaluator>(name, provider => new ScheduledRetentionEvaluator(
            provider.GetValidatedOptions<RetentionOptions>(name).LoadSchedule(), provider.GetRequiredService<TimeProvider>()));
        return builder.Services.AddValidatedOptions<RetentionOptions, RetentionOptionsValidator>(name);
    }
}
