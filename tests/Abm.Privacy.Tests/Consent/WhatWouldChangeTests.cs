using Abm.Privacy.Consent;
using Abm.Privacy.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using static Abm.Privacy.Tests.Consent.SampleConsent;
using static Abm.Privacy.Tests.Consent.TestPolicy;

namespace Abm.Privacy.Tests.Consent;

public class WhatWouldChangeTests
{
    [Fact]
    public void Without_a_consent_a_new_one_would_permit_and_only_the_person_can_give_it()
    {
        var changes = Decide(Stranger).WhatWouldChange();

        var consent = changes.Sets.First(set => set.Changes.Any(change => change.Fact == "consent.status"));
        Assert.Contains(new FactChange("consent.status", "granted", ChangedBy.Person), consent.Changes);
        Assert.Contains(new FactChange("consent.grantedAt", "2026-03-03T10:00:00.000Z", ChangedBy.Person), consent.Changes);
        Assert.Contains(new FactChange("consent.demonstrable", "true", ChangedBy.Person), consent.Changes);
        Assert.False(consent.IsInOwnHands);
    }

    [Fact]
    public void A_consent_without_proof_lacks_the_proof_alone()
    {
        var changes = Decide(Consenting with { ConsentDemonstrable = false }).WhatWouldChange();

        Assert.Equal("consent.demonstrable = true (Person)", changes.Sets[0].ToString());
    }

    [Fact]
    public void An_objection_is_answered_by_a_newer_consent_and_never_wished_away()
    {
        var changes = Decide(Consenting with { ObjectionAt = Ms(Now.AddDays(-1)) }).WhatWouldChange();

        Assert.Equal([new FactChange("consent.grantedAt", "2026-03-03T10:00:00.000Z", ChangedBy.Person)], changes.Sets[0].Changes);
        Assert.All(changes.Sets.SelectMany(set => set.Changes), change => Assert.NotEqual("objection.at", change.Fact));
    }

    [Fact]
    public void Where_nothing_helps_nothing_is_suggested()
    {
        var only = Of(PermitAll, Rule("f", "forbid", """{"fact":"objection.at","exists":true}""", "NO"));
        var changes = new ConsentEvaluator(only).Evaluate(new ConsentFacts { ObjectionAt = Ms(Now) }, Question).WhatWouldChange();

        Assert.Empty(changes.Sets);
        Assert.True(changes.IsComplete);
        Assert.Equal("nothing", changes.ToString());
    }

    [Fact]
    public void What_is_known_of_a_person_may_not_turn_out_otherwise_and_what_is_unknown_may()
    {
        var policy = Of(Rule("p", "permit", """{"fact":"subject.age","ge":16}"""));
        var evaluator = new ConsentEvaluator(policy);

        Assert.Empty(evaluator.Evaluate(new ConsentFacts { SubjectAge = 12 }, Question).WhatWouldChange().Sets);
        Assert.Equal("subject.age = 16 (Inquiry)", evaluator.Evaluate(new ConsentFacts(), Question).WhatWouldChange().Sets[0].ToString());
    }

    [Fact]
    public void Every_hindrance_is_taken_away_and_none_twice()
    {
        var policy = Of(Rule("p", "permit", """{"fact":"li.assessed","eq":true}"""), Rule("f", "forbid", """{"fact":"account.onTargetList","eq":false}"""), Rule("g", "forbid", """{"fact":"account.onTargetList","eq":false}""", "G"));
        var changes = new ConsentEvaluator(policy).Evaluate(new ConsentFacts { AccountOnTargetList = false }, Question).WhatWouldChange();

        var set = Assert.Single(changes.Sets);
        Assert.Equal("account.onTargetList = true (Organization), li.assessed = true (Organization)", set.ToString());
        Assert.True(set.IsInOwnHands);
    }

    [Fact]
    public void A_message_may_be_composed_otherwise()
    {
        var question = Question with { UsesSpecialCategory = true };
        var changes = Evaluator.Evaluate(Consenting, question).WhatWouldChange();

        Assert.Contains(changes.Sets, set => set.ToString() == "message.usesSpecialCategory = false (Message)");
        Assert.Contains(changes.Sets, set => set.ToString() == "consent.explicit = true (Person)");
    }

