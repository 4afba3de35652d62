using Abm.Privacy.Encryption;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Pseudonymization;
using Abm.Privacy.Tests.Keys;
using Abm.Privacy.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Abm.Privacy.Tests.DependencyInjection;

public sealed class KeyRegistrationTests(RootKeyFileFixture fixture) : IClassFixture<RootKeyFileFixture>
{
    private static readonly FieldContext Email = new(TestKeys.Tenant, "crm", "contact", "email", "c-1");

    [Fact]
    public async Task Encryption_and_pseudonymization_of_one_name_share_one_key_ring()
    {
        using var provider = Provider(privacy => privacy.AddEncryption(keys => keys.AllowVolatileKeys()).AddPseudonymization());

        var envelope = await provider.GetRequiredService<IFieldEncryptor>().EncryptTextAsync(TestKeys.Jane, Email, "x");
        await provider.GetRequiredService<IPseudonymizer>().PseudonymizeAsync(TestKeys.Tenant, new PseudonymDomain("analytics"), DomainName.Parse("example.com"));

        using var lease = await provider.GetRequiredService<KeyRing>().OpenReadOnlyAsync(TestKeys.Tenant, [TestKeys.Jane]);
        Assert.Equal("x", provider.GetRequiredService<IFieldEncryptor>().DecryptText(lease, Email, envelope));
    }

    [Fact]
    public async Task Each_works_alone()
    {
        using var encryption = Provider(privacy => privacy.AddEncryption(keys => keys.AllowVolatileKeys()));
        using var pseudonyms = Provider(privacy => privacy.AddPseudonymization(keys => keys.AllowVolatileKeys()));

        Assert.NotEmpty(await encryption.GetRequiredService<IFieldEncryptor>().EncryptTextAsync(TestKeys.Jane, Email, "x"));
        Assert.NotNull(pseudonyms.GetRequiredService<IPseudonymizer>());
        Assert.Null(encryption.GetService<IPseudonymizer>());
        Assert.Null(pseudonyms.GetService<IFieldEncryptor>());
    }

    [Fact]
    public void Adding_twice_registers_nothing_twice()
    {
        var once = new ServiceCollection().AddAbmPrivacy(privacy => privacy.AddEncryption(keys => keys.AllowVolatileKeys()).AddPseudonymization());
        var twice = new ServiceCollection()
            .AddAbmPrivacy(privacy => privacy.AddEncryption(keys => keys.AllowVolatileKeys()).AddPseudonymization())
            .AddAbmPrivacy(privacy => privacy.AddEncryption().AddPseudonymization());

        Assert.Equal(Services(once), Services(twice));

        // options and start-up validation are additive by design of the platform; everything else stands once
        static List<string> Services(IServiceCollection services) => [.. services
            .Where(service => service.ServiceType.Namespace!.StartsWith("Abm.Privacy", StringComparison.Ordinal) || service.ServiceType == typeof(IValidateOptions<KeyRingOptions>))
            .Select(service => service.ServiceType.ToString())];
    }

    [Fact]
    public async Task Named_registrations_are_keyed_services_with_keys_of_their_own()
    {
        using var provider = Provider(privacy => privacy
            .AddEncryption(keys => keys.AllowVolatileKeys())
            .AddEncryption("eu", keys => keys.AllowVolatileKeys())
            .AddPseudonymization("eu"));
        var (standard, eu) = (provider.GetRequiredService<IFieldEncryptor>(), provider.GetRequiredKeyedService<IFieldEncryptor>("eu"));

        var envelope = await eu.EncryptTextAsync(TestKeys.Jane, Email, "x");

        Assert.Equal("x", await eu.DecryptTextAsync(TestKeys.Jane, Email, envelope));
        var error = await Assert.ThrowsAsync<PrivacyException>(async () => await standard.DecryptTextAsync(TestKeys.Jane, Email, envelope));
        Assert.Equal(PrivacyErrorCode.KeyUnavailable, error.Code);
        Assert.NotNull(provider.GetRequiredKeyedService<IPseudonymizer>("eu"));
        Assert.Null(provider.GetService<IPseudonymizer>());
    }

    [Fact]
    public async Task The_root_key_file_takes_its_password_from_configuration()
    {
        using var folder = new TemporaryFolder();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Privacy:RootKey:Password"] = RootKeyFileFixture.Password }).Build();
        byte[] envelope;
        using (var first = Provider(privacy => privacy.AddEncryption(Keys)))
        {
            envelope = await first.GetRequiredService<IFieldEncryptor>().EncryptTextAsync(TestKeys.Jane, Email, "x");
        }

        using var second = Provider(privacy => privacy.AddEncryption(Keys));
        Assert.Equal("x", await second.GetRequiredService<IFieldEncryptor>().DecryptTextAsync(TestKeys.Jane, Email, envelope));

        void Keys(KeyRingBuilder keys) => keys.UseRootKeyFile(fixture.Path, configuration.GetSection("Privacy:RootKey")).UseKeyFolder(folder.Path);
    }

