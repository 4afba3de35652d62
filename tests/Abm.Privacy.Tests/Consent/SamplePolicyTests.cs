using System.Text;
using System.Text.Json;
using Abm.Privacy.Consent;
using Abm.Privacy.Tests.Vectors;

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
    public void Every_reason_code_has_a_text_and_a_foreign_one_stands_for_itself()
    {
        Assert.All(typeof(ReasonCodes).GetFields(), field => Assert.True(ReasonCodes.TryDescribe((string)field.GetRawConstantValue()!, out _), field.Name));
        Assert.False(ReasonCodes.TryDescribe("OUR_OWN", out var text));
        Assert.Equal("OUR_OWN", text);
    }

    /// <summary>
    /// All cases apply. The case whose rule throws is run on the same document with facts whose reading throws; the GPP string is decoded
    /// by a small decoder of its one section.
    /// </summary>
    [Fact]
    public void It_agrees_with_the_published_decision_cases()
    {
        var path = VectorReport.Folder is { } folder ? Path.Combine(folder, "consent", "decision-cases.json") : null;
        if (path is null)
        {
            Assert.Skip("ABM_PRIVACY_VECTORS is not set");
        }

        var report = new VectorReport("consent/decision-cases");
        var throwing = TestPolicy.WithBrokenFact(Encoding.UTF8.GetString(Document.Value), "suppressed.all");
        using var file = JsonDocument.Parse(File.ReadAllBytes(path!));
        foreach (var item in file.RootElement.GetProperty("cases").EnumerateArray().Select(json => new DecisionCase(json)))
        {
            var decision = new ConsentEvaluator(item.SuppressionsThrow ? throwing : Policy.Value).Evaluate(item.Facts, item.Question);

            var expected = Show(item.Outcome, item.Reasons, item.Obligations);
            var actual = Show(decision.Outcome, decision.Reasons.Select(reason => reason.Code), decision.Obligations.Select(obligation => obligation.Code));
            report.Case(expected == actual ? item.Id : $"{item.Id} expected {expected} but was {actual}", expected == actual);
        }

        report.Finish();
    }

    private static string Show(ConsentOutcome outcome, IEnumerable<string> reasons, IEnumerable<string> obligations) =>
        $"{outcome} [{Sorted(reasons)}] [{Sorted(obligations)}]";

    private static string Sorted(IEnumerable<string> codes) => string.Join(' ', codes.Distinct().Order(StringComparer.Ordinal));

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