    [Fact]
    public void An_unknown_jurisdiction_may_turn_out_to_be_a_milder_one()
    {
        var changes = Evaluator.Evaluate(Stranger with { Jurisdiction = null }, Question).WhatWouldChange();

        Assert.Contains(changes.Sets, set => set.Changes is [{ Fact: FactChange.Jurisdiction, Value: "US", By: ChangedBy.Inquiry }]);
    }

    [Fact]
    public void A_permit_needs_no_change_and_a_rule_that_fails_has_none()
    {
        Assert.Empty(Decide(Consenting).WhatWouldChange().Sets);
        var broken = WithBrokenFact(Json(PermitAll, Rule("f", "forbid", """{"fact":"test.broken","eq":true}""")));
        Assert.Empty(new ConsentEvaluator(broken).Evaluate(new ConsentFacts(), Question).WhatWouldChange().Sets);
    }

    [Fact]
    public void A_deferral_says_from_when_waiting_is_enough()
    {
        var until = Now.AddDays(3);
        var changes = Decide(Consenting with { PreferencePausedUntil = Ms(until) }).WhatWouldChange();

        Assert.Equal(until, changes.NotBefore);
        Assert.Equal("preference.pausedUntil = none (Person)", changes.Sets[0].ToString());
    }

    [Fact]
    public void Every_suggested_set_permits_no_part_of_it_does_and_none_touches_what_may_not_be_touched() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(Soak.IsOn ? 20_000 : 150).WithReplay(20260305, 7),
        Prop.ForAll(Arb.From(RandomPolicies.Rules), Arb.From(RandomPolicies.Facts), (rules, row) =>
        {
            var evaluator = new ConsentEvaluator(Of(rules));
            var changes = evaluator.Evaluate(row, Question).WhatWouldChange();
            foreach (var set in changes.Sets)
            {
                Assert.True(evaluator.Evaluate(Apply(row, set.Changes, out var question), question).IsPermitted);
                foreach (var left in set.Changes)
                {
                    Assert.False(evaluator.Evaluate(Apply(row, [.. set.Changes.Where(change => change != left)], out question), question).IsPermitted);
                }

                Assert.All(set.Changes, change => Assert.True(change.Fact == FactChange.Jurisdiction || FactRegistry.Default.TryFind(change.Fact, out var fact) && FactOrigin.Of(fact).By == change.By));
            }
        }));

    /// <summary>By what the changes say to a reader, not by what the search kept.</summary>
    private static ConsentFacts Apply(ConsentFacts row, IReadOnlyList<FactChange> changes, out ConsentQuestion question)
    {
        question = Question;
        foreach (var change in changes)
        {
            if (change.Fact == FactChange.Jurisdiction)
            {
                row = row with { Jurisdiction = change.Value };
            }
            else if (change.By == ChangedBy.Message)
            {
                question = question with { UsesSpecialCategory = question.UsesSpecialCategory && change.Fact != "message.usesSpecialCategory", ChildDirected = question.ChildDirected && change.Fact != "message.childDirected" };
            }
            else
            {
                Assert.True(FactRegistry.Default.TryFind(change.Fact, out var fact));
                var isText = fact.Type is FactType.Code or FactType.TimeZone;
                long? number = change.Value is null || isText ? null : fact.Type switch
                {
                    FactType.Boolean => change.Value == "true" ? 1 : 0,
                    FactType.Instant => Ms(DateTimeOffset.Parse(change.Value, System.Globalization.CultureInfo.InvariantCulture)),
                    _ => long.Parse(change.Value, System.Globalization.CultureInfo.InvariantCulture),
                };
                row = Abm.Privacy.Consent.Checks.FactWriter.Write(row, change.Fact, number, isText ? change.Value : null)!;
            }
        }

        return row;
    }

    private static ConsentDecision Decide(ConsentFacts facts) => Evaluator.Evaluate(facts, Question);
}