    [Fact]
    public async Task The_whole_registration_is_bindable_from_configuration()
    {
        using var folder = new TemporaryFolder();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Keys:RootKeyFile:Path"] = fixture.Path,
            ["Keys:RootKeyFile:Password"] = RootKeyFileFixture.Password,
            ["Keys:KeyFolder"] = folder.Path,
            ["Keys:CacheLifetime"] = "00:00:05",
            ["Keys:CacheCapacity"] = "17",
            ["Other:RootKeyFile:Path"] = fixture.Path,
            ["Other:RootKeyFile:Password"] = RootKeyFileFixture.Password,
            ["Other:KeyFolder"] = folder.File("other"),
            ["Other:CacheCapacity"] = "23",
        }).Build();
        using var provider = Provider(privacy => privacy.AddEncryption(configuration.GetSection("Keys")).AddPseudonymization("other", configuration.GetSection("Other")));

        Assert.NotEmpty(await provider.GetRequiredService<IFieldEncryptor>().EncryptTextAsync(TestKeys.Jane, Email, "x"));
        var options = provider.GetRequiredService<IOptionsMonitor<KeyRingOptions>>();
        Assert.Equal((TimeSpan.FromSeconds(5), 17), (options.CurrentValue.CacheLifetime, options.CurrentValue.CacheCapacity));
        Assert.NotNull(provider.GetRequiredKeyedService<IPseudonymizer>("other"));
        Assert.Equal(23, options.Get("other").CacheCapacity);
    }

    [Fact]
    public void A_misspelled_key_in_a_configuration_is_a_fault()
    {
        using var folder = new TemporaryFolder();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Keys:RootKeyFile:Path"] = fixture.Path,
            ["Keys:RootKeyFile:Password"] = RootKeyFileFixture.Password,
            ["Keys:KeyFoldr"] = folder.Path,
        }).Build();
        using var provider = Provider(privacy => privacy.AddEncryption(configuration.GetSection("Keys")));

        Assert.Contains("Did you mean 'KeyFolder'?", Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<KeyRing>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stores_and_providers_of_ones_own_are_used()
    {
        var (dataKeys, tenantKeys) = (new InMemoryDataKeyStore(), new InMemoryTenantKeyStore());
        using var root = new VolatileRootKeyProvider();
        using var provider = Provider(privacy => privacy.AddEncryption(keys => keys
            .UseRootKeyProvider(_ => root)
            .UseTenantKeyStore(_ => tenantKeys)
            .UseDataKeyStore(_ => dataKeys)));

        await provider.GetRequiredService<IFieldEncryptor>().EncryptTextAsync(TestKeys.Jane, Email, "x");

        Assert.True(await tenantKeys.AnyAsync(CancellationToken.None));
        Assert.True(await dataKeys.AnyAsync(TestKeys.Tenant, CancellationToken.None));
    }

    [Fact]
    public void Without_any_key_source_the_first_resolve_says_what_to_call()
    {
        using var provider = Provider(privacy => privacy.AddEncryption());

        var error = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IFieldEncryptor>());

        Assert.Contains("UseRootKeyFile(...)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_is_listed_at_once()
    {
        using var provider = Provider(privacy => privacy.AddEncryption("eu", keys => keys
            .UseRootKeyFile("missing.p12", file => (file.Password, file.PasswordFile) = ("a long enough password", "missing-secret"))
            .Configure(options => (options.CacheCapacity, options.CacheLifetime) = (0, TimeSpan.FromDays(1)))));

        var error = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredKeyedService<IFieldEncryptor>("eu"));

        Assert.Equal(4, error.Failures.Count());
        Assert.All(error.Failures, failure => Assert.Contains("'eu'", failure, StringComparison.Ordinal));
        foreach (var part in (string[])["CacheLifetime", "CacheCapacity", "missing.p12", "Set one of them"])
        {
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("a long enough password", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, "no password")]
    [InlineData("short", null, "shorter than 12")]
    [InlineData(null, "missing-secret", "does not exist")]
    public void A_missing_or_weak_password_is_a_fault(string? password, string? file, string expected)
    {
        using var provider = Provider(privacy => privacy.AddEncryption(keys => keys
            .UseRootKeyFile(fixture.Path, root => (root.Password, root.PasswordFile) = (password, file))));

        var error = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<KeyRing>());

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_root_key_files_for_one_key_ring_are_a_fault()
    {
        using var provider = Provider(privacy => privacy
            .AddEncryption(keys => keys.UseRootKeyFile(fixture.Path, root => root.Password = RootKeyFileFixture.Password))
            .AddPseudonymization(keys => keys.UseRootKeyFile("other/root.p12", root => root.Password = RootKeyFileFixture.Password)));

        Assert.Contains("Two root key files", Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<KeyRing>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_registrations_over_one_key_folder_are_a_fault()
    {
        using var folder = new TemporaryFolder();
        using var provider = Provider(privacy => privacy.AddEncryption("a", Keys).AddEncryption("b", Keys));
        Assert.NotNull(provider.GetRequiredKeyedService<KeyRing>("a"));

        var error = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredKeyedService<KeyRing>("b"));

        Assert.Contains("belongs to the registration 'a'", error.Message, StringComparison.Ordinal);

        void Keys(KeyRingBuilder keys) => keys.UseRootKeyFile(fixture.Path, root => root.Password = RootKeyFileFixture.Password).UseKeyFolder(folder.Path);
    }

    [Fact]
    public void Volatile_keys_beside_a_store_that_lasts_are_a_fault()
    {
        using var provider = Provider(privacy => privacy.AddEncryption(keys => keys.AllowVolatileKeys().UseKeyFolder("keys")));

        Assert.Contains("could never be opened again", Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<KeyRing>()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a\0b")]
    public void A_key_folder_that_is_no_path_is_a_fault(string path)
    {
        using var provider = Provider(privacy => privacy.AddEncryption(keys => keys
            .UseRootKeyFile(fixture.Path, root => root.Password = RootKeyFileFixture.Password)
            .Configure(options => options.KeyFolder = path)));

        Assert.Contains("KeyFolder", Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<KeyRing>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_root_provider_without_a_place_for_keys_is_a_fault()
    {
        using var provider = Provider(privacy => privacy.AddEncryption(keys => keys.UseRootKeyProvider(_ => new VolatileRootKeyProvider())));

        Assert.Contains("No key store", Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<KeyRing>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_named_pseudonymizer_uses_the_keys_of_its_name()
    {
        using var provider = Provider(privacy => privacy
            .AddPseudonymization(keys => keys.AllowVolatileKeys())
            .AddPseudonymization("eu", keys => keys.AllowVolatileKeys()));
        var (domain, identifier) = (new PseudonymDomain("analytics"), DomainName.Parse("example.com"));

        var standard = await provider.GetRequiredService<IPseudonymizer>().PseudonymizeAsync(TestKeys.Tenant, domain, identifier);
        var eu = await provider.GetRequiredKeyedService<IPseudonymizer>("eu").PseudonymizeAsync(TestKeys.Tenant, domain, identifier);

        Assert.NotEqual(standard, eu);
    }

    [Fact]
    public void Two_roots_are_a_fault()
    {
        using var provider = Provider(privacy => privacy.AddEncryption(keys => keys
            .AllowVolatileKeys()
            .UseRootKeyFile(fixture.Path, root => root.Password = RootKeyFileFixture.Password)));

        Assert.Contains("More than one root key", Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<KeyRing>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faulty_options_stop_a_host_at_its_start()
    {
        using var host = Host("Development", privacy => privacy.AddEncryption());

        await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public async Task Volatile_keys_stop_a_host_outside_the_Development_environment(string environment)
    {
        using var host = Host(environment, privacy => privacy.AddEncryption(keys => keys.AllowVolatileKeys()));

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains("AllowVolatileKeys()", error.Message, StringComparison.Ordinal);
        Assert.Throws<OptionsValidationException>(() => host.Services.GetRequiredService<IFieldEncryptor>());
    }

    [Fact]
    public async Task Volatile_keys_start_a_host_in_the_Development_environment()
    {
        using var host = Host("Development", privacy => privacy.AddEncryption(keys => keys.AllowVolatileKeys()));

        await host.StartAsync();

        Assert.NotNull(host.Services.GetRequiredService<IFieldEncryptor>());
        await host.StopAsync();
    }

    private static ServiceProvider Provider(Action<PrivacyBuilder> configure) =>
        new ServiceCollection().AddAbmPrivacy(configure).BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

    private static IHost Host(string environment, Action<PrivacyBuilder> configure)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = environment });
        builder.Services.AddAbmPrivacy(configure);
        return builder.Build();
    }
}
