using Abm.Privacy.Consent;
using static Abm.Privacy.Tests.Consent.TestPolicy;

namespace Abm.Privacy.Tests.Consent.Checks;

/// <summary>A policy carries its tests, runs them, and tells which rules they tried.</summary>
public class PolicyTestsTests
{
    private const string Rules = """
        {"id":"p","effect":"permit","basis":"consent","reason":"OK","obligations":"LINK","when":{"fact":"consent.status","eq":"granted"}},
        {"id":"f","effect":"forbid","reason":"MINOR","when":{"fact":"subject.age","lt":18}},
        {"id":"d","effect":"defer","reason":"PAUSED","until":{"fact":"preference.pausedUntil"},"when":{"fact":"preference.pausedUntil","gt":"@now"}},
        {"id":"o","effect":"oblige","obligations":"ALWAYS","when":{"all":[]}}
        """;

    private const string Permit = """
        {"id":"permit","note":"n","now":"2026-03-03T10:00:00Z","question":{"purpose":"marketing.newsletter","channel":"email"},
         "facts":{"consent.status":"granted","subject.age":40},"expect":{"decision":"permit","reasons":["OK"],"obligations":["LINK","ALWAYS"]}}
        """;

    private static ConsentPolicy Policy(params string[] tests) => ConsentPolicy.Parse(
        $$"""{"schema":"abm-privacy-policy/1","id":"test","version":"1.0.0","otherwise":"OTHERWISE","rules":[{{Rules}}],"tests":[{{string.Join(',', tests)}}]}""", "test.json");

    private static string Test(string id, string facts, string expect) =>
        $$"""{"id":"{{id}}","now":"2026-03-03T10:00:00Z","question":{"purpose":"marketing.newsletter","channel":"email"},"facts":{{facts}},"expect":{{expect}}}""";

