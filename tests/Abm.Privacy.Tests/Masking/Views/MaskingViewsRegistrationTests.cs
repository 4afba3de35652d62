using Abm.Privacy.Classification;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Masking.Views;
using Abm.Privacy.Pseudonymization;
using Abm.Privacy.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Abm.Privacy.Tests.Masking.Views;

public class MaskingViewsRegistrationTests
{
    private static readonly DataClass Email = new(DataClasses.Email);
    private static readonly ViewRequest Told = new() { Audit = _ => { } };

    [Fact]
    public void Views_work_alone_twice_and_under_a_name()
    {
        using var services = Build(privacy => privacy
            .AddMaskingViews(options => options.Role("support").Show(DataClasses.Email, ViewLevel.Masked))
            .AddMaskingViews(options => options.Role("admin").Show(DataClasses.Email, ViewLevel.Clear))
            .AddMasking("second", options => options.Classes[DataClasses.Email] = "constant:[mail]")
            .AddMaskingViews("second", options => options.Role("support").Show(DataClasses.Email, ViewLevel.Masked)));
        var views = Assert.Single(services.GetServices<MaskingViews>());

        Assert.Equal("j***@example.com", views.For("support").Mask(Email, "jane@example.com"));
        Assert.Equal("jane@example.com", views.For("admin", Told).Mask(Email, "jane@example.com"));
        Assert.Equal("[mail]", services.GetRequiredKeyedService<MaskingViews>("second").For("support").Mask(Email, "jane@example.com"));
    }

    [Fact]
    public void Roles_are_bound_from_configuration()
    {
        using var services = Build(privacy => privacy
            .AddMaskingViews(Section("""{"Roles":{"support":{"Classes":{"contact.email":"masked"}},"admin":{"Classes":{"contact":"Clear"}}},"PseudonymDomain":"desk"}"""))
            .AddMaskingViews("second", Section("""{"Roles":{"support":{"Classes":{"contact.email":"Hidden"}}}}""")));
        var views = services.GetRequiredService<MaskingViews>();

        Assert.Equal("j***@example.com", views.For("support").Mask(Email, "jane@example.com"));
        Assert.Equal("jane@example.com", views.For("admin", Told).Mask(Email, "jane@example.com"));
        Assert.Equal("", services.GetRequiredKeyedService<MaskingViews>("second").For("support").Mask(Email, "jane@example.com"));
    }

    [Theory]
    [InlineData("""{"Rolls":{}}""", "'Rolls', which is not read")]
    [InlineData("""{"Roles":{"support":{"contact.email":"Clear"}}}""", "'contact.email', which is not read")]
    [InlineData("""{"Roles":{"support":{"Classes":{"contact.email":{"level":"Clear"}}}}}""", "Classes:contact.email' is not a text")]
    [InlineData("""{"Roles":{"support":{"Classes":{"contact.email":"9"}}}}""", "the level of 'contact.email' of the role 'support' is none")]
    [InlineData("""{"Roles":{"support":{"Classes":{"contact.emial":"Clear"}}}}""", "close to the built-in class 'contact.email'")]
    [InlineData("""{"Roles":{"support":"Clear"}}""", "has none of: Classes")]
    public void A_section_of_another_shape_is_a_fault(string json, string fault)
    {
        using var services = Build(privacy => privacy.AddMaskingViews(Section(json)));

        Assert.Contains(fault, Assert.Throws<OptionsValidationException>(services.GetRequiredService<MaskingViews>).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pseudonyms_are_those_of_the_pseudonymizer_in_the_domain_of_the_views()
    {
        await using var services = Build(privacy => privacy
            .AddPseudonymization(keys => keys.AllowVolatileKeys())
            .AddMaskingViews(options =>
            {
                options.PseudonymDomain = "desk";
                options.Role("analyst").Show(DataClasses.Contact, ViewLevel.Pseudonym).Show(DataClasses.PersonName, ViewLevel.Pseudonym).Show(DataClasses.AccountDomain, ViewLevel.Pseudonym);
            }));
        using var pseudonyms = await services.GetRequiredService<IViewPseudonymSource>().OpenAsync(TestKeys.Tenant, TestContext.Current.CancellationToken);
        var view = services.GetRequiredService<MaskingViews>().For("analyst", new ViewRequest { Pseudonyms = pseudonyms });
        var expected = await services.GetRequiredService<IPseudonymizer>()
            .PseudonymizeAsync(TestKeys.Tenant, new PseudonymDomain("desk"), EmailAddress.Parse("jane@example.com"), TestContext.Current.CancellationToken);
        var (name, note) = (new DataClass(DataClasses.PersonName), new DataClass("contact.note"));

        Assert.Equal(expected.ToString(), view.Mask(Email, " Jane@EXAMPLE.com"));
        Assert.Equal("", view.Mask(Email, "no address"));
        Assert.StartsWith("p1_", view.Mask(new DataClass(DataClasses.Phone), "+4930123456"), StringComparison.Ordinal);
        Assert.Equal("", view.Mask(new DataClass(DataClasses.Phone), "123"));
        Assert.StartsWith("p1_", view.Mask(new DataClass(DataClasses.AccountDomain), "example.com"), StringComparison.Ordinal);
        Assert.Equal(view.Mask(name, "Jane"), view.Mask(name, "Jane"));
        Assert.NotEqual(view.Mask(name, "Jane"), view.Mask(name, "Omar"));
        Assert.NotEqual(view.Mask(name, "Jane"), view.Mask(note, "Jane"));
        Assert.True(view.Mask(name, "Jane").Length <= pseudonyms.MaxLength);
    }

    private static ServiceProvider Build(Action<PrivacyBuilder> configure) => new ServiceCollection()
        .AddSingleton<TimeProvider>(new ManualTime(TestCertificates.Now)).AddAbmPrivacy(configure).BuildServiceProvider();

    private static IConfigurationSection Section(string json)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes("{\"Views\":" + json + "}"));
        return new ConfigurationBuilder().AddJsonStream(stream).Build().GetSection("Views");
    }
}
