using System.Diagnostics;
using Abm.Privacy.Masking;
using Abm.Privacy.Masking.Logging;
using Abm.Privacy.Masking.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Abm.Privacy.Tests.Masking.Logging;

public class LogMaskingRegistrationTests
{
    private const string Email = "jane.doe@example.com";

    [Fact]
    public void Providers_are_masked_whenever_they_are_added()
    {
        CapturingProvider[] providers = [new(), new(), new()];
        using var services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(providers[0]).AddPrivacyMasking().AddProvider(providers[1]))
            .BuildServiceProvider();
        var factory = services.GetRequiredService<ILoggerFactory>();
        var early = factory.CreateLogger("Shop");
        factory.AddProvider(providers[2]);

        using (early.BeginScope("for {To}", Email))
        {
            early.LogInformation("to {To}", Email);
            services.GetRequiredService<ILogger<CapturingProvider>>().LogInformation("to {To}", Email);
        }

        Assert.All(providers, provider =>
        {
            Assert.Equal(["to [email]", "to [email]"], provider.Messages);
            Assert.Contains("for [email]", provider.Seen);
            Assert.DoesNotContain(Email, provider.All, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Adding_twice_masks_once_and_the_options_add_up()
    {
        using var provider = new CapturingProvider();
        var services = new ServiceCollection().AddLogging(logging => logging
            .AddPrivacyMasking(options => options.Masks["To"] = "email")
            .AddProvider(provider)
            .AddPrivacyMasking(options => options.HiddenKeys.Add("Plate"))
            .AddPrivacyMasking());
        using var built = services.BuildServiceProvider();

        built.GetRequiredService<ILoggerFactory>().CreateLogger("Shop").LogInformation("{To} {Plate}", Email, "B-AB 12");

        Assert.StartsWith("j***@example.com ***", Assert.Single(provider.Messages), StringComparison.Ordinal);
        Assert.Single(services, service => service.ServiceType == typeof(ILoggerFactory) && !service.IsKeyedService);
        Assert.Single(services, service => service.ServiceType == typeof(ILoggerFactory) && service.IsKeyedService);
        Assert.Single(services, service => service.ServiceType == typeof(IValidateOptions<LogMaskingOptions>));
    }

    [Fact]
    public void Rules_by_provider_still_apply()
    {
        using var provider = new CapturingProvider();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [new("LogLevel:Default", "Error"), new("Capture:LogLevel:Default", "Warning"), new("Capture:LogLevel:Shop.Loud", "Debug")]).Build();
        using var factory = LoggerFactory.Create(logging => logging.AddPrivacyMasking().AddConfiguration(configuration).AddProvider(provider)
            .AddFilter<CapturingProvider>("Shop.Never", LogLevel.None));

        factory.CreateLogger("Shop.Quiet").LogInformation("no");
        factory.CreateLogger("Shop.Quiet").LogWarning("yes");
        factory.CreateLogger("Shop.Loud").LogDebug("loud");
        factory.CreateLogger("Shop.Never").LogCritical("no");

        Assert.Equal(["yes", "loud"], provider.Messages);
        Assert.False(factory.CreateLogger("Shop.Quiet").IsEnabled(LogLevel.Information));
    }

    [Fact]
    public void A_provider_that_keeps_scopes_by_itself_gets_them_masked()
    {
        using var provider = new OwnScopesProvider();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(provider).AddPrivacyMasking());
        var logger = factory.CreateLogger("Shop");

        logger.BeginScope("for {To}", Email)!.Dispose();
        logger.BeginScope(Email)!.Dispose();
        logger.BeginScope(new Dictionary<string, object?> { ["To"] = Email, ["Token"] = "t-1" })!.Dispose();

        Assert.Equal(["To=[email], {OriginalFormat}=for {To}", "[email]", "To=[email], Token=***"], provider.Scopes);
        Assert.Equal(3, provider.Ended);
    }

    [Fact]
    public void Tags_and_baggage_of_an_activity_are_masked()
    {
        using var provider = new CapturingProvider();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(provider).AddPrivacyMasking()
            .Configure(options => options.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.Tags | ActivityTrackingOptions.Baggage));
        using var activity = new Activity("send").SetTag("to", Email).AddBaggage("customer", Email).Start();

        factory.CreateLogger("Shop").LogInformation("sent");

        Assert.Contains(activity.TraceId.ToHexString(), provider.All, StringComparison.Ordinal);
        Assert.Contains("customer", provider.All, StringComparison.Ordinal);
        Assert.DoesNotContain(Email, provider.All, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scope_ends_where_it_ends()
    {
        using var provider = new CapturingProvider();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(provider).AddPrivacyMasking());
        var logger = factory.CreateLogger("Shop");
        logger.BeginScope("outer scope")!.Dispose();
        logger.LogInformation("after");

        Assert.DoesNotContain("outer scope", provider.All, StringComparison.Ordinal);
    }

    [Fact]
    public void Providers_end_with_the_container()
    {
        using var added = new CapturingProvider();
        var services = new ServiceCollection().AddLogging(logging => logging.AddPrivacyMasking());
        services.AddSingleton<ILoggerProvider>(_ => new CapturingProvider());
        var built = services.BuildServiceProvider();
        built.GetRequiredService<ILoggerFactory>().AddProvider(added);
        var registered = built.GetServices<ILoggerProvider>().OfType<CapturingProvider>().Single();

        built.Dispose();

        Assert.True(registered.IsDisposed);
        Assert.True(added.IsDisposed);
    }

    [Theory]
    [InlineData(ConsoleFormatterNames.Simple)]
    [InlineData(ConsoleFormatterNames.Json)]
    [InlineData(ConsoleFormatterNames.Systemd)]
    public void The_console_of_a_host_shows_masked_text(string formatter)
    {
        using var output = new StringWriter();
        var before = Console.Out;
        Console.SetOut(output);
        try
        {
            var builder = Host.CreateApplicationBuilder();
            builder.Logging.ClearProviders();
            builder.Logging.AddPrivacyMasking();
            builder.Logging.AddConsole(options => options.FormatterName = formatter);
            builder.Logging.AddSimpleConsole(options => options.IncludeScopes = true);
            builder.Logging.AddJsonConsole(options => options.IncludeScopes = true);
            builder.Logging.AddSystemdConsole(options => options.IncludeScopes = true);
            builder.Logging.AddConsole(options => options.FormatterName = formatter);
            using var host = builder.Build();
            var logger = host.Services.GetRequiredService<ILogger<LogMaskingRegistrationTests>>();
            using (logger.BeginScope(new Dictionary<string, object> { ["Customer"] = Email, ["Password"] = "hunter2" }))
            {
                LogShapes.Generated(logger, "spring for " + Email, 5, 2.5);
                logger.LogError(new InvalidOperationException(Email), "sent to {To}", Email);
            }
        }
        finally
        {
            Console.SetOut(before);
        }

        var text = output.ToString();
        Assert.Contains("Campaign spring for [email] reached 5 contacts in 2.5 ms", text, StringComparison.Ordinal);
        Assert.Contains("System.InvalidOperationException: [email]", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Email, text, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_factory_that_is_registered_later_and_would_log_in_clear_stops_the_start()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddPrivacyMasking();
        builder.Services.AddSingleton<ILoggerFactory>(_ => new LoggerFactory());
        using var host = builder.Build();

        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("would log in clear", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_factory_of_the_applications_own_is_masked_where_masking_comes_last()
    {
        using var provider = new CapturingProvider();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddPrivacyMasking();
        builder.Services.AddSingleton<ILoggerFactory>(_ => new LoggerFactory([provider]));
        builder.Logging.AddPrivacyMasking();
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);

        host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop").LogInformation("to {To}", Email);

        Assert.Contains("to [email]", provider.Messages);
    }

    [Fact]
    public void The_redactor_is_the_one_that_was_added_or_named()
    {
        Assert.Equal("ORD-1 [email]", Log(_ => { }, _ => { }));
        Assert.Equal("[order] [email]", Log(privacy => privacy.AddTextScanner(scanner => scanner.Patterns["order"] = "^ORD-[0-9]$").AddTextRedactor(), _ => { }));
        Assert.Equal("ORD-1 [mail]", Log(
            privacy => privacy.AddTextRedactor("logs", redactor => redactor.Masks[TextKind.Email] = "constant:[mail]"), options => options.RedactorName = "logs"));

        static string Log(Action<PrivacyBuilder> privacy, Action<LogMaskingOptions> configure)
        {
            using var provider = new CapturingProvider();
            using var services = new ServiceCollection().AddAbmPrivacy(privacy)
                .AddLogging(logging => logging.AddProvider(provider).AddPrivacyMasking(configure)).BuildServiceProvider();
            services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop").LogInformation("{Order} {To}", "ORD-1", Email);
            return provider.Messages.Single();
        }
    }

    [Fact]
    public async Task Every_fault_is_listed_at_start()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddPrivacyMasking(options =>
        {
            options.RedactorName = " ";
            options.HiddenKeys.Add("--");
            options.Masks["To"] = "mail";
            options.Masks["card_number"] = "payment-card";
            options.Use("CardNumber", Mask.Hide);
            options.Use("@", Mask.Hide);
        });

        // a host that cannot log masked is not even built
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(async () =>
        {
            using var host = builder.Build();
            await host.StartAsync(TestContext.Current.CancellationToken);
        });

        Assert.Equal(5, fault.Failures.Count());
        Assert.Contains("'To' is not valid", fault.Message, StringComparison.Ordinal);
        Assert.Contains("'card_number' has more than one mask", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_are_bound_from_configuration_and_another_shape_is_a_fault()
    {
        Assert.Equal("[to] *** ***", Log(("HiddenKeys:0", "Plate"), ("Masks:To", "constant:[to]")));
        Assert.Contains("'HidenKeys', which is not read", Assert.Throws<OptionsValidationException>(() => Log(("HidenKeys:0", "Plate"))).Message, StringComparison.Ordinal);
        Assert.Contains("no text redactor 'logs'", Assert.Throws<OptionsValidationException>(() => Log(("RedactorName", "logs"))).Message, StringComparison.Ordinal);

        static string Log(params (string Key, string Value)[] values)
        {
            using var provider = new CapturingProvider();
            var configuration = new ConfigurationBuilder().AddInMemoryCollection(values.Select(value => KeyValuePair.Create("Logs:" + value.Key, (string?)value.Value))).Build();
            using var services = new ServiceCollection().AddLogging(logging => logging.AddPrivacyMasking(configuration.GetSection("Logs")).AddProvider(provider)).BuildServiceProvider();
            services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop").LogInformation("{To} {Plate} {Password}", Email, "B-AB 12", "p");
            return provider.Messages.Single();
        }
    }

    [Fact]
    public void Wrong_calls_are_refused()
    {
        Assert.Throws<ArgumentNullException>(() => default(ILoggingBuilder)!.AddPrivacyMasking());
        Assert.Throws<ArgumentNullException>(() => new ServiceCollection().AddLogging(logging => logging.AddPrivacyMasking(default(IConfiguration)!)));
        Assert.Throws<InvalidOperationException>(() => new EmptyBuilder().AddPrivacyMasking());
        Assert.Throws<ArgumentNullException>(() => new LogMaskingOptions().Use(null!, Mask.Hide));
    }

    private sealed class EmptyBuilder : ILoggingBuilder
    {
        public IServiceCollection Services { get; } = new ServiceCollection();
    }
}
