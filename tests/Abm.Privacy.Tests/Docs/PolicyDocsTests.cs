using System.Text.RegularExpressions;
using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Packs;
using Abm.Privacy.Tests.Consent;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Docs;

/// <summary>The policies that the pages show are loaded and tested; the law map is what the packs say.</summary>
public partial class PolicyDocsTests
{
    private static readonly string Page = File.ReadAllText(Repository.Path("docs", "policy-language.md"));

    public static TheoryData<string, string> Blocks { get; } =
    [
        .. Block().Matches(Page).Select(match => new TheoryDataRow<string, string>(match.Groups["kind"].Value, match.Groups["json"].Value)),
    ];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void A_shown_piece_of_a_policy_is_sound(string kind, string json)
    {
        var document = kind switch
        {
            "policy" => json,
            "rule" => TestPolicy.Json(json),
            _ => TestPolicy.Json(TestPolicy.Rule("shown", "forbid", json)),
        };

        var policy = ConsentPolicy.Parse(document, "policy-language.md");

        Assert.True(policy.RunTests().Passed, policy.RunTests().ToString());
        Assert.True(kind != "policy" || (policy.Tests.Count > 0 && policy.RunTests().Uncovered.Count == 0), policy.RunTests().ToString());
    }

    [Fact]
    public void Every_piece_of_JSON_is_marked_as_what_it_is()
    {
        Assert.Equal(Regex.Count(Page, "```json"), Blocks.Count);
        Assert.True(Blocks.Count >= 8, $"{Blocks.Count} pieces");
    }

    [Fact]
    public void Every_fact_code_and_operator_is_named_on_the_page()
    {
        Assert.All(FactRegistry.Default.Facts, fact => Assert.Contains($"`{fact.Name}`", Page, StringComparison.Ordinal));
        Assert.All(Channels.Names, name => Assert.Contains($"`{name}`", Page, StringComparison.Ordinal));
        Assert.All(LawfulBases.All, name => Assert.Contains($"`{name}`", Page, StringComparison.Ordinal));
    }

    [Fact]
    public void The_law_map_is_what_the_packs_say()
    {
        var path = Repository.Path("docs", "law-map.md");
        if (Environment.GetEnvironmentVariable("ABM_PRIVACY_ACCEPT_LAW_MAP") == "1")
        {
            File.WriteAllText(path, LawMap.Write());
        }

        Assert.Equal(LawMap.Write(), File.ReadAllText(path));
        Assert.All(ConsentPacks.All.SelectMany(pack => pack.Policy.Rules), rule => Assert.Contains($"`{rule.Id}`", LawMap.Write(), StringComparison.Ordinal));
    }

    [GeneratedRegex(@"<!-- (?<kind>policy|rule|condition) -->\n```json\n(?<json>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
