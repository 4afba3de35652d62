using Abm.Privacy.Generators.Tests.Support;

namespace Abm.Privacy.Generators.Tests.Baselines;

/// <summary>Which protected properties a baseline must list: those that are surely in the model, and no other.</summary>
public class UnlistedPropertyTests
{
    [Theory]
    [InlineData("Contact : Person { }", "public class Person { public Protected<string>? Email { get; set; } }", "Email")]
    [InlineData("Contact { public Home? Home { get; set; } }", "[Owned] public class Home { public Protected<string>? Street { get; set; } }", "Home.Street")]
    [InlineData("Contact { public Home? Home { get; set; } }", "[ComplexType] public class Home { public Protected<string>? Street { get; set; } }", "Home.Street")]
    [InlineData("Contact { public List<Phone> Phones { get; } = []; }", "[Owned] public class Phone { public Protected<string>? Number { get; set; } }", "Phones.Number")]
    [InlineData("Contact { public Home? Home { get; set; } }", "[Owned] public class Home { public Door? Door { get; set; } } [Owned] public class Door { public Protected<int>? Code { get; set; } }", "Home.Door.Code")]
    [InlineData("Contact { public Home Home { get; set; } = new(); }", "public class Home { public Protected<string>? Street { get; private set; } }", "Home.Street", "model.Entity<Contact>().OwnsOne(c => c.Home)")]
    [InlineData("Contact { public Home Home { get; set; } = new(); }", "public class Home { public Protected<string>? Street { get; init; } }", "Home.Street", "model.Entity<Contact>().ComplexProperty(c => c.Home, home => { })")]
    [InlineData("Contact { public Phone[] Phones { get; } = []; }", "public class Phone { public Protected<string>? Number { get; set; } }", "Phones.Number", "model.Entity<Contact>().OwnsMany(c => c.Phones)")]
    public async Task A_property_of_a_listed_class_its_base_or_its_parts_must_be_listed(string contact, string others, string path, string call = "")
    {
        var reported = await Analysis.RunAsync(Source(contact, others, call), BaselineText.Contact("Known=known"));

        Assert.Equal(["ABMP002"], reported.Ids());
        Assert.StartsWith($"Contact.{path} is protected and not in the baseline.", reported[0].Text(), StringComparison.Ordinal);
        Assert.Empty(await Analysis.RunAsync(Source(contact, others, call), BaselineText.Contact("Known=known", path + "=x")));
    }

