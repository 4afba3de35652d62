using Abm.Privacy.Generators.Tests.Support;

namespace Abm.Privacy.Generators.Tests.Baselines;

public class BaselineAnalyzerTests
{
    [Fact]
    public async Task A_baseline_that_fits_is_accepted() =>
        Assert.Empty(await Analysis.RunAsync(Contact("Email"), BaselineText.Contact("Email=email")));

    [Fact]
    public async Task Without_a_baseline_nothing_is_reported()
    {
        Assert.Empty(await Analysis.RunAsync(Contact("Mail")));
        Assert.Empty(await Analysis.RunAsync(Analysis.Compile("Shop", [Contact("Mail")]), ("other.json", BaselineText.Contact("Email=email"))));
    }

    [Theory]
    [InlineData("privacy-baseline.json")]
    [InlineData("/src/crm/Privacy-Baseline.json")]
    [InlineData("crm.privacy-baseline.json")]
    public async Task A_file_whose_name_ends_with_privacy_baseline_json_is_a_baseline(string path) =>
        Assert.NotEmpty(await Analysis.RunAsync(Analysis.Compile("Shop", [Contact("Mail")]), (path, BaselineText.Contact("Email=email"))));

    [Fact]
    public async Task A_renamed_property_fails_where_the_baseline_names_it_and_where_it_is_now()
    {
        var reported = await Analysis.RunAsync(Contact("Mail"), BaselineText.Contact("Email=email"));

        Assert.Equal(["ABMP002 Shop1.cs(8,31)", "ABMP001 privacy-baseline.json(8,9)"], reported.Places());
        Assert.Equal(
            "Contact.Mail is protected and not in the baseline. If it was renamed, rename its line in the baseline and keep the frozen name; if it is new, add \"Mail\": \"email\" under \"Shop.Contact\".",
            reported[0].Text());
        Assert.Equal(
            "The baseline names Shop.Contact.Email (crm/contact/email), which its class has not any more. If it was renamed, write its new name into the baseline and keep the frozen one; if it is gone for good, take the line out.",
            reported[1].Text());
    }

    [Fact]
    public async Task A_rename_that_the_baseline_says_is_accepted() =>
        Assert.Empty(await Analysis.RunAsync(Contact("Mail"), BaselineText.Contact("Mail=email")));

