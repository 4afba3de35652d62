using System.Globalization;
using System.Text.Json;
using Abm.Privacy.Classification;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Tests.Classification;

public class ClassifiedInventoryTests
{
    private static readonly ClassifiedInventory Inventory = new ClassifiedModelBuilder().Add<SampleContact>().Add<SampleAddress>().Build();

    [Fact]
    public void The_inventory_prints_as_Markdown()
    {
        var small = new ClassifiedModelBuilder().Add<SampleAddress>().Build();

        Assert.Equal("""
            # Inventory of personal data

            1 types, 1 properties without a declared class.

            ## Abm.Privacy.Tests.Classification.SampleAddress

            | Property | Type | Class | Declared |
            | --- | --- | --- | --- |
            | City | string | (unknown) | nowhere |
            | Street | string | contact.postal-address | member |

            """.ReplaceLineEndings("\n"), small.ToMarkdown());
        Assert.Contains("| Phones | List\\<E164Phone> | contact.phone | type |", Inventory.ToMarkdown(), StringComparison.Ordinal);
        Assert.Contains("| Others\\[].City | string |", Inventory.ToMarkdown(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_inventory_prints_as_JSON()
    {
        using var json = JsonDocument.Parse(Inventory.ToJson());
        var contact = json.RootElement.GetProperty("types")[1];
        var rows = contact.GetProperty("properties").EnumerateArray().ToDictionary(row => row.GetProperty("path").GetString()!, row => row);

        Assert.Equal((1, Inventory.GapCount), (json.RootElement.GetProperty("version").GetInt32(), json.RootElement.GetProperty("gaps").GetInt32()));
        Assert.Equal("Abm.Privacy.Tests.Classification.SampleContact", contact.GetProperty("type").GetString());
        Assert.Equal(("EmailAddress?", "contact.email", "type"), Row(rows["Second"]));
        Assert.Equal(("string", "(unknown)", "nowhere"), Row(rows["Notes"]));
        Assert.Equal(("Dictionary<string, SampleAddress>", "(unknown)", "nowhere"), Row(rows["ByLabel"]));

        static (string?, string?, string?) Row(JsonElement row) =>
            (row.GetProperty("type").GetString(), row.GetProperty("class").GetString(), row.GetProperty("source").GetString());
    }

    [Fact]
    public void The_order_of_adding_and_the_culture_change_nothing()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("ar-SA");
        try
        {
            var other = new ClassifiedModelBuilder().Add<SampleAddress>().Add<SampleContact>().Add<SampleAddress>().Build();
            Assert.Equal((Inventory.ToJson(), Inventory.ToMarkdown()), (other.ToJson(), other.ToMarkdown()));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void The_inventory_of_an_assembly_holds_the_types_that_carry_a_declaration()
    {
        var types = new ClassifiedModelBuilder().AddAssembly(typeof(EmailAddress).Assembly).Build().Models.Select(model => model.Type);

        Assert.Superset(new HashSet<Type> { typeof(EmailAddress), typeof(E164Phone), typeof(DomainName) }, types.ToHashSet());
        Assert.DoesNotContain(typeof(TenantId), types);
    }

    [Fact]
    public void A_wrong_name_anywhere_in_an_assembly_is_an_error() =>
        Assert.Throws<ArgumentException>(() => ClassifiedInventory.OfAssembly(typeof(ClassifiedInventoryTests).Assembly));
}
