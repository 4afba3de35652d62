using System.Diagnostics;
using Abm.Privacy.Consent;
using static Abm.Privacy.Tests.Consent.TestPolicy;

namespace Abm.Privacy.Tests.Consent;

/// <summary>The cost of a document grows with its size and no faster.</summary>
public class HostilePolicyTests
{
    [Fact]
    public void Many_packs_cost_no_more_than_each_of_them()
    {
        var packs = string.Join(',', Enumerable.Range(0, 50_000).Select(i => $$"""{"id":"pack-{{i}}","rules":[]}"""));
        var watch = Stopwatch.StartNew();

        var policy = ConsentPolicy.Parse($$"""{"schema":"abm-privacy-policy/1","id":"p","version":"1.0.0","packs":[{{packs}}]}""");

        Assert.Equal(50_001, policy.Packs.Count);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Only_the_first_hundred_faults_are_listed()
    {
        var rules = Enumerable.Range(0, 3000).Select(i => $$"""{"id":"r{{i}}","effect":"nothing"}""").ToArray();

        var error = Assert.Throws<InvalidDocumentException>(() => ConsentPolicy.Parse(Json(rules)));

        Assert.Equal(101, error.Faults.Count);
        Assert.Contains("more faults", error.Faults[^1].Problem, StringComparison.Ordinal);
        Assert.InRange(error.Message.Length, 1, 50_000);
    }

    [Fact]
    public void A_hundred_faults_are_listed_without_the_word_more()
    {
        var rules = Enumerable.Range(0, 100).Select(i => Rule($"r{i}", "forbid", """{"use":"nothing"}""")).ToArray();

        var error = Assert.Throws<InvalidDocumentException>(() => ConsentPolicy.Parse(Json(rules)));

        Assert.Equal(100, error.Faults.Count);
        Assert.All(error.Faults, fault => Assert.Contains("is not defined", fault.Problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Among_very_many_names_none_is_suggested()
    {
        static string Mend(int count)
        {
            var definitions = string.Join(',', Enumerable.Range(0, count).Select(i => $$"""{{'"'}}name-{{i}}":{"fact":"contract","eq":true}"""));
            var json = $$"""{"schema":"abm-privacy-policy/1","id":"p","version":"1.0.0","define":{ {{definitions}} },"rules":[{{Rule("r", "forbid", """{"use":"nam-7"}""")}}]}""";
            return Assert.Single(Assert.Throws<InvalidDocumentException>(() => ConsentPolicy.Parse(json)).Faults).Mend;
        }

        Assert.Equal("Did you mean 'name-7'?", Mend(200));
        Assert.Equal("Look up the name in the list of known names.", Mend(201));
    }

    [Fact]
    public void A_very_long_name_gets_no_suggestion()
    {
        var known = new string('a', 128);

        Assert.Equal($"Did you mean '{known}'?", NearestName.Suggest(known[1..] + "b", [known]));
        Assert.Equal($"Use one of: {known}.", NearestName.Suggest(known + "b", [known]));
    }

    [Fact]
    public void Rules_that_use_one_definition_share_its_normal_form()
    {
        var policy = ConsentPolicy.Parse($$"""
            {"schema":"abm-privacy-policy/1","id":"p","version":"1.0.0",
             "define":{"d":{"not":{"all":[{"fact":"contract","eq":true},{"fact":"restricted","eq":true}]} } },
             "rules":[{{Rule("a", "forbid", """{"use":"d"}""")}},{{Rule("b", "forbid", """{"use":"d"}""")}}]}
            """);

        Assert.Same(policy.Rules[0].When, policy.Rules[1].When);
    }

    [Fact]
    public void The_rules_together_are_bounded_with_their_definitions_written_out()
    {
        var doubling = string.Join(',', Enumerable.Range(0, 10).Select(i => $$"""{{'"'}}d{{i}}":{"all":[{"use":"d{{i + 1}}"},{"use":"d{{i + 1}}"}]}"""));
        var rules = string.Join(',', Enumerable.Range(0, 60).Select(i => Rule($"r{i}", "forbid", """{"use":"d0"}""")));
        var json = $$"""{"schema":"abm-privacy-policy/1","id":"p","version":"1.0.0","define":{ {{doubling}},"d10":{"fact":"contract","eq":true} },"rules":[{{rules}}]}""";

        var fault = Assert.Single(Assert.Throws<InvalidDocumentException>(() => ConsentPolicy.Parse(json)).Faults);

        Assert.Contains("100000 parts", fault.Problem, StringComparison.Ordinal);
    }
}
