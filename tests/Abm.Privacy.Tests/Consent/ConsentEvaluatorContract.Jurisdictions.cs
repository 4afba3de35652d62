using Abm.Privacy.Consent;
using static Abm.Privacy.Tests.Consent.TestPolicy;

namespace Abm.Privacy.Tests.Consent;

/// <summary>Whose rules apply, and what happens when that is not certain.</summary>
public abstract partial class ConsentEvaluatorContract
{
    private static readonly ConsentPolicy World = ConsentPolicy.Parse($$"""
        {"schema":"abm-privacy-policy/1","id":"world","version":"1.0.0","otherwise":"NOT_HERE",
         "rules":[{{Rule("any.suppressed", "forbid", """{"fact":"suppressed.all","eq":true}""", "SUPPRESSED")}}],
         "packs":[
          {"id":"eu","jurisdiction":"EU","otherwise":"EU_MISSING","rules":[
            {{Rule("eu.consent", "permit", """{"fact":"consent.status","eq":"granted"}""", "CONSENT_VALID", ""","obligations":["LINK"]""")}},
            {{Rule("eu.business", "permit", """{"fact":"subscriber.type","eq":"corporate"}""", "BUSINESS", ""","rank":2,"applies":{"jurisdictionNot":"EU/DE"}""")}}]},
          {"id":"eu-de","jurisdiction":"EU/DE","otherwise":"DE_MISSING","rules":[]},
          {"id":"us","jurisdiction":"US","otherwise":"US_MISSING","rules":[
            {{Rule("us.consent", "permit", """{"fact":"consent.status","eq":"granted"}""", "CONSENT_VALID", ""","obligations":["ADDRESS"]""")}},
            {{Rule("us.open", "permit", """{"fact":"consent.status","ne":"withdrawn"}""", "OPEN", ""","rank":9,"obligations":["ADDRESS"]""")}},
            {{Rule("us.quiet", "defer", """{"fact":"sends.contact","gt":5}""", "CAP")}}]}]}
        """);

    private ConsentDecision In(string? jurisdiction, ConsentFacts? facts = null) =>
        Create(World).Evaluate((facts ?? new ConsentFacts()) with { Jurisdiction = jurisdiction }, Question);

    [Fact]
    public void A_rule_holds_in_its_jurisdiction_and_below_at_a_slash()
    {
        Assert.True(In("US").IsPermitted);
        Assert.True(In("US/CA").IsPermitted);
        Assert.Equal((ConsentOutcome.Deny, ReasonCodes.JurisdictionNotCovered), Outcome(In("USA")));
        Assert.Equal((ConsentOutcome.Deny, ReasonCodes.JurisdictionNotCovered), Outcome(In("JP")));
        Assert.Equal(["US/CA"], In("US/CA").Jurisdictions);
    }

    [Fact]
    public void The_most_specific_pack_names_the_reason_that_nothing_explains()
    {
        var person = new ConsentFacts { SubscriberType = SubscriberTypes.Individual };

        Assert.Equal("EU_MISSING", Outcome(In("EU/FR", person)).Code);
        Assert.Equal("DE_MISSING", Outcome(In("EU/DE", person)).Code);
    }

    [Fact]
    public void A_jurisdiction_can_be_taken_out_of_a_rule()
    {
        var business = new ConsentFacts { SubscriberType = SubscriberTypes.Corporate };

        Assert.Equal("BUSINESS", Outcome(In("EU/FR", business)).Code);
        Assert.Equal("DE_MISSING", Outcome(In("EU/DE", business)).Code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("eu/de")]
    [InlineData("EU/")]
    [InlineData("US,")]
    public void When_the_jurisdiction_is_unknown_every_loaded_one_must_permit(string? jurisdiction)
    {
        var nothing = In(jurisdiction);
        var granted = In(jurisdiction, new ConsentFacts { ConsentStatus = ConsentStatuses.Granted });

        Assert.Equal(["EU", "EU/DE", "US"], nothing.Jurisdictions);
        Assert.Equal(ConsentOutcome.Deny, nothing.Outcome);
        Assert.Equal(["DE_MISSING", ReasonCodes.FactMissing, ReasonCodes.StrictestJurisdiction], Codes(nothing));
        Assert.Equal((ConsentOutcome.Permit, 2), (granted.Outcome, granted.Obligations.Count));
        Assert.Equal(["CONSENT_VALID", ReasonCodes.StrictestJurisdiction], Codes(granted));
        Assert.Equal(["ADDRESS", "LINK"], granted.Obligations.Select(obligation => obligation.Code));
    }

    [Fact]
    public void Several_candidates_must_all_permit()
    {
        var business = new ConsentFacts { SubscriberType = SubscriberTypes.Corporate };

        Assert.Equal(["BUSINESS", "OPEN", ReasonCodes.StrictestJurisdiction], Codes(In(Jurisdictions.AnyOf("EU/FR", "US"), business)));
        Assert.Equal(["DE_MISSING", ReasonCodes.StrictestJurisdiction], Codes(In(Jurisdictions.AnyOf("EU/DE", "US"), business)));
        Assert.Equal(["EU", "EU/DE"], In(Jurisdictions.SomewhereIn("EU"), business).Jurisdictions);
        Assert.False(In(Jurisdictions.SomewhereIn("EU"), business).IsPermitted);
    }

    [Fact]
    public void One_deferring_jurisdiction_defers_and_one_denying_denies()
    {
        var busy = new ConsentFacts { ConsentStatus = ConsentStatuses.Granted, SendsContact = 6 };

        Assert.Equal((ConsentOutcome.Defer, true), (In(null, busy).Outcome, In(null, busy).HasReason("CAP")));
        Assert.Equal([ReasonCodes.StrictestJurisdiction, "SUPPRESSED"], Codes(In(null, busy with { SuppressedAll = true })));
    }
}