    [Fact]
    public async Task A_renamed_class_fails_where_the_baseline_names_it()
    {
        var reported = await Analysis.RunAsync(Contact("Email").Replace("class Contact", "class Person", StringComparison.Ordinal), BaselineText.Contact("Email=email"));

        Assert.Equal(["ABMP001 privacy-baseline.json(4,5)"], reported.Places());
        Assert.StartsWith("The baseline names Shop.Contact (crm/contact), whose class is not there any more. If it was renamed", reported[0].Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_moved_class_fails_too() =>
        Assert.Equal(["ABMP001"], (await Analysis.RunAsync(Contact("Email").Replace("namespace Shop", "namespace Shop.Crm", StringComparison.Ordinal), BaselineText.Contact("Email=email"))).Ids());

    [Fact]
    public async Task A_property_that_is_no_protected_value_any_more_fails()
    {
        var reported = await Analysis.RunAsync(Contact("Email").Replace("Protected<string>?", "string?", StringComparison.Ordinal), BaselineText.Contact("Email=email"));

        Assert.Equal(["ABMP001 privacy-baseline.json(8,9)"], reported.Places());
        Assert.Contains("which is no Protected<T> any more", reported[0].Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_class_of_a_referenced_assembly_is_looked_up_there()
    {
        var old = Analysis.Reference(Analysis.Compile("Shop", [Contact("Email")]));
        var renamed = Analysis.Reference(Analysis.Compile("Shop", [Contact("Mail")]));
        var baseline = ("privacy-baseline.json", BaselineText.Contact("Email=email"));

        Assert.Empty(await Analysis.RunAsync(Analysis.Compile("Database", [], old), baseline));
        Assert.Equal(["ABMP002 privacy-baseline.json(4,5)"], (await Analysis.RunAsync(Analysis.Compile("Database", [], renamed), baseline)).Places());
        Assert.Equal(["ABMP003"], (await Analysis.RunAsync(Analysis.Compile("Database", [], old), ("privacy-baseline.json", BaselineText.Contact("Email=e-mail")))).Ids());
    }

    [Theory]
    [InlineData("private Protected<string>? _email; public void Set(string text) => _email = text; public override string? ToString() => _email?.ToString();", "_email=email")]
    [InlineData("internal Protected<string>? Email { get; set; }", "Email=email")]
    [InlineData("private Protected<string>? Email { get; set; }", "Email=email")]
    [InlineData("private Home? Home { get; set; }", "Home.Street=home.street")]
    public async Task A_member_that_a_reference_assembly_does_not_show_is_not_missed(string member, string field)
    {
        var person = Analysis.Reference(Analysis.Compile("People", ["using Abm.Privacy.Classification; namespace Shop; public class Home { } public class Person { " + member + " }"]));
        var baseline = ("privacy-baseline.json", BaselineText.Contact(field));

        Assert.Empty(await Analysis.RunAsync(Analysis.Compile("Database", ["namespace Shop; public class Contact : Person { }"], person), baseline));
        Assert.Empty(await Analysis.RunAsync(Analysis.Compile("Database", [], person), ("privacy-baseline.json", BaselineText.Of(("Shop.Person crm person", [field])))));
        Assert.Equal(["ABMP001"], (await Analysis.RunAsync(Analysis.Compile("Database", ["namespace Shop; public class Contact { }"], person), baseline)).Ids());
    }

    [Fact]
    public async Task A_part_of_a_referenced_assembly_may_have_members_that_are_not_shown()
    {
        var home = Analysis.Reference(Analysis.Compile("Homes", ["using Abm.Privacy.Classification; namespace Shop; public class Home { internal Protected<string>? Street { get; set; } }"]));
        static string Source(string part) => $"namespace Shop; public class Contact {{ public {part} Home {{ get; set; }} }} public struct House {{ }}";
        var baseline = ("privacy-baseline.json", BaselineText.Contact("Home.Street=home.street"));

        Assert.Empty(await Analysis.RunAsync(Analysis.Compile("Database", [Source("Home?")], home), baseline));
        Assert.Empty(await Analysis.RunAsync(Analysis.Compile("Database", [Source("List<Home>?")], home), baseline));
        Assert.Equal(["ABMP001"], (await Analysis.RunAsync(Analysis.Compile("Database", [Source("House")], home), baseline)).Ids());
        Assert.Equal(["ABMP001"], (await Analysis.RunAsync(Analysis.Compile("Database", [Source("string?")], home), baseline)).Ids());
    }

    [Fact]
    public async Task Nested_and_generic_classes_have_the_names_that_Entity_Framework_gives_them()
    {
        const string Source = """
            using Abm.Privacy.Classification;
            namespace Shop;
            public class Outer
            {
                public class Inner { public Protected<string>? Email { get; set; } }
                public class Pair<TFirst, TSecond> { public Protected<string>? Email { get; set; } public TFirst? First { get; set; } }
            }
            """;
        static string Baseline(string field) => BaselineText.Of(
            ("Shop.Outer+Inner crm inner", [field]), ("Shop.Outer+Pair<Shop.Outer+Inner,System.Collections.Generic.List<string>> crm pair", [field, "First.Email=first.email"]));

        Assert.Empty(await Analysis.RunAsync(Source, Baseline("Email=email")));
        Assert.Equal(["ABMP001", "ABMP001", "ABMP002", "ABMP002"], (await Analysis.RunAsync(Source, Baseline("Mail=email"))).Ids().Order());
    }

    [Fact]
    public async Task Every_baseline_of_a_project_is_compared()
    {
        var reported = await Analysis.RunAsync(Contact("Email"), BaselineText.Contact("Email=email"), BaselineText.Contact("Mail=email", "Email=other"), BaselineText.Empty);

        Assert.Equal(["ABMP003 Shop1.cs(7,6)", "ABMP001 other1.privacy-baseline.json(8,9)"], reported.Places());
    }

    private static string Contact(string property) => $$"""
        using Abm.Privacy.Classification;
        namespace Shop;
        [ProtectedEntity("contact", Scope = "crm")]
        public class Contact
        {
            public int Id { get; set; }
            [ProtectedField("email")]
            public Protected<string>? {{property}} { get; set; }
        }
        """;
}
