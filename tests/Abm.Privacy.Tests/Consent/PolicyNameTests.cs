using Abm.Privacy.Consent;
using static Abm.Privacy.Tests.Consent.TestPolicy;

namespace Abm.Privacy.Tests.Consent;

/// <summary>A limit or an obligation that is misspelled would be switched off without a word.</summary>
public class PolicyNameTests
{
    [Theory]
    [InlineData("markting", "'marketing'")]
    [InlineData("markting.spring", "'marketing'")]
    [InlineData("marketing.newsleter", "'marketing.newsletter'")]
    [InlineData("sensitiv", "'sensitive'")]
    [InlineData("servce.account", "'service'")]
    public void A_purpose_that_is_nearly_a_known_one_is_a_fault(string purpose, string mend)
    {
        var fault = Fault(Json(Rule("f", "forbid", """{"all":[]}""", "NO", $$""","applies":{"purposeUnder":["marketing","{{purpose}}"]}""")));

        Assert.Equal("/rules/0/applies/purposeUnder/1", fault.JsonPointer);
        Assert.Contains(mend, fault.Mend, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("app")]
    [InlineData("ads.x")]
    [InlineData("loyalty")]
    [InlineData("marketing.webinar")]
    [InlineData("request")]
    public void A_purpose_of_ones_own_is_no_fault(string purpose)
    {
        Assert.Single(Of(Rule("f", "forbid", """{"all":[]}""", "NO", $$""","applies":{"purposeUnder":"{{purpose}}"}""")).Rules);
    }

    [Fact]
    public void An_obligation_that_is_nearly_a_known_one_is_a_fault()
    {
        var fault = Fault(Json(Rule("p", "permit", """{"all":[]}""", "OK", ""","obligations":["OUR_OWN","UNSUBSCRIBE_LINC"]""")));

        Assert.Equal("/rules/0/obligations/1", fault.JsonPointer);
        Assert.Contains("'UNSUBSCRIBE_LINK'", fault.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_obligation_and_purpose_of_the_library_counts_as_known()
    {
        Assert.Equal(typeof(ObligationCodes).GetFields().Select(field => field.GetRawConstantValue()), ObligationCodes.All);
        Assert.Equal(typeof(Purposes).GetProperties().Where(property => property.PropertyType == typeof(Purpose)).Select(property => property.GetValue(null)!.ToString()), Purposes.Names);
    }

    [Fact]
    public void A_documents_jurisdiction_holds_for_its_packs()
    {
        var policy = ConsentPolicy.Parse($$"""
            {"schema":"abm-privacy-policy/1","id":"d","version":"1.0.0","jurisdiction":"EU","packs":[
             {"id":"all","rules":[{{PermitAll}}]},{"id":"de","jurisdiction":"EU/DE","rules":[]}]}
            """);

        Assert.Equal(["EU"], policy.Packs[1].Jurisdictions);
        Assert.False(new ConsentEvaluator(policy).Evaluate(new ConsentFacts { Jurisdiction = "US" }, Question).IsPermitted);
        Assert.True(new ConsentEvaluator(policy).Evaluate(new ConsentFacts { Jurisdiction = "EU/DE" }, Question).IsPermitted);
    }

    [Fact]
    public void A_pack_outside_its_documents_jurisdiction_is_a_fault()
    {
        var fault = Fault("""{"schema":"abm-privacy-policy/1","id":"d","version":"1.0.0","jurisdiction":"EU","packs":[{"id":"us","jurisdiction":["EU/FR","US"],"rules":[]}]}""");

        Assert.Equal("/packs/0/jurisdiction", fault.JsonPointer);
        Assert.Contains("'US'", fault.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_zone_in_a_policy_is_written_as_its_IANA_name()
    {
        Assert.NotNull(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

        Assert.Contains("IANA", Fault(Json(Rule("f", "forbid", """{"fact":"contact.zone","eq":"europe/berlin"}"""))).Mend, StringComparison.Ordinal);
    }

    private static DocumentFault Fault(string json) => Assert.Single(Assert.Throws<InvalidDocumentException>(() => ConsentPolicy.Parse(json)).Faults);
}
