using System.Text.RegularExpressions;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Docs;

public partial class DocsTests
{
    public static TheoryData<string> Pages { get; } = [.. Directory.GetFiles(Repository.Path("docs"), "*.md").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_code_block_of_a_page_is_compiled_and_run(string page) => Of(page).AssertEveryBlockIsARegion();

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_file_that_a_page_links_to_exists(string page) =>
        Assert.All(Of(page).Links, path => Assert.True(Path.Exists(path), path));

    [Fact]
    public void Every_snippet_is_shown_on_a_page()
    {
        var shown = Pages.SelectMany(page => Of(page.Data).Shown);

        Assert.Empty(Of("keys.md").Regions.Except(shown));
        Assert.Empty(Of("database.md").Regions.Except(shown));
        Assert.Empty(Of("policy-language.md").Regions.Except(shown));
        Assert.Empty(Of("consent.md").Regions.Except(shown));
        Assert.Empty(Of("masking.md").Regions.Except(shown));
        Assert.Empty(Of("text-masking.md").Regions.Except(shown));
        Assert.Empty(Of("json-masking.md").Regions.Except(shown));
        Assert.Empty(Of("log-masking.md").Regions.Except(shown));
        Assert.Empty(Of("consent-ledger.md").Regions.Except(shown));
        Assert.Empty(Of("object-masking.md").Regions.Except(shown));
        Assert.Empty(Of("keyed-masking.md").Regions.Except(shown));
    }

    [Fact]
    public void Every_test_that_the_table_of_misuse_names_exists()
    {
        var named = MisuseTest().Matches(File.ReadAllText(Repository.Path("docs", "misuse.md"))).Select(match => match.Groups["name"].Value).ToList();

        Assert.True(named.Count >= 30, "the table of misuse was not found");
        Assert.Empty(named.Except(TestNames.Methods).Except(TestNames.Classes));
    }

    private static MarkdownSnippets Of(string page) => page == "keyed-masking.md"
        ? new("docs/keyed-masking.md", "Abm.Privacy.Tests/Docs/KeyedMaskingDocsSnippets.cs", "Abm.Privacy.EntityFrameworkCore.Tests/Docs/StaticMaskingDocsSnippets.cs")
        : OfOneSource(page);

    private static MarkdownSnippets OfOneSource(string page) => new(Path.Combine("docs", page), page switch
    {
        "database.md" => "Abm.Privacy.EntityFrameworkCore.Tests/Docs/DatabaseDocsSnippets.cs",
        "consent-ledger.md" => "Abm.Privacy.EntityFrameworkCore.Tests/Docs/LedgerDocsSnippets.cs",
        "policy-language.md" => "Abm.Privacy.Tests/Docs/PolicyDocsSnippets.cs",
        "text-masking.md" => "Abm.Privacy.Tests/Docs/TextDocsSnippets.cs",
        "masking.md" => "Abm.Privacy.Tests/Docs/MaskingDocsSnippets.cs",
        "object-masking.md" => "Abm.Privacy.Generators.Tests/Docs/ObjectDocsSnippets.cs",
        "log-masking.md" => "Abm.Privacy.Tests/Docs/LogMaskingDocsSnippets.cs",
        "consent.md" => "Abm.Privacy.Tests/Docs/ConsentDocsSnippets.cs",
        "json-masking.md" => "Abm.Privacy.Tests/Docs/JsonMaskingDocsSnippets.cs",
        _ => "Abm.Privacy.Tests/Docs/DocsSnippets.cs",
    });

    [GeneratedRegex(@"`(?<name>[A-Z]\w+(?:_\w+|Tests))`")]
    private static partial Regex MisuseTest();
}
