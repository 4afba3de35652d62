using Abm.Privacy.Consent;
using static Abm.Privacy.Tests.Consent.TestPolicy;

namespace Abm.Privacy.Tests.Consent;

/// <summary>A row that says something which cannot be true, or which the policy does not know, opens nothing.</summary>
public abstract partial class ConsentEvaluatorContract
{
    [Fact]
    public void Whether_a_misspelled_code_exists_is_unknown()
    {
        var broker = new ConsentFacts { SourceKind = "brokr" };
        var purchase = new ConsentFacts { ImpliedKind = "purchas" };

        Assert.Equal((ConsentOutcome.Deny, ReasonCodes.FactMissing), Outcome(Decide(broker, PermitAll, Rule("f", "forbid", """{"fact":"source.kind","exists":true}"""))));
        Assert.Equal((ConsentOutcome.Deny, ReasonCodes.FactMissing), Outcome(Decide(purchase, Rule("p", "permit", """{"fact":"implied.kind","exists":false}"""))));
    }

    [Fact]
    public void An_unknown_jurisdiction_may_also_lie_outside_the_one_that_a_rule_leaves_out()
    {
        var evaluator = Create(Of(
            PermitAll,
            Rule("us", "permit", Always, "US_OK", ""","applies":{"jurisdiction":"US"}"""),
            Rule("not-us", "forbid", Always, "NOT_US", ""","applies":{"jurisdictionNot":"US"}""")));

        var unknown = evaluator.Evaluate(new ConsentFacts(), Question);

        Assert.Equal(["*", "US"], unknown.Jurisdictions);
        Assert.Equal(["NOT_US", ReasonCodes.StrictestJurisdiction], Codes(unknown));
        Assert.True(evaluator.Evaluate(new ConsentFacts { Jurisdiction = "US" }, Question).IsPermitted);
        Assert.Equal(["US"], evaluator.Evaluate(new ConsentFacts { Jurisdiction = "US" }, Question).Jurisdictions);
    }

    [Theory]
    [InlineData("DE")]
    [InlineData("GB")]
    [InlineData("CAN")]
    [InlineData("CAN/*")]
    public void A_jurisdiction_that_the_policy_does_not_name_does_not_slip_past_the_packs_under_a_worldwide_permit(string code)
    {
        var evaluator = Create(ConsentPolicy.Parse($$"""
            {"schema":"abm-privacy-policy/1","id":"w","version":"1.0.0","rules":[{{PermitAll}}],"packs":[
             {"id":"eu","jurisdiction":["EU/DE","UK","CA"],"rules":[{{Rule("f", "forbid", Always, "NOT_HERE")}}]},
             {"id":"us","jurisdiction":"US","rules":[]}]}
            """));

        Assert.Equal(["NOT_HERE", ReasonCodes.StrictestJurisdiction], Codes(evaluator.Evaluate(new ConsentFacts { Jurisdiction = code }, Question)));
        Assert.True(evaluator.Evaluate(new ConsentFacts { Jurisdiction = "US/CA" }, Question).IsPermitted);
        Assert.True(evaluator.Evaluate(new ConsentFacts { Jurisdiction = "EU" }, Question).IsPermitted);
    }

    [Fact]
    public void Somewhere_in_a_jurisdiction_is_also_the_jurisdiction_itself()
    {
        var evaluator = Create(Of(
            Rule("de", "permit", Always, "DE_OK", ""","applies":{"jurisdiction":"EU/DE"}"""),
            Rule("us", "permit", Always, "US_OK", ""","applies":{"jurisdiction":"US"}""")));

        var decision = evaluator.Evaluate(new ConsentFacts { Jurisdiction = Jurisdictions.SomewhereIn("EU") }, Question);

        Assert.Equal(["EU", "EU/DE"], decision.Jurisdictions);
        Assert.False(decision.IsPermitted);
    }

    [Fact]
    public void Of_several_deferrals_the_last_to_end_counts()
    {
        var pause = """{"all":[]}""";
        var evaluator = Create(Of(
            PermitAll,
            Rule("eu", "defer", pause, "EU_LATER", ""","until":{"fact":"preference.pausedUntil"},"applies":{"jurisdiction":"EU"}"""),
            Rule("us", "defer", pause, "US_LATER", ""","until":{"localTime":"11:00"},"applies":{"jurisdiction":"US"}""")));
        var row = new ConsentFacts { Jurisdiction = Jurisdictions.AnyOf("EU", "US"), ContactZone = "UTC", PreferencePausedUntil = Ms(Now.AddDays(2)) };

        Assert.Equal(Now.AddDays(2), evaluator.Evaluate(row, Question).NotBefore);
    }

    [Theory]
    [InlineData(1_750_000_000)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_750_000_000_000_000)]
    public void An_instant_that_cannot_be_in_milliseconds_is_unknown(long objection)
    {
        var row = new ConsentFacts { ConsentGrantedAt = Ms(Now.AddDays(-1)), ObjectionAt = objection };

        var decision = Decide(row, PermitAll, Rule("f", "forbid", """{"all":[{"fact":"objection.at","exists":true},{"not":{"fact":"consent.grantedAt","gt":{"fact":"objection.at"}}}]}"""));

        Assert.Equal((ConsentOutcome.Deny, ReasonCodes.FactMissing), Outcome(decision));
        Assert.Equal(["objection.at"], decision.Reasons[0].MissingFacts);
    }

    [Theory]
    [InlineData("europe/berlin")]
    [InlineData("W. Europe Standard Time")]
    [InlineData("posix/Europe/Berlin")]
    [InlineData("localtime")]
    public void A_zone_that_is_not_written_as_its_IANA_name_is_unknown(string zone)
    {
        // a zone that was found once is found by the system in any case from then on
        Assert.NotNull(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        var row = new ConsentFacts { ContactZone = zone };

        Assert.Equal((ConsentOutcome.Deny, ReasonCodes.FactMissing), Outcome(Decide(row, PermitAll, Rule("f", "forbid", """{"fact":"contact.zone","eq":"Europe/Berlin"}"""))));
        Assert.Equal((ConsentOutcome.Deny, ReasonCodes.FactMissing), Outcome(Decide(row, PermitAll, Rule("f", "forbid", """{"fact":"contact.zone","in":["Europe/Berlin"]}"""))));
    }

    [Fact]
    public void Two_names_of_one_zone_are_not_taken_for_different_zones()
    {
        var row = new ConsentFacts { ContactZone = "Asia/Calcutta" };

        Assert.False(Decide(row, PermitAll, Rule("f", "forbid", """{"fact":"contact.zone","eq":"Asia/Kolkata"}""")).IsPermitted);
        Assert.False(Decide(row, Rule("p", "permit", """{"fact":"contact.zone","ne":"Asia/Kolkata"}""")).IsPermitted);
        Assert.False(Decide(row, PermitAll, Rule("f", "forbid", """{"fact":"contact.zone","in":["Asia/Tokyo","Asia/Kolkata"]}""")).IsPermitted);
    }
}
