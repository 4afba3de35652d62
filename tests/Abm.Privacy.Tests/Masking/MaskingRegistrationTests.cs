using Abm.Privacy.Classification;
using Abm.Privacy.Masking;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Abm.Privacy.Tests.Masking;

public class MaskingRegistrationTests
{
    private static readonly DataClass Email = new(DataClasses.Email);
    private static readonly string[] Faults =
    [
        "'Contact Email' is not a data class. Write",
        "'crm.id' is not valid. 'keep-last' needs other numbers. Write",
        "'crm.name' has one mask in Classes and one set by Use. Remove",
    ];

    [Fact]
    public void Masking_works_alone_with_its_defaults() =>
        Assert.Equal("j***@example.com", Build(privacy => privacy.AddMasking()).GetRequiredService<IMasker>().Mask(Email, "jane@example.com"));

    [Fact]
    public void Adding_twice_registers_once_and_the_options_add_up()
    {
        var services = new ServiceCollection();
        services.AddAbmPrivacy(privacy => privacy
            .AddMasking(options => options.Classes["crm.id"] = "keep-last:4")
            .AddMasking(options => options.Classes["crm.name"] = "person-name")
            .AddMasking());
        using var provider = services.BuildServiceProvider();
        var masker = Assert.Single(provider.GetServices<IMasker>());

        Assert.Single(services, service => service.ServiceType == typeof(IValidateOptions<MaskingOptions>));
        Assert.Equal("***0215", masker.Mask(new DataClass("crm.id"), "customer-70215"));
        Assert.Equal("J***", masker.Mask(new DataClass("crm.name"), "Jane"));
        Assert.Same(masker, provider.GetRequiredService<IMasker>());
    }

    [Fact]
    public void A_named_registration_is_keyed_and_leaves_the_default_alone()
    {
        using var provider = Build(privacy => privacy
            .AddMasking("support", options => options.Classes[DataClasses.Email] = "erase")
            .AddMasking()
            .AddMasking("logs", options => options.Use(Email, Mask.Constant("[mail]"))));

        Assert.Equal("j***@example.com", provider.GetRequiredService<IMasker>().Mask(Email, "jane@example.com"));
        Assert.Equal("", provider.GetRequiredKeyedService<IMasker>("support").Mask(Email, "jane@example.com"));
        Assert.Equal("[mail]", provider.GetRequiredKeyedService<IMasker>("logs").Mask(Email, "jane@example.com"));
        Assert.Null(Build(privacy => privacy.AddMasking("logs")).GetService<IMasker>());
    }

    [Fact]
    public void Masks_are_bound_from_configuration()
    {
        using var provider = Build(privacy => privacy
            .AddMasking(Section(("Classes:contact.email", "constant:[hidden]"), ("Classes:crm.id", "keep-last:4")))
            .AddMasking("logs", Section(("Classes:contact.email", "erase"))));
        var masker = provider.GetRequiredService<IMasker>();

        Assert.Equal("[hidden]", masker.Mask(Email, "jane@example.com"));
        Assert.Equal("***0215", masker.Mask(new DataClass("crm.id"), "customer-70215"));
        Assert.Equal("", provider.GetRequiredKeyedService<IMasker>("logs").Mask(Email, "jane@example.com"));
    }

    [Fact]
    public async Task Every_fault_is_listed_at_start_and_on_first_resolve()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddAbmPrivacy(privacy => privacy.AddMasking(options =>
        {
            options.Classes["Contact Email"] = "email";
            options.Classes["crm.id"] = "keep-last:many";
            options.Classes["crm.name"] = "person-name";
            options.Use(new DataClass("crm.name"), Mask.Hide);
        }));
        using var host = builder.Build();

        var atStart = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        var onResolve = Assert.Throws<OptionsValidationException>(() => host.Services.GetRequiredService<IMasker>());

