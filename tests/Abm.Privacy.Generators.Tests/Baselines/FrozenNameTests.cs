using Abm.Privacy.Generators.Tests.Support;

namespace Abm.Privacy.Generators.Tests.Baselines;

/// <summary>Attributes that contradict a baseline, and what the model builder says that attributes do not.</summary>
public class FrozenNameTests
{
    private const string Class = "[ProtectedEntity(\"contact\", Scope = \"crm\")] public class Contact";

    [Theory]
    [InlineData("Shop.Contact crm person", "Email=email", "Contact is named crm/contact by its attribute, and crm/person in the baseline. What is stored opens under the old name only: keep it.")]
    [InlineData("Shop.Contact sales contact", "Email=email", "Contact is named crm/contact by its attribute, and sales/contact in the baseline.")]
    [InlineData("Shop.Contact crm contact", "Email=e-mail", "Contact.Email is named email by its attribute, and e-mail in the baseline.")]
    public async Task An_attribute_that_contradicts_the_baseline_fails(string names, string field, string message)
    {
        var source = Source(Class + " { [ProtectedField(\"email\")] public Protected<string>? Email { get; set; } }");

        var reported = await Analysis.RunAsync(source, BaselineText.Of((names, [field])));

        Assert.Equal(["ABMP003"], reported.Ids());
        Assert.StartsWith(message, reported[0].Text(), StringComparison.Ordinal);
        Assert.True(reported[0].Location.IsInSource);
        Assert.StartsWith("Protected", source[reported[0].Location.SourceSpan.Start..], StringComparison.Ordinal);
        Assert.Equal("privacy-baseline.json", Assert.Single(reported[0].AdditionalLocations).GetLineSpan().Path);
    }

    [Theory]
    [InlineData("[ProtectedField(\"home\")]", "home.street", true)]
    [InlineData("[ProtectedField(\"home\")]", "house.street", false)]
    [InlineData("[ProtectedField(\"home\")]", "street", false)]
    [InlineData("[ProtectedField(\"home\")]", "home-street", false)]
    [InlineData("", "street", true)]
    [InlineData("", "from-the-builder.street", true)] // of another assembly, perhaps
    [InlineData("", "home.town", false)]
    [InlineData("", "homestreet", false)]
    public async Task The_name_of_a_parts_property_is_compared_as_far_as_it_is_known(string attribute, string frozen, bool accepted)
    {
        var source = Source(Class + " { " + attribute + " public Home? Home { get; set; } } public class Home { [ProtectedField(\"street\")] public Protected<string>? Street { get; set; } }");

        Assert.Equal(accepted ? [] : ["ABMP003"], (await Analysis.RunAsync(source, BaselineText.Contact("Home.Street=" + frozen))).Ids());
    }

    [Fact]
    public async Task The_attribute_of_a_listed_base_counts_and_that_of_an_unlisted_one_may_not()
    {
        var source = Source(Class + " { [ProtectedField(\"email\")] public Protected<string>? Email { get; set; } } public class Vip : Contact { public Protected<string>? Assistant { get; set; } }");

        Assert.Equal(["ABMP003"], (await Analysis.RunAsync(source, BaselineText.Of(("Shop.Contact crm contact", ["Email=email"]), ("Shop.Vip crm vip", ["Assistant=assistant"])))).Ids());
        Assert.Empty(await Analysis.RunAsync(source, BaselineText.Of(("Shop.Vip crm vip", ["Assistant=assistant", "Email=email"]))));
    }

    [Fact]
    public async Task The_attribute_of_an_overridden_property_counts()
    {
        var source = Source("public class Base { [ProtectedField(\"email\")] public virtual Protected<string>? Email { get; set; } } public class Contact : Base { public override Protected<string>? Email { get; set; } }");

        Assert.Empty(await Analysis.RunAsync(source, BaselineText.Contact("Email=email")));
        Assert.Equal(["ABMP003"], (await Analysis.RunAsync(source, BaselineText.Contact("Email=mail"))).Ids());
    }

