using Abm.Privacy.Encryption;
using Abm.Privacy.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Abm.Privacy.Tests.DependencyInjection;

public class DeterministicEncryptionRegistrationTests
{
    private const string Reason = "Duplicates must be found in a store that we do not run.";

    private static readonly DeterministicField<string> Email = new("crm", "contact", "email", 1_000_000);

    [Fact]
    public async Task It_works_over_the_keys_of_the_encryption_beside_it()
    {
        using var provider = Provider(privacy => privacy
            .AddEncryption(keys => keys.AllowVolatileKeys())
            .AddDeterministicEncryption(options => options.LeakageAccepted = Reason)
            .AddDeterministicEncryption());
        var encryptor = provider.GetRequiredService<IDeterministicEncryptor>();

        Assert.Equal(
            await encryptor.EncryptAsync(TestKeys.Tenant, Email, "jane@example.com"),
            await encryptor.EncryptAsync(TestKeys.Tenant, Email, "jane@example.com"));
    }

    [Fact]
    public void AddEncryption_alone_never_gives_a_deterministic_one()
    {
        using var provider = Provider(privacy => privacy.AddEncryption(keys => keys.AllowVolatileKeys()));

        Assert.Null(provider.GetService<IDeterministicEncryptor>());
    }

    [Theory]
    [InlineData(null, "is not set")]
    [InlineData("true", "is no reason")]
    public void Without_a_written_reason_the_first_resolve_says_what_is_missing(string? reason, string expected)
    {
        using var provider = Provider(privacy => privacy
            .AddEncryption(keys => keys.AllowVolatileKeys())
            .AddDeterministicEncryption(options => options.LeakageAccepted = reason));

        var error = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IDeterministicEncryptor>());

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_written_reason_a_host_does_not_start()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Development" });
        builder.Services.AddAbmPrivacy(privacy => privacy.AddEncryption(keys => keys.AllowVolatileKeys()).AddDeterministicEncryption());
        using var host = builder.Build();

        await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
    }

    [Fact]
    public async Task The_reason_may_stand_in_configuration_and_a_misspelled_one_is_a_fault()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Good:LeakageAccepted"] = Reason,
            ["Bad:LeakageAcepted"] = Reason,
        }).Build();
        using var provider = Provider(privacy => privacy
            .AddEncryption(keys => keys.AllowVolatileKeys())
            .AddEncryption("bad", keys => keys.AllowVolatileKeys())
            .AddDeterministicEncryption(configuration.GetSection("Good"))
            .AddDeterministicEncryption("bad", configuration.GetSection("Bad")));

        Assert.NotEmpty(await provider.GetRequiredService<IDeterministicEncryptor>().EncryptAsync(TestKeys.Tenant, Email, "jane@example.com"));
        var error = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredKeyedService<IDeterministicEncryptor>("bad"));
        Assert.Contains("Did you mean 'LeakageAccepted'?", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_named_registration_uses_the_keys_of_its_name()
    {
        using var provider = Provider(privacy => privacy
            .AddEncryption(keys => keys.AllowVolatileKeys())
            .AddEncryption("eu", keys => keys.AllowVolatileKeys())
            .AddDeterministicEncryption(options => options.LeakageAccepted = Reason)
            .AddDeterministicEncryption("eu", options => options.LeakageAccepted = Reason));
        var (standard, eu) = (provider.GetRequiredService<IDeterministicEncryptor>(), provider.GetRequiredKeyedService<IDeterministicEncryptor>("eu"));

        var envelope = await eu.EncryptAsync(TestKeys.Tenant, Email, "jane@example.com");

        Assert.Equal("jane@example.com", await eu.DecryptAsync(TestKeys.Tenant, Email, envelope));
        var error = await Assert.ThrowsAsync<PrivacyException>(async () => await standard.DecryptAsync(TestKeys.Tenant, Email, envelope));
        Assert.Equal(PrivacyErrorCode.KeyUnavailable, error.Code);
    }

    private static ServiceProvider Provider(Action<PrivacyBuilder> configure) =>
        new ServiceCollection().AddAbmPrivacy(configure).BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
}
