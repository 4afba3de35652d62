using System.Text;
using Abm.Privacy.Consent;
using static Abm.Privacy.Tests.Consent.TestPolicy;

namespace Abm.Privacy.Tests.Consent;

/// <summary>Every fault of a policy is reported with its line, its pointer and what to write instead.</summary>
public class PolicyFaultTests
{
    /// <summary>Line 7 holds the rule's own part; everything before it is sound.</summary>
    private const string Skeleton = """
        {
          "schema": "abm-privacy-policy/1", "id": "p", "version": "1.0.0",
          "define": { "fine": { "fact": "contract", "eq": true } },
          "rules": [
            { "id": "sound", "effect": "forbid", "reason": "NO", "when": { "use": "fine" } },
            { "id": "r", "effect": "permit", "basis": "consent", "reason": "YES",
              RULE }
          ]
        }
        """;

    [Theory]
    [InlineData("""{"fact":"consent.statuss","eq":"granted"}""", "/rules/1/when/fact", "There is no fact 'consent.statuss'. Did you mean 'consent.status'?")]
    [InlineData("""{"fact":"Consent.GrantedAt","le":"@now"}""", "/rules/1/when/fact", "Did you mean 'consent.grantedAt'?")]
    [InlineData("""{"fact":7,"eq":true}""", "/rules/1/when/fact", "'fact' is not a text.")]
    [InlineData("""{"fact":"contract"}""", "/rules/1/when", "not compared with anything")]
    [InlineData("""{"fact":"contract","eq":true,"ne":false}""", "/rules/1/when", "more than one operator")]
    [InlineData("""{"fact":"contract","equals":true}""", "/rules/1/when/equals", "'equals' is not an operator.")]
    [InlineData("""{"fact":"subject.age","gte":16}""", "/rules/1/when/gte", "Use one of: eq, ne, lt, le, gt, ge")]
    [InlineData("""{"fact":"contract","gt":true}""", "/rules/1/when/gt", "cannot be tested with 'gt'. Use one of: eq, ne, exists.")]
    [InlineData("""{"fact":"consent.status","lt":"granted"}""", "/rules/1/when/lt", "cannot be tested with 'lt'")]
    [InlineData("""{"fact":"consent.grantedAt","in":["@now"]}""", "/rules/1/when/in", "cannot be tested with 'in'")]
    [InlineData("""{"fact":"subject.age","localTimeIn":["08:00","21:00"]}""", "/rules/1/when/localTimeIn", "cannot be tested")]
    [InlineData("""{"fact":"contract","eq":"true"}""", "/rules/1/when/eq", "Write true or false.")]
    [InlineData("""{"fact":"contract","eq":null}""", "/rules/1/when/eq", "Write 'exists' to ask")]
    [InlineData("""{"fact":"subject.age","lt":16.5}""", "/rules/1/when/lt", "Write a whole number.")]
    [InlineData("""{"fact":"subject.age","lt":99999999999}""", "/rules/1/when/lt", "Write a whole number.")]
    [InlineData("""{"fact":"subject.age","lt":"@now"}""", "/rules/1/when/lt", "Write a whole number.")]
    [InlineData("""{"fact":"consent.status","eq":"grantd"}""", "/rules/1/when/eq", "Did you mean 'granted'?")]
    [InlineData("""{"fact":"consent.method","in":["form","buton"]}""", "/rules/1/when/in/1", "Did you mean 'button'?")]
    [InlineData("""{"fact":"consent.method","in":[]}""", "/rules/1/when/in", "at least one value")]
    [InlineData("""{"fact":"contract","exists":true}""", "/rules/1/when/exists", "always has a value")]
    [InlineData("""{"fact":"objection.at","exists":"yes"}""", "/rules/1/when/exists", "neither true nor false")]
    [InlineData("""{"fact":"objection.at","lt":"yesterday"}""", "/rules/1/when/lt", "is never equal to this value")]
    [InlineData("""{"fact":"objection.at","lt":"2026-01-01T00:00:00"}""", "/rules/1/when/lt", "is never equal to this value")]
    [InlineData("""{"fact":"objection.at","lt":"@now-24M"}""", "/rules/1/when/lt", "a calendar period")]
    [InlineData("""{"fact":"objection.at","lt":"@now-P"}""", "/rules/1/when/lt", "a calendar period")]
    [InlineData("""{"fact":"objection.at","lt":"@now-P1.5M"}""", "/rules/1/when/lt", "a calendar period")]
    [InlineData("""{"fact":"objection.at","lt":"@now-P0D"}""", "/rules/1/when/lt", "a calendar period")]
    [InlineData("""{"fact":"objection.at","lt":"@now-P999Y"}""", "/rules/1/when/lt", "a calendar period")]
    [InlineData("""{"fact":"objection.at","lt":"@now-PT12H"}""", "/rules/1/when/lt", "a calendar period")]
    [InlineData("""{"fact":"objection.at","lt":"@now-PT"}""", "/rules/1/when/lt", "a calendar period")]
    [InlineData("""{"fact":"objection.at","lt":"@now+P1M"}""", "/rules/1/when/lt", "a calendar period")]
    [InlineData("""{"fact":"objection.at","lt":{"fact":"subject.age"}}""", "/rules/1/when/lt/fact", "cannot be compared")]
    [InlineData("""{"fact":"consent.status","eq":{"fact":"consent.method"}}""", "/rules/1/when/eq/fact", "cannot be compared")]
    [InlineData("""{"fact":"objection.at","lt":{"fact":"source.noticedAt"}}""", "/rules/1/when/lt/fact", "Did you mean 'source.noticeAt'?")]
    [InlineData("""{"fact":"objection.at","lt":{"value":1}}""", "/rules/1/when/lt", "not a value to compare with")]
    [InlineData("""{"fact":"contact.zone","localTimeIn":["08:00"]}""", "/rules/1/when/localTimeIn", "two different times of day")]
    [InlineData("""{"fact":"contact.zone","localTimeIn":["8:00","24:00"]}""", "/rules/1/when/localTimeIn", "two different times of day")]
    [InlineData("""{"fact":"contact.zone","localTimeIn":["08:00","08:00"]}""", "/rules/1/when/localTimeIn", "two different times of day")]
    [InlineData("""{"fact":"contact.zone","eq":"Europe/Atlantis"}""", "/rules/1/when/eq", "IANA time zone")]
    [InlineData("""{"use":"finer"}""", "/rules/1/when/use", "'finer' is not defined. Did you mean 'fine'?")]
    [InlineData("""{"use":["fine"]}""", "/rules/1/when/use", "'use' is not a text.")]
    [InlineData("""{"every":[]}""", "/rules/1/when/every", "'every' is not a kind of condition.")]
    [InlineData("""{"all":[],"any":[]}""", "/rules/1/when", "exactly one of")]
    [InlineData("""{"all":{}}""", "/rules/1/when/all", "'all' is not an array.")]
    [InlineData("""{"any":[]}""", "/rules/1/when/any", "never holds")]
    [InlineData("""{}""", "/rules/1/when", "not a condition")]
    [InlineData("true", "/rules/1/when", "not a condition")]
    public void A_faulty_condition_names_its_place_and_the_mend(string when, string place, string text)
    {
        var fault = Assert.Single(Faults(Skeleton.Replace("RULE", $"\"when\": {when}", StringComparison.Ordinal)));

        Assert.Equal((place, 7), (fault.JsonPointer, fault.Line));
        Assert.Contains(text, $"{fault.Problem} {fault.Mend}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"wen\": {}, \"when\": {\"all\":[]}", "/rules/1/wen", "Did you mean 'when'?")]
    [InlineData("\"rank\": 0, \"when\": {\"all\":[]}", "/rules/1/rank", "whole number from 1 to 99")]
    [InlineData("\"rank\": \"1\", \"when\": {\"all\":[]}", "/rules/1/rank", "whole number from 1 to 99")]
    [InlineData("\"until\": {\"localTime\":\"08:00\"}, \"when\": {\"all\":[]}", "/rules/1/until", "no meaning in a rule of this effect")]
    [InlineData("\"obligations\": [\"unsubscribe\"], \"when\": {\"all\":[]}", "/rules/1/obligations/0", "capital letters")]
    [InlineData("\"law\": [], \"when\": {\"all\":[]}", "/rules/1/law", "'law' is empty.")]
    [InlineData("\"applies\": {\"channel\":\"emial\"}, \"when\": {\"all\":[]}", "/rules/1/applies/channel", "'emial' is not a valid 'channel'. Use one of: email, sms")]
    [InlineData("\"applies\": {\"channel\":[]}, \"when\": {\"all\":[]}", "/rules/1/applies/channel", "'channel' is empty.")]
    [InlineData("\"applies\": {\"purposeUnder\":[\"Marketing\"]}, \"when\": {\"all\":[]}", "/rules/1/applies/purposeUnder/0", "dotted lower-case name")]
    [InlineData("\"applies\": {\"jurisdiction\":\"EU/*\"}, \"when\": {\"all\":[]}", "/rules/1/applies/jurisdiction", "'EU/*' is not a valid")]
    [InlineData("\"applies\": {\"purpose\":\"marketing\"}, \"when\": {\"all\":[]}", "/rules/1/applies/purpose", "'purpose' is not a property of 'applies'.")]
    [InlineData("\"note\": 1, \"when\": {\"all\":[]}", "/rules/1/note", "'note' is not a text.")]
    public void A_faulty_property_of_a_rule_names_its_place_and_the_mend(string rule, string place, string text)
    {
        var fault = Assert.Single(Faults(Skeleton.Replace("RULE", rule, StringComparison.Ordinal)));

        Assert.Equal((place, 7), (fault.JsonPointer, fault.Line));
        Assert.Contains(text, $"{fault.Problem} {fault.Mend}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":"a","effect":"allow","reason":"X","when":{"all":[]}}""", "/rules/0/effect", "'allow' is not an effect.")]
    [InlineData("""{"id":"a","reason":"X","when":{"all":[]}}""", "/rules/0", "'effect' is missing.")]
    [InlineData("""{"effect":"forbid","reason":"X","when":{"all":[]}}""", "/rules/0", "'id' is missing.")]
    [InlineData("""{"id":"a b","effect":"forbid","reason":"X","when":{"all":[]}}""", "/rules/0/id", "not a valid 'id'")]
    [InlineData("""{"id":"a","effect":"forbid","when":{"all":[]}}""", "/rules/0", "'reason' is missing.")]
    [InlineData("""{"id":"a","effect":"forbid","reason":{"code":"X"},"when":{"all":[]}}""", "/rules/0/reason", "'reason' is not a text.")]
    [InlineData("""{"id":"a","effect":"forbid","reason":["X",1],"when":{"all":[]}}""", "/rules/0/reason/1", "'reason' is not a text.")]
    [InlineData("""{"id":"a","effect":"forbid","reason":[],"when":{"all":[]}}""", "/rules/0/reason", "'reason' is empty.")]
    [InlineData("""{"id":"a","effect":"permit","reason":"X","when":{"all":[]}}""", "/rules/0", "'basis' is missing.")]
    [InlineData("""{"id":"a","effect":"permit","basis":"hope","reason":"X","when":{"all":[]}}""", "/rules/0/basis", "Use one of: consent")]
    [InlineData("""{"id":"a","effect":"forbid","basis":"consent","reason":"X","when":{"all":[]}}""", "/rules/0/basis", "no meaning")]
    [InlineData("""{"id":"a","effect":"forbid","rank":1,"reason":"X","when":{"all":[]}}""", "/rules/0/rank", "no meaning")]
    [InlineData("""{"id":"a","effect":"oblige","when":{"all":[]}}""", "/rules/0", "'obligations' is missing.")]
    [InlineData("""{"id":"a","effect":"oblige","reason":"X","obligations":"Y","when":{"all":[]}}""", "/rules/0/reason", "no meaning")]
    [InlineData("""{"id":"a","effect":"explain","reason":"X","obligations":"Y","when":{"all":[]}}""", "/rules/0/obligations", "no meaning")]
    [InlineData("""{"id":"a","effect":"forbid","reason":"X"}""", "/rules/0", "'when' is missing.")]
    [InlineData("""{"id":"a","effect":"defer","reason":"X","until":{"fact":"subject.age"},"when":{"all":[]}}""", "/rules/0/until/fact", "and not a moment")]
    [InlineData("""{"id":"a","effect":"defer","reason":"X","until":{"localTime":"8"},"when":{"all":[]}}""", "/rules/0/until/localTime", "not a time of day")]
    [InlineData("""{"id":"a","effect":"defer","reason":"X","until":{},"when":{"all":[]}}""", "/rules/0/until", "exactly one of")]
    [InlineData("\"a\"", "/rules/0", "A rule is not an object.")]
    public void A_faulty_rule_names_its_place_and_the_mend(string rule, string place, string text)
    {
        var fault = Assert.Single(Faults(Json(rule)));

        Assert.Equal(place, fault.JsonPointer);
        Assert.Contains(text, $"{fault.Problem} {fault.Mend}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"schema":"abm-privacy-policy/2","id":"p","version":"1.0.0","rules":[]}""", "/schema", "abm-privacy-policy/1")]
    [InlineData("""{"id":"p","version":"1.0.0","rules":[]}""", "", "'schema' is missing.")]
    [InlineData("""{"schema":"abm-privacy-policy/1","version":"1.0.0","rules":[]}""", "", "'id' is missing.")]
    [InlineData("""{"schema":"abm-privacy-policy/1","id":"p","version":1,"rules":[]}""", "/version", "'version' is not a text.")]
    [InlineData("""{"schema":"abm-privacy-policy/1","id":"p","version":"0.1","rules":[]}""", "/version", "Write three numbers: \"0.1.0\".")]
    [InlineData("""{"schema":"abm-privacy-policy/1","id":"p","version":"12","rules":[]}""", "/version", "Write three numbers: \"12.0.0\".")]
    [InlineData("""{"schema":"abm-privacy-policy/1","id":"p","version":"1.02.0","rules":[]}""", "/version", "semantic version")]
    [InlineData("""{"schema":"abm-privacy-policy/1","id":"p","version":"1.0.0+7","rules":[]}""", "/version", "semantic version")]
    [InlineData("""{"schema":"abm-privacy-policy/1","id":"p","version":"1.0.0-","rules":[]}""", "/version", "semantic version")]
    [InlineData("""{"schema":"abm-privacy-policy/1","id":"p","version":"1.0.0","effectiveFrom":"2026-01-01","rules":[]}""", "/effectiveFrom", "with its zone")]
    [InlineData("""{"schema":"abm-privacy-policy/1","id":"p","version":"1.0.0","effectiveFrom":"2026-01-01T00:00:00Z","effectiveTo":"2026-01-01T00:00:00Z","rules":[]}""", "/effectiveTo", "never in force")]
    [InlineData("""{"schema":"abm-privacy-policy/1","id":"p","version":"1.0.0"}""", "", "neither 'rules' nor 'packs'")]
    [InlineData("""{"schema":"abm-privacy-policy/1","id":"p","version":"1.0.0","rules":{}}""", "/rules", "'rules' is not an array.")]
    [InlineData("""{"schema":"abm-privacy-policy/1","id":"p","version":"1.0.0","rulez":[],"rules":[]}""", "/rulez", "Did you mean 'rules'?")]
    [InlineData("""{"schema":"abm-privacy-policy/1","id":"p","version":"1.0.0","reviewBy":"31.12.2026","rules":[]}""", "/reviewBy", "2026-12-31")]
    [InlineData("""{"schema":"abm-privacy-policy/1","id":"p","version":"1.0.0","jurisdiction":"Germany","rules":[]}""", "/jurisdiction", "'Germany' is not a valid")]
    [InlineData("""{"schema":"abm-privacy-policy/1","id":"p","version":"1.0.0","otherwise":"missing","rules":[]}""", "/otherwise", "CONSENT_MISSING")]
    [InlineData("""{"schema":"abm-privacy-policy/1","id":"p","version":"1.0.0","define":[],"rules":[]}""", "/define", "'define' is not an object.")]
    [InlineData("""{"schema":"abm-privacy-policy/1","id":"p","version":"1.0.0","packs":[{"id":"p","rules":[]}]}""", "/packs/0/id", "already a pack 'p'")]
    [InlineData("""{"schema":"abm-privacy-policy/1","id":"p","version":"1.0.0","packs":[{"id":"q","version":"2","rules":[]}]}""", "/packs/0/version", "not a property of a pack")]
    [InlineData("""{"schema":"abm-privacy-policy/1","id":"p","version":"1.0.0","define":{"a":{"all":[]}},"packs":[{"id":"q","define":{"a":{"all":[]}}}]}""", "/packs/0/define/a", "already defined")]
    [InlineData("""{"schema":"abm-privacy-policy/1","id":"p","version":"1.0.0","define":{"unused":{"fact":"nothing","eq":1}},"rules":[]}""", "/define/unused/fact", "There is no fact 'nothing'.")]
    [InlineData("""{"schema":"abm-privacy-policy/1","id":"p","version":"1.0.0","define":{"a":{"not":{"use":"b"}},"b":{"any":[{"use":"a"}]}},"rules":[]}""", "/define/b/any/0/use", "a -> b -> a")]
    [InlineData("""{"schema":"abm-privacy-policy/1","id":"p","version":"1.0.0","define":{"a":{"use":"a"}},"rules":[]}""", "/define/a/use", "a -> a")]
    [InlineData("""{"schema":"abm-privacy-policy/1","id":"p","version":"1.0.0","packs":[{"id":"eu","jurisdiction":"EU","rules":[{"id":"r","effect":"forbid","reason":"X","applies":{"jurisdiction":"FR"},"when":{"all":[]}}]}]}""", "/packs/0/rules/0/applies/jurisdiction", "outside the pack's jurisdiction")]
    [InlineData("[]", "", "A policy is not an object.")]
    public void A_faulty_document_names_the_place_and_the_mend(string json, string place, string text)
    {
        var fault = Assert.Single(Faults(json));

        Assert.Equal(place, fault.JsonPointer);
        Assert.Contains(text, $"{fault.Problem} {fault.Mend}", StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_reported_together_in_document_order()
    {
        var faults = Faults(Json(
            """{"id":"a","effect":"forbid","reason":"x","when":{"fact":"nope","eq":1}}""",
            """{"id":"a","effect":"perhaps","reason":"X","when":{"use":"nope"},"extra":1}""",
            """{"id":"b","effect":"permit","basis":"consent","reason":"X","when":{"all":[{"fact":"contract","lt":1},{"fact":"subject.age","lt":"x"}]}}"""));

        Assert.Equal([1, 1, 2, 2, 2, 2, 3, 3], faults.Select(fault => fault.Line));
        Assert.Equal(
            ["/rules/0/reason", "/rules/0/when/fact", "/rules/1/effect", "/rules/1/extra", "/rules/1/id", "/rules/1/when/use", "/rules/2/when/all/0/lt", "/rules/2/when/all/1/lt"],
            faults.Select(fault => fault.JsonPointer).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Text_that_is_not_JSON_names_file_and_line()
    {
        var error = Assert.Throws<InvalidDocumentException>(() => ConsentPolicy.Parse("{\n  \"schema\": abm\n}", "policies/consent.json"));

        Assert.Equal((PrivacyErrorCode.PolicyInvalid, "policies/consent.json", 2), (error.Code, error.DocumentSource, error.Faults[0].Line));
        Assert.Contains("policies/consent.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_may_not_be_there_twice_in_two_packs_either()
    {
        var rule = Rule("same", "forbid", """{"all":[]}""");
        var fault = Assert.Single(Faults($$"""{"schema":"abm-privacy-policy/1","id":"p","version":"1.0.0","packs":[{"id":"a","rules":[{{rule}}]},{"id":"b","rules":[{{rule}}]}]}"""));

        Assert.Equal("/packs/1/rules/0/id", fault.JsonPointer);
    }

    [Fact]
    public void Nesting_is_limited_wherever_it_comes_from()
    {
        static string Nested(int depth) => string.Concat(Enumerable.Repeat("{\"not\":", depth)) + """{"fact":"contract","eq":true}""" + new string('}', depth);
        var doubling = string.Join(',', Enumerable.Range(0, 14).Select(i => $$"""{{'"'}}d{{i}}":{"all":[{"use":"d{{i + 1}}"},{"use":"d{{i + 1}}"}]}"""));
        var chain = string.Join(',', Enumerable.Range(0, 5000).Select(i => $$"""{{'"'}}d{{i}}":{"use":"d{{i + 1}}"}"""));

        Assert.Contains("nested more than 16 deep", Assert.Single(Faults(Json(Rule("r", "forbid", Nested(20))))).Problem, StringComparison.Ordinal);
        Assert.Contains("nested more than 64 deep", Assert.Single(Faults(Json(Rule("r", "forbid", Nested(5000))))).Problem, StringComparison.Ordinal);
        Assert.Contains("more than 4096 parts", Assert.Single(Faults(WithDefine(doubling + ",\"d14\":{\"fact\":\"contract\",\"eq\":true}"))).Problem, StringComparison.Ordinal);
        Assert.Contains(Faults(WithDefine(chain + ",\"d5000\":{\"fact\":\"contract\",\"eq\":true}")), fault => fault.Problem.Contains("16 deep", StringComparison.Ordinal));

        static string WithDefine(string define) => $$"""{"schema":"abm-privacy-policy/1","id":"p","version":"1.0.0","define":{ {{define}} },"rules":[{{Rule("r", "forbid", """{"use":"d0"}""")}}]}""";
    }

    [Fact]
    public void A_document_that_is_too_large_is_refused_before_it_is_read()
    {
        var error = Assert.Throws<InvalidDocumentException>(() => ConsentPolicy.Parse(new string(' ', ConsentPolicy.MaxDocumentBytes + 1), "big.json"));

        Assert.Contains("larger than", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_missing_or_a_folder_is_a_fault_that_says_so()
    {
        Assert.Contains("does not exist", Assert.Throws<InvalidDocumentException>(() => ConsentPolicy.Load("nowhere/consent.json")).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read", Assert.Throws<InvalidDocumentException>(() => ConsentPolicy.Load(Path.GetTempPath())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loaded_policy_tells_its_packs_jurisdictions_and_hash()
    {
        var bytes = Encoding.UTF8.GetBytes("""{"schema":"abm-privacy-policy/1","id":"p","version":"1.2.0","owner":"o","packs":[{"id":"eu","jurisdiction":["EU","UK"],"reviewBy":"2026-12-31","rules":[]}]}""");

        var policy = ConsentPolicy.Parse(bytes, "p.json");

        Assert.Equal(new PolicyReference("p", "1.2.0", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes))), policy.Reference);
        Assert.Equal(["EU", "UK"], policy.Jurisdictions);
        Assert.Equal(["p", "eu"], policy.Packs.Select(pack => pack.Id));
        Assert.Equal(("o", new DateOnly(2026, 12, 31)), (policy.Packs[0].Owner, policy.Packs[1].ReviewBy));
    }

    [Fact]
    public void Policies_add_up_in_any_order_and_may_not_share_a_rule()
    {
        var a = ConsentPolicy.Parse(Json(PermitAll).Replace("\"test\"", "\"a\"", StringComparison.Ordinal));
        var b = ConsentPolicy.Parse(Json(Rule("f", "forbid", """{"all":[]}""", "NO")).Replace("\"test\"", "\"b\"", StringComparison.Ordinal));

        Assert.Equal(ConsentPolicy.Combine(a, b).Reference, ConsentPolicy.Combine(b, a).Reference);
        Assert.Equal("a+b", ConsentPolicy.Combine(b, a).Reference.Id);
        Assert.True(new ConsentEvaluator(ConsentPolicy.Combine(b, a)).Evaluate(new ConsentFacts(), Question).HasReason("NO"));
        Assert.Contains("'permit'", Assert.Throws<InvalidDocumentException>(() => ConsentPolicy.Combine(a, a)).Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<DocumentFault> Faults(string json)
    {
        var error = Assert.Throws<InvalidDocumentException>(() => ConsentPolicy.Parse(json, "test.json"));
        Assert.Equal(PrivacyErrorCode.PolicyInvalid, error.Code);
        return error.Faults;
    }
}