    [Fact]
    public void A_test_that_holds_passes_and_the_report_tells_what_was_tried()
    {
        var report = Policy(Permit).RunTests();

        Assert.True(report.Passed);
        Assert.Equal(["p: True False", "f: False True", "d: False True", "o: True False"], report.Coverage.Select(rule => $"{rule.RuleId}: {rule.SeenTrue} {rule.SeenFalse}"));
        Assert.Equal(["p", "f", "d"], report.Uncovered.Select(rule => rule.RuleId));
        Assert.StartsWith("1 of 1 tests passed; 1 of 4 rules were seen true and false", report.ToString(), StringComparison.Ordinal);
        Assert.Contains("f: never seen true", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Tests_that_try_everything_leave_nothing_uncovered()
    {
        var report = Policy(
            Permit,
            Test("minor", """{"consent.status":"granted","subject.age":17}""", """{"decision":"deny","reasons":"MINOR"}"""),
            Test("unknown", """{"consent.status":"granted"}""", """{"decision":"deny","reasons":"FACT_MISSING"}"""),
            Test("none", """{"subject.age":18}""", """{"decision":"deny","reasons":"OTHERWISE"}"""),
            Test("paused", """{"consent.status":"granted","subject.age":18,"preference.pausedUntil":"2026-04-01T00:00:00Z"}""", """{"decision":"defer","reasons":"PAUSED","notBefore":"2026-04-01T00:00:00Z"}""")).RunTests();

        Assert.True(report.Passed, report.ToString());
        Assert.Empty(report.Uncovered);
        Assert.True(report.Coverage.Single(rule => rule.RuleId == "f").SeenUnknown);
    }

    [Theory]
    [InlineData("""{"decision":"deny","reasons":["OK"],"obligations":["LINK","ALWAYS"]}""")]
    [InlineData("""{"decision":"permit","reasons":["OTHER"],"obligations":["LINK","ALWAYS"]}""")]
    [InlineData("""{"decision":"permit","reasons":["OK","OTHER"],"obligations":["LINK","ALWAYS"]}""")]
    [InlineData("""{"decision":"permit","reasons":[],"obligations":["LINK","ALWAYS"]}""")]
    [InlineData("""{"decision":"permit","reasons":["OK"]}""")]
    [InlineData("""{"decision":"permit","reasons":["OK"],"obligations":["LINK"]}""")]
    [InlineData("""{"decision":"permit","reasons":["OK"],"obligations":["LINK","ALWAYS"],"notBefore":"2026-04-01T00:00:00Z"}""")]
    public void Any_other_answer_than_the_demanded_one_fails_the_test(string expect)
    {
        var result = Policy(Test("t", """{"consent.status":"granted","subject.age":40}""", expect)).RunTest("t");

        Assert.False(result.Passed);
        Assert.Contains("but was Permit [OK] [ALWAYS LINK]", result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_ids_are_member_data_for_a_test_framework()
    {
        var policy = Policy(Permit);

        Assert.Equal([["permit"]], policy.TestCases);
        Assert.True(policy.RunTest("permit").Passed);
        Assert.Throws<ArgumentException>(() => policy.RunTest("nothing"));
    }

    [Fact]
    public void Joined_policies_keep_their_tests_and_tell_equal_ids_apart()
    {
        var other = ConsentPolicy.Parse($$"""{"schema":"abm-privacy-policy/1","id":"other","version":"1.0.0","rules":[],"tests":[{{Permit}},{{Test("own", "{}", """{"decision":"deny","reasons":"OTHERWISE"}""")}}]}""");

        var joined = ConsentPolicy.Combine(Policy(Permit), other);

        Assert.Equal(["other/permit", "own", "test/permit"], joined.Tests.Select(test => test.Id).Order(StringComparer.Ordinal));
    }

    /// <summary>Every fact can be stated in a test and is read back as it was written.</summary>
    [Fact]
    public void Every_fact_can_be_stated()
    {
        foreach (var fact in FactRegistry.Default.Facts)
        {
            var value = fact.Type switch
            {
                FactType.Boolean => "true",
                FactType.Number => "7",
                FactType.Instant => "\"2026-03-03T10:00:00.007Z\"",
                FactType.TimeZone => "\"Europe/Berlin\"",
                _ => $"\"{fact.AllowedValues[^1]}\"",
            };
            var test = Policy(Test("t", $$"""{"{{fact.Name}}":{{value}}}""", """{"decision":"deny","reasons":"X"}""")).Tests[0];

            var read = fact.Read(test.Facts, test.Question);

            var expected = fact.Type switch
            {
                FactType.Boolean => "1",
                FactType.Number => "7",
                FactType.Instant => $"{Ms(Now) + 7}",
                FactType.TimeZone => "Europe/Berlin",
                _ => fact.AllowedValues[^1],
            };
            Assert.Equal(expected, read.Text ?? $"{read.Number}");
            Assert.Equal(fact.NullMeaning == NullMeaning.MessageConstant, test.Facts == new ConsentFacts { Key = "test" });
        }
    }

    [Theory]
    [InlineData("\"t\"", "/tests/0", "A test is not an object.")]
    [InlineData("""{"id":"t","now":"2026-03-03T10:00:00Z","question":{"purpose":"marketing","channel":"email"},"expects":1,"expect":{"decision":"deny","reasons":"X"}}""", "/tests/0/expects", "Did you mean 'expect'?")]
    [InlineData("""{"id":"t","now":"2026-03-03","question":{"purpose":"marketing","channel":"email"},"expect":{"decision":"deny","reasons":"X"}}""", "/tests/0/now", "with its zone")]
    [InlineData("""{"id":"t","question":{"purpose":"marketing","channel":"email"},"expect":{"decision":"deny","reasons":"X"}}""", "/tests/0", "'now' is missing.")]
    [InlineData("""{"id":"t","now":"2026-03-03T10:00:00Z","expect":{"decision":"deny","reasons":"X"}}""", "/tests/0", "'question' is missing.")]
    [InlineData("""{"id":"t","now":"2026-03-03T10:00:00Z","question":{"purpose":"marketing","channel":"mail"},"expect":{"decision":"deny","reasons":"X"}}""", "/tests/0/question/channel", "Use one of: email")]
    [InlineData("""{"id":"t","now":"2026-03-03T10:00:00Z","question":{"purpose":"marketing","channel":"email"}}""", "/tests/0", "'expect' is missing.")]
    [InlineData("""{"id":"t","now":"2026-03-03T10:00:00Z","question":{"purpose":"marketing","channel":"email"},"expect":{"decision":"maybe","reasons":"X"}}""", "/tests/0/expect/decision", "permit, deny, defer")]
    [InlineData("""{"id":"t","now":"2026-03-03T10:00:00Z","question":{"purpose":"marketing","channel":"email"},"expect":{"decision":"deny"}}""", "/tests/0/expect", "'reasons' is missing.")]
    [InlineData("""{"id":"t","jurisdiction":"Germany","now":"2026-03-03T10:00:00Z","question":{"purpose":"marketing","channel":"email"},"expect":{"decision":"deny","reasons":"X"}}""", "/tests/0/jurisdiction", "EU/DE")]
    [InlineData("""{"id":"t","now":"2026-03-03T10:00:00Z","question":{"purpose":"marketing","channel":"email"},"facts":{"consent.statuss":"granted"},"expect":{"decision":"deny","reasons":"X"}}""", "/tests/0/facts/consent.statuss", "Did you mean 'consent.status'?")]
    [InlineData("""{"id":"t","now":"2026-03-03T10:00:00Z","question":{"purpose":"marketing","channel":"email"},"facts":{"consent.status":"grantd"},"expect":{"decision":"deny","reasons":"X"}}""", "/tests/0/facts/consent.status", "Did you mean 'granted'?")]
    [InlineData("""{"id":"t","now":"2026-03-03T10:00:00Z","question":{"purpose":"marketing","channel":"email"},"facts":{"subject.age":null},"expect":{"decision":"deny","reasons":"X"}}""", "/tests/0/facts/subject.age", "Leave the fact out")]
    public void A_faulty_test_names_its_place_and_the_mend(string test, string place, string text)
    {
        var fault = Assert.Single(Assert.Throws<InvalidDocumentException>(() => Policy(test)).Faults);

        Assert.Equal(place, fault.JsonPointer);
        Assert.Contains(text, $"{fault.Problem} {fault.Mend}", StringComparison.Ordinal);
    }
}