    [Fact]
    public async Task What_holds_listed_properties_is_a_part()
    {
        var source = Source("Contact { public Home? Home { get; set; } }", "public class Home { public Protected<string>? Street { get; set; } public Protected<string>? Town { get; set; } }");

        var reported = await Analysis.RunAsync(source, BaselineText.Contact("Known=known", "Home.Street=home.street"));

        Assert.Equal(["Contact.Home.Town"], reported.Select(diagnostic => diagnostic.Text().Split(' ')[0]));
        Assert.Contains("add \"Home.Town\": \"town\" under \"Shop.Contact\"", reported[0].Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_property_whose_name_begins_like_a_parts_is_none()
    {
        var source = Source("Contact { public House? Home { get; set; } public House? HomeAddress { get; set; } }", "public class House { public Protected<string>? Street { get; set; } }");

        Assert.Empty(await Analysis.RunAsync(source, BaselineText.Contact("Known=known", "HomeAddress.Street=street")));
    }

    [Fact]
    public async Task What_is_a_part_in_one_model_may_be_an_entity_in_another()
    {
        var source = Source(
            "Contact { public Home? Home { get; set; } }", "public class Home { public Protected<string>? Street { get; set; } }", "model.Entity<Contact>().OwnsOne(c => c.Home)");

        Assert.Empty(await Analysis.RunAsync(source, BaselineText.Of(("Shop.Contact crm contact", ["Known=known"]), ("Shop.Home crm home", ["Street=street"]))));
    }

    [Fact]
    public async Task A_part_is_not_looked_for_within_itself()
    {
        var source = Source("Contact { public Node? Node { get; set; } }", "[Owned] public class Node { public Protected<string>? Text { get; set; } public Node? Next { get; set; } }");

        Assert.Empty(await Analysis.RunAsync(source, BaselineText.Contact("Known=known", "Node.Text=text")));
    }

    [Fact]
    public async Task What_a_listed_base_declares_is_listed_with_the_base()
    {
        const string Vip = "public class Vip : Contact { public Protected<string>? Assistant { get; set; } public Protected<string>? Second { get; set; } }";
        var baseline = BaselineText.Of(("Shop.Contact crm contact", ["Known=known"]), ("Shop.Vip crm contact", ["Assistant=assistant"]));

        Assert.Equal(["Vip.Second"], (await Analysis.RunAsync(Source("Contact { }", Vip), baseline)).Select(diagnostic => diagnostic.Text().Split(' ')[0]));
    }

    [Fact]
    public async Task What_an_unlisted_base_declares_may_belong_to_either()
    {
        var reported = await Analysis.RunAsync(Source("Contact : Person { }", "public class Person { public Protected<string>? Email { get; set; } }"), BaselineText.Contact("Known=known"));

        Assert.EndsWith("add \"Email\": \"email\" under \"Shop.Contact\", or under Person if that is an entity type too.", Assert.Single(reported).Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Contact { [NotMapped] public Protected<string>? Cache { get; set; } }")]
    [InlineData("Contact { public Protected<string>? Cache => Known; }")]
    [InlineData("Contact { public static Protected<string>? Cache { get; set; } }")]
    [InlineData("Contact { private Protected<string>? Cache { get; set; } internal Protected<string>? Other { get; set; } public Protected<string>? Third { private get; set; } }")]
    [InlineData("Contact { public Protected<string>? Cache { get; set; } }", "", "model.Entity<Contact>().Ignore(c => c.Cache)")]
    [InlineData("Contact { public Protected<string>? Cache { get; set; } }", "", "model.Entity<Contact>().Ignore(nameof(Contact.Cache))")]
    [InlineData("Contact { public Order? Last { get; set; } public List<Order> Orders { get; } = []; }", "public class Order { public Protected<string>? Note { get; set; } }")]
    [InlineData("Contact { [NotMapped] public Home? Home { get; set; } }", "[Owned] public class Home { public Protected<string>? Street { get; set; } }")]
    [InlineData("Contact { }", "public class Unrelated { public Protected<string>? Email { get; set; } }")]
    [InlineData("Contact { }", "public class Vip : Contact { public Protected<string>? Assistant { get; set; } }")]
    [InlineData("Contact { public Node? Node { get; set; } }", "[Owned] public class Node { public Node? Next { get; set; } public Contact? Owner { get; set; } }")]
    public async Task What_the_model_leaves_out_or_may_leave_out_is_not_reported(string contact, string others = "", string call = "") =>
        Assert.Empty(await Analysis.RunAsync(Source(contact, others, call), BaselineText.Contact("Known=known")));

    [Theory]
    [InlineData("foreach (var name in new[] { \"Cache\" }) model.Entity<Contact>().Ignore(name)")]
    [InlineData("static void Leave<T>(EntityTypeBuilder<T> e, Expression<Func<T, object?>> what) where T : class => e.Ignore(what); Leave(model.Entity<Contact>(), c => c.Cache)")]
    [InlineData("model.Entity<Contact>().Metadata.AddIgnored(\"Cache\")")]
    [InlineData("var name = \"Cache\"; model.Entity<Contact>().Metadata.AddIgnored(name)")]
    [InlineData("model.Entity<Contact>().Metadata.RemoveProperty(\"Cache\")")]
    [InlineData("foreach (var property in model.Entity<Contact>().Metadata.GetProperties().ToList()) property.DeclaringType.RemoveProperty(property)")]
    public async Task A_property_may_be_ignored_by_a_name_that_the_compiler_does_not_know(string call) =>
        Assert.Empty(await Analysis.RunAsync(Source("Contact { public Protected<string>? Cache { get; set; } }", "", call), BaselineText.Contact("Known=known")));

    [Theory]
    [InlineData("model.Entity<Contact>().Ignore(\"Other\")")]
    [InlineData("model.Entity<Contact>().Metadata.AddIgnored(\"Other\")")]
    [InlineData("model.Ignore<Home>()")]
    [InlineData("new DbContextOptionsBuilder().ConfigureWarnings(warnings => { var id = CoreEventId.RowLimitingOperationWithoutOrderByWarning; warnings.Ignore(id); })")]
    [InlineData("static void Ignore(string name) { } var name = \"Cache\"; Ignore(name)")]
    public async Task What_ignores_something_else_hides_nothing(string call) => Assert.Equal(
        ["ABMP002"],
        (await Analysis.RunAsync(Source("Contact { public Protected<string>? Cache { get; set; } }", "public class Home { }", call), BaselineText.Contact("Known=known"))).Ids());

    [Theory]
    [InlineData("model.Ignore<Draft>()", true)]
    [InlineData("model.Ignore(typeof(Draft))", true)]
    [InlineData("foreach (var type in new[] { typeof(Draft) }) model.Ignore(type)", true)]
    [InlineData("static void Leave<T>(ModelBuilder model) where T : class => model.Ignore<T>(); Leave<Draft>(model)", true)]
    [InlineData("model.Model.AddIgnored(typeof(Draft))", true)]
    [InlineData("model.Model.AddIgnored(\"Shop.Draft\")", true)]
    [InlineData("static void Conventions(ModelConfigurationBuilder types) => types.IgnoreAny<IDraft>()", true)]
    [InlineData("model.Ignore<Contact>()", false)]
    public async Task A_part_whose_class_is_ignored_is_not_reported(string call, bool ignored)
    {
        var source = Source("Contact { public Draft? Draft { get; set; } }", "public interface IDraft { } [Owned] public class Draft : IDraft { public Protected<string>? Text { get; set; } }", call);

        Assert.Equal(ignored ? [] : ["ABMP002"], (await Analysis.RunAsync(source, BaselineText.Contact("Known=known"))).Ids());
    }

    [Theory]
    [InlineData("Contact : Person { public override Protected<string>? Cache { get; set; } }", "public class Person { [NotMapped] public virtual Protected<string>? Cache { get; set; } }")]
    [InlineData("Contact { public Home? Home { get; set; } }", "[NotMapped] public class Place { } [Owned] public class Home : Place { public Protected<string>? Street { get; set; } }")]
    public async Task What_is_not_mapped_is_so_when_it_is_inherited(string contact, string others)
    {
        Assert.Empty(await Analysis.RunAsync(Source(contact, others), BaselineText.Contact("Known=known")));
        Assert.Equal(["ABMP002"], (await Analysis.RunAsync(Source(contact, others.Replace("[NotMapped]", "", StringComparison.Ordinal)), BaselineText.Contact("Known=known"))).Ids());
    }

    private static string Source(string contact, string others, string call = "") => $$"""
        using System.ComponentModel.DataAnnotations.Schema;
        using System.Linq.Expressions;
        using Abm.Privacy.Classification;
        using Microsoft.EntityFrameworkCore;
        using Microsoft.EntityFrameworkCore.Diagnostics;
        using Microsoft.EntityFrameworkCore.Metadata.Builders;
        namespace Shop;
        public partial class {{contact}}
        public partial class Contact { public Protected<string>? Known { get; set; } }
        {{others}}
        public static class Model { public static void Build(ModelBuilder model) { {{call}}; } }
        """;
}