    [Theory]
    [InlineData("model.Entity<Contact>().HasPrivacyName(\"crm\", \"contact\")", "Email=email")]
    [InlineData("model.Entity<Contact>().HasPrivacyName(\"crm\", \"contact\").Property(c => c.Email).HasPrivacyName(\"mail\")", "Email=mail")]
    [InlineData("model.Entity<Contact>(contact => { contact.HasPrivacyName(\"crm\", \"contact\"); var email = contact.Property(c => c.Email); email.HasPrivacyName(\"mail\"); })", "Email=mail")]
    public async Task A_name_from_the_model_builder_goes_before_that_of_an_attribute(string call, string field)
    {
        var source = Source("[ProtectedEntity(\"person\", Scope = \"crm\")] public class Contact { [ProtectedField(\"email\")] public Protected<string>? Email { get; set; } }", call);

        Assert.Empty(await Analysis.RunAsync(source, BaselineText.Contact(field)));
    }

    [Theory]
    [InlineData("model.Entity<Contact>().OwnsOne(c => c.Home).HasPrivacyName(\"house\")")]
    [InlineData("model.Entity<Contact>().OwnsOne(c => c.Home, home => home.HasPrivacyName(\"house\"))")]
    [InlineData("model.Entity<Contact>().ComplexProperty(c => c.Home).HasPrivacyName(\"house\")")]
    public async Task A_part_may_be_named_by_the_model_builder(string call)
    {
        const string Classes = "public class Contact { [ProtectedField(\"home\")] public Home Home { get; set; } = new(); } public class Home { [ProtectedField(\"street\")] public Protected<string>? Street { get; set; } }";

        Assert.Empty(await Analysis.RunAsync(Source(Classes, call), BaselineText.Contact("Home.Street=house.street")));
        Assert.Equal(["ABMP003"], (await Analysis.RunAsync(Source(Classes, call), BaselineText.Contact("Home.Street=house.road"))).Ids());
    }

    [Theory]
    [InlineData("model.Entity<Contact>().Property<Protected<string>>(\"Secret\")")]
    [InlineData("model.Entity<Contact>().Property(typeof(Protected<string>), \"Secret\")")]
    [InlineData("const string Name = \"Sec\" + \"ret\"; model.Entity<Contact>().Property<Protected<string>>(Name)")]
    [InlineData("model.Entity<Contact>().Metadata.AddProperty(\"Secret\", typeof(Protected<string>))")]
    public async Task A_property_that_is_in_the_model_alone_is_known_by_its_call(string call)
    {
        Assert.Empty(await Analysis.RunAsync(Source("public class Contact { }", call), BaselineText.Contact("Secret=secret")));
        Assert.Equal(["ABMP001"], (await Analysis.RunAsync(Source("public class Contact { }", call), BaselineText.Contact("Other=secret"))).Ids());
    }

    [Theory]
    [InlineData("foreach (var name in new[] { \"Secret\" }) model.Entity<Contact>().Property<Protected<string>>(name)")]
    [InlineData("foreach (var name in new[] { \"Secret\" }) model.Entity<Contact>().Property(typeof(Protected<string>), name)")]
    [InlineData("static void Shadow(EntityTypeBuilder<Contact> e, string name) => e.Property<Protected<string>>(name); Shadow(model.Entity<Contact>(), \"Secret\")")]
    [InlineData("static void Shadow<T>(EntityTypeBuilder<Contact> e, string name) => e.Property<T>(name); Shadow<Protected<string>>(model.Entity<Contact>(), \"Secret\")")]
    [InlineData("static void Shadow(EntityTypeBuilder<Contact> e, Type type, string name) => e.Property(type, name); Shadow(model.Entity<Contact>(), typeof(Protected<string>), \"Secret\")")]
    [InlineData("foreach (var name in new[] { \"Secret\" }) model.Entity<Contact>().Metadata.AddProperty(name, typeof(Protected<string>))")]
    public async Task A_property_may_be_in_the_model_alone_under_a_name_that_the_compiler_does_not_know(string call)
    {
        var source = Source("public class Contact { }", call);

        Assert.Empty(await Analysis.RunAsync(source, BaselineText.Contact("Secret=secret")));
        Assert.Equal(["ABMP001"], (await Analysis.RunAsync(source, BaselineText.Of(("Shop.Person crm person", ["Secret=secret"])))).Ids()); // a class is none
    }