        Assert.Equal(3, atStart.Failures.Count());
        Assert.All(Faults, fault =>
        {
            Assert.Contains(fault, atStart.Message, StringComparison.Ordinal);
            Assert.Contains(fault, onResolve.Message, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("{\"Classes\":{\"contact\":{\"email\":\"erase\"}}}", "Classes:contact' is not a text")]
    [InlineData("{\"Classes\":{\"contact.email\":[\"erase\"]}}", "Classes:contact.email' is not a text")]
    [InlineData("{\"Classes\":{\"contact.email\":{\"mask\":\"erase\"}}}", "Classes:contact.email' is not a text")]
    [InlineData("{\"Classes\":{\"contact.email\":null}}", "Classes:contact.email' is not a text")]
    [InlineData("{\"Classes\":\"erase\"}", "Classes' is one value")]
    [InlineData("{\"Classes\":[\"erase\"]}", "'0' is not a data class")]
    [InlineData("{\"Clases\":{\"contact.email\":\"erase\"}}", "'Clases', which is not read. Did you mean 'Classes'?")]
    [InlineData("{\"contact.email\":\"erase\"}", "'contact.email', which is not read")]
    [InlineData("{\"Classes\":{\"contact.emial\":\"erase\"}}", "'contact.emial' is close to the built-in class 'contact.email'")]
    [InlineData("\"erase\"", "has none of: Classes")]
    public void A_section_of_another_shape_is_a_fault(string json, string fault)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes("{\"Privacy\":{\"Masking\":" + json + "}}"));
        var section = new ConfigurationBuilder().AddJsonStream(stream).Build().GetSection("Privacy:Masking");
        using var byDefault = Build(privacy => privacy.AddMasking(section));
        using var byName = Build(privacy => privacy.AddMasking("logs", section).AddMasking());

        Assert.Contains(fault, Assert.Throws<OptionsValidationException>(byDefault.GetRequiredService<IMasker>).Message, StringComparison.Ordinal);
        Assert.Contains(fault, Assert.Throws<OptionsValidationException>(() => byName.GetRequiredKeyedService<IMasker>("logs")).Message, StringComparison.Ordinal);
        Assert.Equal("j***@example.com", byName.GetRequiredService<IMasker>().Mask(Email, "jane@example.com"));
    }

    [Fact]
    public void A_section_that_does_not_exist_is_a_fault()
    {
        var section = new ConfigurationBuilder().AddInMemoryCollection([new("Privacy:Masking:Classes:contact.email", "erase")]).Build().GetSection("Masking");
        using var provider = Build(privacy => privacy.AddMasking(section));

        Assert.Contains("'Masking' has none of: Classes", Assert.Throws<OptionsValidationException>(provider.GetRequiredService<IMasker>).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_that_misspells_a_built_in_one_is_a_fault()
    {
        Assert.Contains("'contact.email'", Assert.Throws<ArgumentException>(() => new Masker(new MaskingOptions { Classes = { ["contact.emial"] = "erase" } })).Message, StringComparison.Ordinal);
        Assert.Contains("'contact.email'", Assert.Throws<ArgumentException>(() => new Masker(new MaskingOptions().Use(new DataClass("contact.emial"), Mask.Erase))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_container_the_faults_are_those_of_an_argument() =>
        Assert.Contains("'crm.id'", Assert.Throws<ArgumentException>(() => new Masker(new MaskingOptions { Classes = { ["crm.id"] = "?" } })).Message, StringComparison.Ordinal);

    [Fact]
    public void Missing_arguments_are_refused()
    {
        var builder = default(PrivacyBuilder);
        Build(privacy => builder = privacy).Dispose();

        Assert.Throws<ArgumentException>(() => builder!.AddMasking(" "));
        Assert.Throws<ArgumentNullException>(() => builder!.AddMasking(default(IConfiguration)!));
        Assert.Throws<ArgumentNullException>(() => default(PrivacyBuilder)!.AddMasking());
        Assert.Throws<ArgumentNullException>(() => new Masker(null!));
    }

    private static ServiceProvider Build(Action<PrivacyBuilder> configure) =>
        new ServiceCollection().AddAbmPrivacy(configure).BuildServiceProvider();

    private static IConfiguration Section(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(value => KeyValuePair.Create<string, string?>("Privacy:Masking:" + value.Key, value.Value))).Build().GetSection("Privacy:Masking");
}
