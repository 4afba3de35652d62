using System.Diagnostics;
using System.Text;
using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Checks;
using Abm.Privacy.Consent.Language;
using FsCheck;
using FsCheck.Fluent;
using static Abm.Privacy.Tests.Consent.TestPolicy;

namespace Abm.Privacy.Tests.Consent;

/// <summary>What can be read but cannot be meant is refused, and nothing else is.</summary>
public class PolicyAnalysisTests
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(20260303, 13);

    [Theory]
    [InlineData("""{"fact":"consent.grantedAt","lt":"1970-01-01T00:00:00Z"}""", "", "This comparison never holds")]
    [InlineData("""{"fact":"consent.grantedAt","gt":{"fact":"consent.grantedAt"}}""", "", "This comparison never holds")]
    [InlineData("""{"fact":"subject.age","lt":0}""", "", "This comparison never holds")]
    [InlineData("""{"fact":"sends.contact","le":-1}""", "", "This comparison never holds")]
    [InlineData("""{"all":[{"fact":"consent.status","eq":"granted"},{"fact":"consent.status","eq":"withdrawn"}]}""", "", "contradict one another")]
    [InlineData("""{"all":[{"fact":"consent.status","in":["none","pending"]},{"not":{"fact":"consent.status","in":["none","pending"]}}]}""", "", "contradict one another")]
    [InlineData("""{"all":[{"fact":"contract","eq":true},{"fact":"contract","ne":true}]}""", "", "contradict one another")]
    [InlineData("""{"all":[{"fact":"subject.age","gt":15},{"fact":"subject.age","lt":16}]}""", "", "contradict one another")]
    [InlineData("""{"all":[{"fact":"subject.age","exists":false},{"fact":"subject.age","lt":16}]}""", "", "contradict one another")]
    [InlineData("""{"all":[{"fact":"implied.at","gt":"@now"},{"fact":"implied.at","lt":"@now-P24M"}]}""", "", "contradict one another")]
    [InlineData("""{"all":[{"fact":"implied.at","gt":"@now-P6M"},{"fact":"implied.at","le":"@now-P2Y"}]}""", "", "contradict one another")]
    [InlineData("""{"all":[{"fact":"implied.at","ge":"2026-01-02T00:00:00Z"},{"fact":"implied.at","lt":"2026-01-01T00:00:00Z"}]}""", "", "contradict one another")]
    [InlineData("""{"all":[{"fact":"consent.grantedAt","gt":{"fact":"objection.at"}},{"fact":"objection.at","ge":"@now"},{"fact":"consent.grantedAt","lt":"@now"}]}""", "", "contradict one another")]
    [InlineData("""{"all":[{"fact":"contact.zone","localTimeIn":["08:00","12:00"]},{"fact":"contact.zone","localTimeIn":["12:00","20:00"]}]}""", "", "contradict one another")]
    [InlineData("""{"not":{"any":[{"fact":"contract","eq":true},{"fact":"contract","eq":false}]}}""", "", "always holds")]
    [InlineData("""{"any":[{"fact":"contract","eq":true},{"all":[{"fact":"restricted","eq":true},{"fact":"restricted","eq":false}]}]}""", "/any/1", "contradict one another")]
    public void A_condition_that_never_holds_names_its_place(string condition, string place, string text)
    {
        var faults = Faults(Json(Rule("r", "forbid", condition)));

        Assert.Equal("/rules/0/when" + place, faults[0].JsonPointer);
        Assert.Contains(text, faults[0].Problem, StringComparison.Ordinal);
        Assert.True(place.Length > 0 ? faults.Count == 1 : faults.Count == 2 && faults[1].Problem.Contains("This forbid rule can never fire", StringComparison.Ordinal));
        Assert.All(faults, fault => Assert.NotEmpty(fault.Mend));
    }

    [Theory]
    [InlineData("""{"all":[{"fact":"subject.age","gt":14},{"fact":"subject.age","lt":16}]}""")]
    [InlineData("""{"all":[{"not":{"fact":"objection.at","lt":"@now"}},{"not":{"fact":"objection.at","ge":"@now"}}]}""")] // there is none
    [InlineData("""{"not":{"any":[{"fact":"account.onTargetList","eq":true},{"fact":"account.onTargetList","eq":false}]}}""")] // no gate in use
    [InlineData("""{"all":[{"fact":"implied.at","lt":"@now-P1M"},{"fact":"implied.at","gt":"@now-P30D"}]}""")] // in March
    [InlineData("""{"all":[{"fact":"implied.at","gt":"@now"},{"fact":"implied.at","lt":"2026-01-01T00:00:00Z"}]}""")] // before that day
    [InlineData("""{"all":[{"fact":"contact.zone","localTimeIn":["08:00","13:00"]},{"fact":"contact.zone","localTimeIn":["12:00","20:00"]}]}""")]
    [InlineData("""{"all":[{"fact":"contact.zone","eq":"Europe/Berlin"},{"fact":"contact.zone","localTimeIn":["08:00","13:00"]}]}""")]
    [InlineData("""{"all":[{"fact":"facts.errors","lt":0}]}""")] // a bit set
    [InlineData("""{"all":[]}""")]
    public void A_condition_that_may_hold_is_no_fault(string condition)
    {
        Assert.Single(ConsentPolicy.Parse(Json(Rule("r", "forbid", condition))).Rules);
    }

    [Fact]
    public void A_contradiction_in_a_definition_is_reported_there_and_at_the_rule()
    {
        var faults = Faults("""
            {"schema":"abm-privacy-policy/1","id":"p","version":"1.0.0",
             "define":{"never":{"all":[{"fact":"contract","eq":true},{"fact":"contract","eq":false}]},"b":{"all":[{"use":"never"},{"fact":"restricted","eq":true}]}},
             "rules":[{"id":"r","effect":"explain","reason":"X","when":{"use":"b"}}]}
            """);

        Assert.Equal(["/define/never", "/rules/0/when"], faults.Select(fault => fault.JsonPointer));
    }

    [Theory]
    [InlineData("", """{"all":[]}""", "")]
    [InlineData("", """{"any":[{"fact":"contract","eq":true},{"fact":"contract","eq":false}]}""", "")]
    [InlineData("", """{"fact":"consent.status","eq":"granted"}""", "")]
    [InlineData("", """{"fact":"consent.method","in":["preticked","form","button"]}""", "")] // unknown at best
    [InlineData(""","applies":{"channel":"email","purposeUnder":"marketing.newsletter","jurisdiction":"EU/FR"}""", """{"all":[]}""", ""","applies":{"channel":["email","sms"],"purposeUnder":"marketing","jurisdiction":"EU","jurisdictionNot":"EU/DE"}""")]
    public void A_permit_that_a_forbid_always_overrules_is_a_fault(string permitScope, string forbid, string forbidScope)
    {
        var fault = Assert.Single(Faults(Json(
            Rule("f", "forbid", forbid, "NO", forbidScope),
            Rule("p", "permit", """{"all":[{"fact":"consent.status","eq":"granted"},{"not":{"fact":"consent.method","in":["reply","signature","voice","api","signal","silence","bundled","import"]}},{"fact":"consent.method","exists":true}]}""", "OK", permitScope))));

        Assert.Equal("/rules/1", fault.JsonPointer);
        Assert.Contains("the forbid 'f' holds or may hold too", fault.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", """{"fact":"consent.status","eq":"withdrawn"}""", "")]
    [InlineData("", """{"fact":"suppressed.all","eq":true}""", "")]
    [InlineData("", """{"all":[]}""", ""","applies":{"channel":"sms"}""")]
    [InlineData(""","applies":{"channel":["email","sms"]}""", """{"all":[]}""", ""","applies":{"channel":"sms"}""")]
    [InlineData(""","applies":{"purposeUnder":"marketing"}""", """{"all":[]}""", ""","applies":{"purposeUnder":"marketing.newsletter"}""")]
    [InlineData(""","applies":{"jurisdiction":"EU"}""", """{"all":[]}""", ""","applies":{"jurisdiction":"EU/DE"}""")]
    [InlineData(""","applies":{"jurisdiction":"EU"}""", """{"all":[]}""", ""","applies":{"jurisdictionNot":"EU/DE"}""")]
    [InlineData(""","applies":{"jurisdiction":"EU/DE"}""", """{"all":[]}""", ""","applies":{"jurisdictionNot":"EU"}""")]
    public void A_permit_that_counts_somewhere_is_no_fault(string permitScope, string forbid, string forbidScope)
    {
        Assert.Equal(2, ConsentPolicy.Parse(Json(Rule("f", "forbid", forbid, "NO", forbidScope), Rule("p", "permit", """{"fact":"consent.status","eq":"granted"}""", "OK", permitScope))).Rules.Count);
    }

    [Fact]
    public void A_scope_that_excludes_all_it_names_is_a_fault()
    {
        var fault = Assert.Single(Faults(Json(Rule("f", "forbid", """{"all":[]}""", "NO", ""","applies":{"jurisdiction":["EU/DE","EU/FR"],"jurisdictionNot":"EU"}"""))));

        Assert.Equal("/rules/0/applies", fault.JsonPointer);
        Assert.Contains("never applies", fault.Problem, StringComparison.Ordinal);
        Assert.Single(Of(Rule("f", "forbid", """{"all":[]}""", "NO", ""","applies":{"jurisdiction":["EU/DE","UK"],"jurisdictionNot":"EU"}""")).Rules);
    }

    /// <summary>No false alarm: whatever is called impossible is false or unknown for every row.</summary>
    [Fact]
    public void What_is_called_impossible_holds_for_no_row()
    {
        var impossible = 0;
        Check.One(Fixed, Prop.ForAll(
            Arb.From(Gen.Zip(RandomPolicies.Conditions, RandomPolicies.Conditions).Select(pair => $$"""{"all":[{{pair.Item1}},{{pair.Item2}}]}""")),
            Arb.From(RandomPolicies.Facts.ListOf(30)),
            (json, rows) =>
            {
                var when = Of(Rule("r", "forbid", json)).Rules[0].When;
                var none = ConditionSearch.Find([when], new SearchSettings(null, CountsAreNatural: true, MayReadEveryZone: false, MaxSteps: 2000)).Found == false;
                impossible += none ? 1 : 0;
                return !none || rows.All(row => ConditionInterpreter.Evaluate(when, new EvaluationContext(row, Question, Now)) != Truth.True);
            }));

        Assert.True(impossible >= 5, $"{impossible} of 400 were impossible");
    }

    [Fact]
    public void A_policy_of_100_rules_is_analyzed_fast_and_a_hostile_one_in_bounded_time()
    {
        var rules = Enumerable.Range(0, 25).SelectMany(i => new[]
        {
            Rule($"p{i}", "permit", """{"all":[{"fact":"consent.status","eq":"granted"},{"fact":"consent.grantedAt","le":"@now"},{"not":{"fact":"consent.expiresAt","le":"@now"}},{"fact":"consent.method","in":["form","button"]}]}"""),
            Rule($"f{i}", "forbid", """{"all":[{"fact":"objection.at","exists":true},{"not":{"all":[{"fact":"consent.status","eq":"granted"},{"fact":"consent.grantedAt","gt":{"fact":"objection.at"}}]}}]}"""),
            Rule($"g{i}", "forbid", """{"all":[{"fact":"source.kind","in":["broker","public"]},{"fact":"source.collectedAt","lt":"@now-P1M"},{"fact":"source.noticeAt","exists":false}]}"""),
            Rule($"d{i}", "defer", """{"not":{"fact":"contact.zone","localTimeIn":["08:00","21:00"]}}"""),
        }).ToArray();
        var bytes = Encoding.UTF8.GetBytes(Json(rules));
        ConsentPolicy.Parse(bytes, "warm-up");
        var watch = Stopwatch.StartNew();

        ConsentPolicy.Parse(bytes, "test.json");

        Assert.InRange(watch.ElapsedMilliseconds, 0, 1500); // about a tenth of it; the machine may be busy
        TestContext.Current.TestOutputHelper?.WriteLine($"100 rules: {watch.ElapsedMilliseconds} ms");

        var all = string.Join(',', FactRegistry.Default.Facts.Where(fact => fact.Type == FactType.Instant && fact.Name != "objection.at").Select(fact => $$$"""{"not":{"fact":"{{{fact.Name}}}","gt":{"fact":"objection.at"} } }"""));
        var hostile = Enumerable.Range(0, 1000).Select(i => Rule($"r{i}", i % 2 == 0 ? "permit" : "forbid", $$"""{"all":[{{all}},{"fact":"subject.age","gt":{{i}}}]}""")).ToArray();
        watch.Restart();
        ConsentPolicy.Parse(Json(hostile));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        TestContext.Current.TestOutputHelper?.WriteLine($"hostile: {watch.ElapsedMilliseconds} ms");
    }

    private static IReadOnlyList<DocumentFault> Faults(string json) => Assert.Throws<InvalidDocumentException>(() => ConsentPolicy.Parse(json, "test.json")).Faults;
}
