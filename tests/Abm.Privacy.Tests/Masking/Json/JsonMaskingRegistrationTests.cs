using Abm.Privacy.Classification;
using Abm.Privacy.Masking;
using Abm.Privacy.Masking.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Abm.Privacy.Tests.Masking.Json;

public class JsonMaskingRegistrationTests
{
    private const string Json = """{"email":"jane@example.com","x":"secret"}""";

    [Fact]
    public void Adding_twice_registers_once_and_the_rules_add_up()
    {
        var services = new ServiceCollection();
        services.AddAbmPrivacy(privacy => privacy
            .AddJsonMasking(options => options.Mask("email", Mask.Email))
            .AddJsonMasking(options => options.Mask("x", Mask.Hide))
            .AddJsonMasking());
        using var provider = services.BuildServiceProvider();

        Assert.Equal("""{"email":"j***@example.com","x":"***"}""", Assert.Single(provider.GetServices<JsonMasker>()).Mask(Json));
        Assert.Single(services, service => service.ServiceType == typeof(IValidateOptions<JsonMaskingOptions>));
    }

    [Fact]
    public void A_named_masker_uses_the_masks_of_its_name()
    {
        var services = new ServiceCollection();
        services.AddAbmPrivacy(privacy => privacy
            .AddMasking("logs", options => options.Classes[DataClasses.Email] = "constant:[mail]")
            .AddJsonMasking("logs", options => options.Mask("email", new DataClass(DataClasses.Email)))
            .AddJsonMasking(options => options.Mask("email", new DataClass(DataClasses.Email))));
        using var provider = services.BuildServiceProvider();

        Assert.Equal("""{"email":"[mail]","x":"secret"}""", provider.GetRequiredKeyedService<JsonMasker>("logs").Mask(Json));
        Assert.Equal("""{"email":"j***@example.com","x":"secret"}""", provider.GetRequiredService<JsonMasker>().Mask(Json));
    }

    [Fact]
    public async Task Every_fault_is_listed_at_start()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddAbmPrivacy(privacy => privacy.AddJsonMasking(options =>
        {
            options.Masks["$."] = "email";
            options.Masks["a"] = "no mask";
            options.Masks["b"] = "clear";
            options.Classes["c"] = "No Class";
            options.Classes["d"] = "contact.emial";
            (options.MaxDepth, options.MaxDocumentBytes, options.Engine, options.BrokenLineMarker) = (0, 1, (JsonMaskingEngine)7, "{");
        }));
        using var host = builder.Build();

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal(9, error.Failures.Count());
        Assert.Contains("at position 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_are_bound_from_configuration_and_an_unknown_member_is_a_fault()
    {
        Assert.Equal("""{"email":"j***@example.com","x":"***"}""", Build(("Masks:$.email", "email"), ("Masks:X", "constant"), ("IgnoreCase", "true"), ("Engine", "Structural"), ("MaxDepth", "3")).Mask(Json));
        Assert.Equal(Json, Build(("Masks:$.EMAIL", "email"), ("IgnoreCase", "false")).Mask(Json));
        Assert.Contains("'Rules', which is not read", Assert.Throws<OptionsValidationException>(() => Build(("Rules:email", "email"), ("Masks:x", "erase"))).Message, StringComparison.Ordinal);
    }

    private static JsonMasker Build(params (string Key, string Value)[] entries)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(entries.Select(entry => KeyValuePair.Create("J:" + entry.Key, (string?)entry.Value))).Build();
        var services = new ServiceCollection();
        services.AddAbmPrivacy(privacy => privacy.AddJsonMasking(configuration.GetSection("J")));
        return services.BuildServiceProvider().GetRequiredService<JsonMasker>();
    }
}
