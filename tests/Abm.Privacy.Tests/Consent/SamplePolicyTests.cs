using System.Text;
using Abm.Privacy.Consent;

namespace Abm.Privacy.Tests.Consent;

/// <summary>The policy of the sample is complete and agrees with the published decision cases.</summary>
public class SamplePolicyTests
{
    private static readonly Lazy<byte[]> Document = new(() => File.ReadAllBytes(Path.Combine(Root(), "samples", "QuickStart", "policies", "consent.json")));

    private static readonly Lazy<ConsentPolicy> Policy = new(() => ConsentPolicy.Parse(Document.Value, "consent.json"));

    [Fact]
    public void It_covers_its_jurisdictions_and_every_pack_has_an_owner_and_a_review_date()
    {
        Assert.Equal(["BR", "CA", "EU", "EU/DE", "EU/FR", "UK", "US", "US/CA"], Policy.Value.Jurisdictions);
        Assert.All(Policy.Value.Packs, pack => Assert.True(pack.Owner is not null && pack.ReviewBy is not null, pack.Id));
    }

    [Fact]
    public void Every_reason_and_obligation_of_it_is_in_the_shared_vocabulary_and_has_a_text()
    {
        var codes = Policy.Value.Rules.SelectMany(rule => rule.Reasons).Concat(Policy.Value.Packs.Select(pack => pack.Otherwise).OfType<string>()).Distinct();
        var obligations = typeof(ObligationCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!).ToHashSet();

        Assert.All(codes, code => Assert.True(ReasonCodes.TryDescribe(code, out _), code));
        Assert.All(Policy.Value.Rules.SelectMany(rule => rule.Obligations), code => Assert.Contains(code, obligations));
    }

    [Fact]
    public void It_agrees_with_the_published_decision_cases() => PublishedCases.AssertAgree(
        "consent/decision-cases (sample)", Policy.Value, TestPolicy.WithBrokenFact(Encoding.UTF8.GetString(Document.Value), "suppressed.all"));

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Abm.Privacy.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The repository's root was not found.");
        }

        return folder;
    }
}
