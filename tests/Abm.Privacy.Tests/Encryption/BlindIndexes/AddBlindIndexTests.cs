using Abm.Privacy.Encryption;
using Abm.Privacy.Encryption.BlindIndexes;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using static Abm.Privacy.Tests.Encryption.BlindIndexes.TestIndexes;

namespace Abm.Privacy.Tests.Encryption.BlindIndexes;

public class AddBlindIndexTests
{
    [Fact]
    public async Task Blind_indexes_and_encryption_of_one_name_share_one_key_ring()
    {
        using var provider = Provider(privacy => privacy.AddEncryption(keys => keys.AllowVolatileKeys()).AddBlindIndex());
        var value = await provider.GetRequiredService<IBlindIndexer>().ComputeAsync(TestKeys.Tenant, ByEmail, Email("jane@example.com"));

        using var lease = await provider.GetRequiredService<KeyRing>().OpenOwnersAsync(TestKeys.Tenant, [IndexLeases.Owner], create: false, CancellationToken.None);
        Assert.Equal([value], provider.GetRequiredService<IBlindIndexer>().TokensFor(lease, ByEmail.Find(Email("jane@example.com"))));
        Assert.NotNull(provider.GetRequiredService<IFieldEncryptor>());
    }

    [Fact]
    public async Task Named_registrations_are_keyed_services_with_keys_of_their_own()
    {
        using var provider = Provider(privacy => privacy
            .AddBlindIndex(keys => keys.AllowVolatileKeys())
            .AddBlindIndex("eu", new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["AllowVolatileKeys"] = "true" }).Build()));

        var values = new[]
        {
            await provider.GetRequiredService<IBlindIndexer>().ComputeAsync(TestKeys.Tenant, ByEmail, Email("jane@example.com")),
            await provider.GetRequiredKeyedService<IBlindIndexer>("eu").ComputeAsync(TestKeys.Tenant, ByEmail, Email("jane@example.com")),
        };

        Assert.NotEqual(values[0], values[1]);
        Assert.Null(provider.GetService<IFieldEncryptor>());
    }

    [Fact]
    public void Adding_twice_registers_nothing_twice()
    {
        var services = new ServiceCollection().AddAbmPrivacy(privacy => privacy.AddBlindIndex().AddBlindIndex(keys => keys.AllowVolatileKeys()).AddBlindIndex("eu").AddBlindIndex("eu"));

        Assert.Equal(2, services.Count(service => service.ServiceType == typeof(IBlindIndexer)));
        Assert.Equal(2, services.Count(service => service.ServiceType == typeof(KeyRing)));
    }

    [Fact]
    public void An_empty_name_and_missing_keys_are_refused()
    {
        Assert.Equal("name", Assert.Throws<ArgumentException>(() => Provider(privacy => privacy.AddBlindIndex(" "))).ParamName);
        Assert.Equal("name", Assert.Throws<ArgumentException>(() => Provider(privacy => privacy.AddBlindIndex(" ", new ConfigurationBuilder().Build()))).ParamName);
        using var provider = Provider(privacy => privacy.AddBlindIndex());
        Assert.Contains("UseRootKeyFile(...)", Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IBlindIndexer>()).Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Provider(Action<PrivacyBuilder> configure) => new ServiceCollection().AddAbmPrivacy(configure).BuildServiceProvider();
}
