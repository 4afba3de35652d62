using System.Text.Json.Nodes;
using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Packs;
using Microsoft.Extensions.DependencyInjection;

namespace Abm.Privacy.Tests.Consent.Packs;

/// <summary>The packs that come with the library: complete, tested by themselves, and in agreement with the published cases.</summary>
public class ConsentPackTests
{
    private static readonly ConsentPolicy Everything = ConsentPacks.Combine(ConsentPacks.All);

    public static TheoryData<string> Packs { get; } = [.. ConsentPacks.All.Select(pack => pack.Id)];

    public static IEnumerable<object[]> Tests => Everything.TestCases;

    private static ConsentPack Pack(string id) => ConsentPacks.All.Single(pack => pack.Id == id);

    [Theory]
    [MemberData(nameof(Tests))]
    public void A_test_of_a_pack_passes_beside_all_other_packs(string test)
    {
        var result = Everything.RunTest(test);

        Assert.True(result.Passed, result.ToString());
    }

    [Theory]
    [MemberData(nameof(Packs))]
    public void A_pack_passes_its_tests_with_what_it_needs_and_they_try_all_of_its_rules(string id)
    {
        var report = ConsentPacks.Combine(Pack(id)).RunTests();

        var own = Pack(id).Policy.Rules.Select(rule => rule.Id).ToHashSet();
        Assert.True(id == "common" || report.Passed, report.ToString());
        Assert.DoesNotContain(report.Uncovered, rule => own.Contains(rule.RuleId) && id != "common");
    }

    [Fact]
    public void The_tests_of_all_packs_see_every_rule_true_and_false_and_reach_every_reason_and_obligation()
    {
        var report = Everything.RunTests();
        var reasons = report.Results.SelectMany(result => result.Decision.Reasons.Select(reason => reason.Code)).ToHashSet();
        var obligations = report.Results.SelectMany(result => result.Decision.Obligations.Select(obligation => obligation.Code)).ToHashSet();

        Assert.True(report.Passed, report.ToString());
        Assert.Empty(report.Uncovered.Select(rule => rule.ToString()));
        Assert.Empty(Everything.Rules.SelectMany(rule => rule.Reasons).Except(reasons));
        Assert.Empty(Everything.Packs.Select(pack => pack.Otherwise).OfType<string>().Except(reasons));
        Assert.Empty(Everything.Rules.SelectMany(rule => rule.Obligations).Except(obligations));
    }

    [Fact]
    public void They_agree_with_the_published_decision_cases()
    {
        var throwing = ConsentPolicy.Combine(
        [
            TestPolicy.WithBrokenFact(ConsentPacks.Common.Document, "suppressed.all"),
            .. ConsentPacks.All.Where(pack => pack != ConsentPacks.Common).Select(pack => pack.Policy),
        ]);

        PublishedCases.AssertAgree("consent/decision-cases (packs)", Everything, throwing);
    }

    [Fact]
    public void They_cover_the_jurisdictions_of_the_library()
    {
        var places = typeof(Jurisdictions).GetFields().Select(field => (string)field.GetRawConstantValue()!);

        Assert.Equal(places.Order(StringComparer.Ordinal), Everything.Jurisdictions);
    }

    [Fact]
    public void Every_pack_has_an_owner_a_review_date_and_says_that_it_is_no_legal_advice()
    {
        Assert.All(Everything.Packs, pack => Assert.True(pack.Owner is not null && pack.ReviewBy is not null, pack.Id));
        Assert.All(ConsentPacks.All, pack => Assert.All(
            Parts(pack), part => Assert.Contains("not legal advice", (string?)part["note"], StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_rule_names_its_law_or_says_that_it_is_a_house_rule_or_a_preference()
    {
        Assert.All(Everything.Rules, rule => Assert.NotEmpty(rule.Law));
    }

    [Fact]
    public void Every_reason_and_obligation_is_in_the_shared_vocabulary()
    {
        var codes = Everything.Rules.SelectMany(rule => rule.Reasons).Concat(Everything.Packs.Select(pack => pack.Otherwise).OfType<string>());

        Assert.All(codes, code => Assert.True(ReasonCodes.TryDescribe(code, out _), code));
        Assert.All(Everything.Rules.SelectMany(rule => rule.Obligations), code => Assert.Contains(code, ObligationCodes.All));
    }

    [Fact]
    public void A_preference_only_narrows()
    {
        var permits = Everything.Rules.Where(rule => rule.Effect == RuleEffect.Permit);

        Assert.DoesNotContain(permits.SelectMany(rule => rule.When.Facts).Select(fact => fact.Name), name =>
            name.StartsWith("preference.", StringComparison.Ordinal) || name.StartsWith("caps.", StringComparison.Ordinal) || name.StartsWith("sends.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("EU", true)]
    [InlineData("EU/DE", true)]
    [InlineData("UK", true)]
    [InlineData("US", false)]
    [InlineData("US/CA", false)]
    [InlineData("CA", true)]
    [InlineData("BR", true)]
    public void A_transactional_message_passes_the_suppression_of_marketing_and_not_an_address_that_does_not_work(string place, bool needsContract)
    {
        var evaluator = new ConsentEvaluator(Everything);
        var question = new ConsentQuestion(Purposes.AccountNotice, Channel.Email) { At = TestPolicy.Now };
        var stopped = new ConsentFacts { Jurisdiction = place, Contract = needsContract, SuppressedMarketing = true, ObjectionAt = TestPolicy.Ms(TestPolicy.Now) - 1, ConsentStatus = ConsentStatuses.Withdrawn };

        Assert.True(evaluator.Evaluate(stopped, question).IsPermitted);
        Assert.Equal([ReasonCodes.SuppressedUndeliverable], TestPolicy.Codes(evaluator.Evaluate(stopped with { SuppressedUndeliverable = true }, question)));
        Assert.False(evaluator.Evaluate(stopped, new ConsentQuestion(Purposes.Newsletter, Channel.Email) { At = TestPolicy.Now }).IsPermitted);
    }

    /// <summary>Each document stands for itself, so that a lawyer can read one alone; what two of them define must be the same.</summary>
    [Fact]
    public void A_definition_means_the_same_in_every_pack()
    {
        var definitions = ConsentPacks.All.SelectMany(Parts)
            .SelectMany(part => part["define"]?.AsObject().Select(member => (member.Key, Json: member.Value!.ToJsonString())) ?? [])
            .GroupBy(definition => definition.Key);

        Assert.All(definitions, group => Assert.Single(group.Select(definition => definition.Json).Distinct()));
    }

    [Fact]
    public void A_pack_brings_what_it_needs()
    {
        using var provider = new ServiceCollection()
            .AddAbmPrivacy(privacy => privacy.AddConsent(consent => consent.UsePack(ConsentPacks.California).UsePack(ConsentPacks.UnitedStates)))
            .BuildServiceProvider();
        using var all = new ServiceCollection().AddAbmPrivacy(privacy => privacy.AddConsent(consent => consent.UseShippedPacks())).BuildServiceProvider();

        Assert.Equal("abm-common+abm-us+abm-us-ca", provider.GetRequiredService<ConsentPolicy>().Reference.Id);
        Assert.Equal(Everything.Reference, all.GetRequiredService<ConsentPolicy>().Reference);
    }

    private static IEnumerable<JsonObject> Parts(ConsentPack pack)
    {
        var root = JsonNode.Parse(pack.Document)!.AsObject();
        return [root, .. root["packs"]?.AsArray().Select(part => part!.AsObject()) ?? []];
    }
}