    [Theory]
    [InlineData("model.Entity<Contact>().Property(c => c.Mail).HasColumnName(\"Email\")")]
    [InlineData("foreach (var name in new[] { \"Email\" }) model.Entity<Contact>().Property(name).HasMaxLength(9)")]
    [InlineData("foreach (var name in new[] { \"Email\" }) model.Entity<Contact>().Property<byte[]>(name)")]
    [InlineData("model.Entity<Contact>().Metadata.AddProperty(\"Email\", typeof(byte[]))")]
    [InlineData("static void AddProperty(string name, Type type) { } var name = \"Email\"; AddProperty(name, name.GetType())")]
    [InlineData("foreach (var name in new[] { \"Email\" }) model.Entity(name)")]
    [InlineData("_ = EF.Property<Protected<string>>(new Contact(), \"Email\")")]
    [InlineData("Console.WriteLine(\"Email\")")]
    [InlineData("model.Entity<Contact>().Property<byte[]>(\"Email\")")]
    public async Task A_text_elsewhere_hides_no_rename(string call) => Assert.Equal(
        ["ABMP002", "ABMP001"],
        (await Analysis.RunAsync(Source("public class Contact { public Protected<string>? Mail { get; set; } }", call), BaselineText.Contact("Email=email"))).Ids());

    [Fact]
    public async Task The_snapshot_of_a_migration_hides_no_rename_and_names_nothing()
    {
        const string Snapshot = """
            // <auto-generated />
            using Abm.Privacy.Classification;
            using Microsoft.EntityFrameworkCore;
            namespace Shop;
            public class Snapshot
            {
                public void Build(ModelBuilder model) => model.Entity("Shop.Contact", contact =>
                {
                    contact.Property<Protected<string>>("Email");
                    contact.Ignore("Mail");
                });
            }
            """;
        var source = Source("public class Contact { public Protected<string>? Mail { get; set; } }");

        var reported = await Analysis.RunAsync(Analysis.Compile("Shop", [source, Snapshot]), ("privacy-baseline.json", BaselineText.Contact("Email=email")));

        Assert.Equal(["ABMP002", "ABMP001"], reported.Ids());
    }

    [Fact]
    public async Task A_generated_class_is_compared_too()
    {
        var source = "// <auto-generated />\n" + Source("public class Contact { public Protected<string>? Mail { get; set; } }");

        Assert.Equal(["ABMP002"], (await Analysis.RunAsync(source, BaselineText.Contact())).Ids());
    }

    [Fact]
    public async Task An_entity_type_without_a_class_of_its_own_and_a_bag_of_properties_are_accepted()
    {
        const string Call = "model.SharedTypeEntity<Dictionary<string, object>>(\"tag\").IndexerProperty<Protected<string>>(\"Text\")";
        var source = Source("public class Contact { public Dictionary<string, object> More { get; set; } = []; } public class Bag { public object? this[string name] { get => null; set { } } }", Call);

        Assert.Empty(await Analysis.RunAsync(source, BaselineText.Of(("tag crm tag", ["Text=text"]), ("Shop.Bag crm bag", ["Anything=any"]), ("Shop.Contact crm contact", ["More.Anything=any"]))));
        Assert.Equal(["ABMP001"], (await Analysis.RunAsync(source, BaselineText.Of(("tags crm tag", ["Text=text"])))).Ids());
    }

    [Theory]
    [InlineData("model.Entity(\"tag\")")]
    [InlineData("foreach (var name in new[] { \"tag\" }) model.SharedTypeEntity<Dictionary<string, object>>(name)")]
    public async Task An_entity_type_without_a_class_may_be_made_in_other_ways(string call) =>
        Assert.Empty(await Analysis.RunAsync(Source("public class Contact { }", call), BaselineText.Of(("tag crm tag", ["Text=text"]))));

    [Fact]
    public async Task A_mapped_field_is_found() => Assert.Empty(await Analysis.RunAsync(
        Source("public class Contact { [ProtectedField(\"email\")] private Protected<string>? _email; public override string? ToString() => _email?.ToString(); public void Set(string text) => _email = text; }"),
        BaselineText.Contact("_email=email")));

    private static string Source(string classes, string call = "") => $$"""
        using Abm.Privacy.Classification;
        using Microsoft.EntityFrameworkCore;
        using Microsoft.EntityFrameworkCore.Metadata.Builders;
        namespace Shop;
        public static class Model { public static void Build(ModelBuilder model) { {{call}}; } }
        {{classes}}
        """;
}
