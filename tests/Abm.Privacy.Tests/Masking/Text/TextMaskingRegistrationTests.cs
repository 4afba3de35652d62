using Abm.Privacy.Masking.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Abm.Privacy.Tests.Masking.Text;

public class TextMaskingRegistrationTests
{
    [Fact]
    public void A_redactor_brings_the_scanner_that_it_asks()
    {
        using var provider = Build(privacy => privacy.AddTextRedactor());
        Assert.Equal("[email]", provider.GetRequiredService<TextRedactor>().Redact("jane@example.com"));
        Assert.Same(provider.GetRequiredService<TextScanner>(), provider.GetRequiredService<TextRedactor>().Scanner);
    }

    [Fact]
    public void Adding_twice_registers_once_and_the_options_add_up()
    {
        using var provider = Build(privacy => privacy
            .AddTextScanner(options => options.ExcludedKinds.Add(TextKind.Email))
            .AddTextRedactor()
            .AddTextScanner(options => options.ExcludedKinds.Add(TextKind.Url))
            .AddTextRedactor(options => options.Masks[TextKind.Phone] = "erase"));
        Assert.Single(provider.GetServices<TextScanner>());
        Assert.Equal("jane@example.com ", Assert.Single(provider.GetServices<TextRedactor>()).Redact("jane@example.com +49 170 1234567"));
    }

    [Fact]
    public void A_named_redactor_is_keyed_and_asks_the_scanner_of_its_name()
    {
        using var provider = Build(privacy => privacy
            .AddTextScanner("logs", options => options.ExcludedKinds.Add(TextKind.Email))
            .AddTextRedactor("logs")
            .AddTextRedactor());
        Assert.Equal("jane@example.com", provider.GetRequiredKeyedService<TextRedactor>("logs").Redact("jane@example.com"));
        Assert.Equal("[email]", provider.GetRequiredService<TextRedactor>().Redact("jane@example.com"));
    }

    [Fact]
    public void Options_are_bound_from_configuration()
    {
        var section = Section(
            ("Kinds:0", "Email"), ("Kinds:1", "Phone"), ("MinScore", "0.6"), ("AllowedValues:0", "help@example.com"), ("AllowedDomains:0", "our.example"), ("Patterns:order", "ORD-[0-9]+"));
        using var provider = Build(privacy => privacy.AddTextScanner(section).AddTextRedactor(Section(("Masks:Email", "email"))));
        Assert.Equal(
            "j***@example.com help@example.com a@our.example [order] 10.1.2.3",
            provider.GetRequiredService<TextRedactor>().Redact("jane@example.com help@example.com a@our.example ORD-7 10.1.2.3"));
    }

    [Fact]
    public void What_is_wrong_is_told_when_the_options_are_validated()
    {
        using var provider = Build(privacy => privacy.AddTextScanner(Section(("MinScore", "2"), ("Kind:0", "Email"), ("Patterns:own", "(?=a)"))));
        var error = Assert.Throws<OptionsValidationException>(provider.GetRequiredService<TextScanner>);
        Assert.Contains("MinScore must be above 0", error.Message, StringComparison.Ordinal);
        Assert.Contains("'Kind', which is not read", error.Message, StringComparison.Ordinal);
        Assert.Contains("the pattern 'own' cannot be used", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_redactor_with_faults_is_told_too()
    {
        using var provider = Build(privacy => privacy.AddTextRedactor("logs", Section(("Masks:Email", "clear"))));
        Assert.Throws<OptionsValidationException>(() => provider.GetRequiredKeyedService<TextRedactor>("logs"));
    }

    private static ServiceProvider Build(Action<PrivacyBuilder> configure)
    {
        var services = new ServiceCollection();
        services.AddAbmPrivacy(configure);
        return services.BuildServiceProvider();
    }

    private static IConfigurationSection Section(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(value => KeyValuePair.Create($"Text:{value.Key}", (string?)value.Value))).Build().GetSection("Text");
}
