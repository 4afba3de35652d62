using Abm.Privacy.Retention;
using FsCheck;
using FsCheck.Fluent;

namespace Abm.Privacy.Tests.Retention;

public class RetentionLaws
{
    private const int Cases = 3_000;

    [Fact]
    public void The_order_of_rules_and_holds_and_their_repetition_mean_nothing() =>
        Holds(RetentionCases.Case, test =>
        {
            var other = test with { Rules = [.. test.Rules.Reverse(), .. test.Rules], Holds = [.. test.Holds.Reverse(), .. test.Holds] };
            return Text(test.Evaluate()) == Text(other.Evaluate());
        }, 1_000);

    [Fact]
    public void The_same_rule_under_another_id_changes_no_state_and_no_date() =>
        Holds(from test in RetentionCases.Case where test.Rules.Count > 0 select test, test =>
        {
            var rule = test.Rules[0];
            var again = rule.Kind switch
            {
                RetentionKind.KeepAtLeast => RetentionRule.KeepAtLeast("again", rule.Authority, rule.DataClasses, rule.Anchor!.Value, rule.Period!.Value, rule.Zone),
                RetentionKind.DisposeAfter => RetentionRule.DisposeAfter("again", rule.Authority, rule.DataClasses, rule.Anchor!.Value, rule.Period!.Value, rule.Action!.Value, rule.Zone),
                RetentionKind.KeepThenDispose => RetentionRule.KeepThenDispose("again", rule.Authority, rule.DataClasses, rule.Anchor!.Value, rule.Period!.Value, rule.Action!.Value, rule.Zone),
                _ => RetentionRule.KeepForever("again", rule.Authority, rule.DataClasses),
            };
            return Core(test.Evaluate()) == Core(test.With(again).Evaluate());
        });

    [Fact]
    public void A_further_hold_never_makes_disposal_earlier() =>
        Holds(Pairs(RetentionCases.Hold), pair =>
        {
            var (test, hold) = pair;
            var held = test with { Holds = [.. test.Holds, hold] };
            return NotEarlier(held.Evaluate(), test.Evaluate());
        });

    [Fact]
    public void A_further_minimum_never_makes_disposal_earlier() =>
        Holds(Pairs(RetentionCases.Minimum), pair => NotEarlier(pair.Item1.With(pair.Item2).Evaluate(), pair.Item1.Evaluate()));

    [Fact]
    public void A_further_maximum_never_makes_disposal_later() =>
        Holds(Pairs(RetentionCases.Maximum), pair => NotEarlier(pair.Item1.Evaluate(), pair.Item1.With(pair.Item2).Evaluate()));

    [Fact]
    public void Releasing_a_hold_restores_exactly_the_earlier_result() =>
        Holds(Pairs(RetentionCases.Hold), pair =>
        {
            var (test, hold) = pair;
            var released = new LegalHold(hold.Id, hold.Matter, DateTimeOffset.MinValue) { DataClasses = hold.DataClasses, Subjects = hold.Subjects, RecordIds = hold.RecordIds }.Release(test.At);
            return Text((test with { Holds = [.. test.Holds, released] }).Evaluate()) == Text(test.Evaluate());
        });

    [Fact]
    public void What_is_due_stays_due_while_no_fact_changes() =>
        Holds(Pairs(RetentionCases.Instant), pair =>
        {
            var test = pair.Item1 with { Holds = [] };
            var (early, late) = test.At < pair.Item2 ? (test.At, pair.Item2) : (pair.Item2, test.At);
            var (before, after) = ((test with { At = early }).Evaluate(), (test with { At = late }).Evaluate());
            return Rank(before) <= Rank(after) && (before.DisposeFrom, before.ReviewFrom, before.KeepUntil) == (after.DisposeFrom, after.ReviewFrom, after.KeepUntil);
        });

    [Fact]
    public void The_state_is_what_the_dates_say() =>
        Holds(RetentionCases.Case, test =>
        {
            var decision = test.Evaluate();
            return (decision.State == RetentionState.Due) == (test.At >= decision.DisposeFrom)
                && (decision.State == RetentionState.Due || (decision.State == RetentionState.DueForReview) == (test.At >= decision.ReviewFrom))
                && (decision.State != RetentionState.Retained || test.At < decision.KeepUntil)
                && !(decision.DisposeFrom < decision.KeepUntil)
                && (decision.Action is not null) == (decision.State is RetentionState.Due or RetentionState.DueForReview);
        });

    [Fact]
    public void Every_covering_rule_wins_or_loses_and_every_decision_has_a_reason() =>
        Holds(RetentionCases.Case, test =>
        {
            var decision = test.Evaluate();
            var covering = test.Rules.Where(rule => Covers(rule, test) || Protects(rule, test)).Select(rule => rule.Id).Distinct(StringComparer.Ordinal);
            return decision.Reasons.Count > 0
                && covering.Order(StringComparer.Ordinal).SequenceEqual(decision.WinningRules.Concat(decision.LosingRules).Select(rule => rule.Id).Order(StringComparer.Ordinal))
                && (decision.WinningRules.Count > 0 || decision.State is RetentionState.Held or RetentionState.Undetermined or RetentionState.Active);
        });

    [Fact]
    public void Every_decision_agrees_with_the_reference() =>
        Holds(RetentionCases.Case, test => Core(test.Evaluate()) == Reference(test), 20_000);

    [Fact]
    public void The_cases_reach_every_state()
    {
        var states = new HashSet<RetentionState>();
        Holds(RetentionCases.Case, test => states.Add(test.Evaluate().State) || true);

        Assert.Equal(Enum.GetValues<RetentionState>().Length, states.Count);
    }

    /// <summary>The principles, written as plainly as they are stated, over NodaTime's calendar.</summary>
    private static (RetentionState, DisposalAction?, DateTimeOffset?, DateTimeOffset?, DateTimeOffset?) Reference(RetentionCase test)
    {
        var rules = test.Rules.Where(rule => Covers(rule, test)).Select(rule => (Rule: rule, End: NodaCalendar.EndOf(rule, test.Record))).ToList();
        var minima = test.Rules.Where(rule => Protects(rule, test)).Select(rule => (Rule: rule, End: NodaCalendar.EndOf(rule, test.Record))).ToList();
        var maxima = rules.Where(row => row.Rule.Kind is RetentionKind.DisposeAfter or RetentionKind.KeepThenDispose).ToList();
        var keep = minima.Max(row => row.End);
        if (test.Holds.Any(hold => hold.Blocks(test.Record, test.At)))
        {
            return (RetentionState.Held, null, keep, null, null);
        }

        if (rules.Count == 0 || minima.Any(row => row.End is null) || (maxima.Count > 0 && maxima.All(row => row.End is null)))
        {
            return (RetentionState.Undetermined, null, keep, null, null);
        }

        var disposal = maxima.Where(row => row.End is not null && row.Rule.Action != DisposalAction.Review).OrderBy(row => row.End).ThenBy(row => row.Rule.Action).Select(row => ((DateTimeOffset?, DisposalAction)?)(row.End, row.Rule.Action!.Value)).FirstOrDefault();
        var review = maxima.Where(row => row.End is not null && row.Rule.Action == DisposalAction.Review).Min(row => row.End);
        var disposeFrom = Later(disposal?.Item1, keep);
        var reviewFrom = Later(review, keep);
        var (state, action) =
            test.At < keep ? (RetentionState.Retained, (DisposalAction?)null)
            : test.At >= disposeFrom ? (RetentionState.Due, disposal!.Value.Item2)
            : test.At >= reviewFrom ? (RetentionState.DueForReview, DisposalAction.Review)
            : (RetentionState.Active, null);
        return (state, action, keep, disposeFrom, reviewFrom);
    }

    private static bool Covers(RetentionRule rule, RetentionCase test) =>
        rule.DataClasses.Any(dataClass => dataClass.Covers(test.Record.DataClass));

    /// <summary>A minimum holds what it covers, and what contains it.</summary>
    private static bool Protects(RetentionRule rule, RetentionCase test) =>
        rule.Kind != RetentionKind.DisposeAfter && (Covers(rule, test) || rule.DataClasses.Any(test.Record.DataClass.Covers));

    private static DateTimeOffset? Later(DateTimeOffset? maximum, DateTimeOffset? keep) =>
        maximum is null || keep == DateTimeOffset.MaxValue ? null : keep > maximum ? keep : maximum;

    private static void Holds<T>(Gen<T> cases, Func<T, bool> law, int count = Cases) => Prop.ForAll(cases.ToArbitrary(), law).Check(RetentionCases.Config(count));

    private static Gen<(RetentionCase, T)> Pairs<T>(Gen<T> other) => from test in RetentionCases.Case from more in other select (test, more);

    private static bool NotEarlier(RetentionDecision later, RetentionDecision earlier) =>
        later.DisposeFrom is not { } from || (earlier.DisposeFrom is { } before && from >= before);

    private static int Rank(RetentionDecision decision) => decision.State switch
    {
        RetentionState.Undetermined => 0,
        RetentionState.Retained => 1,
        RetentionState.Active => 2,
        RetentionState.DueForReview => 3,
        RetentionState.Due => 4,
        _ => throw new InvalidOperationException("No hold is in this law."),
    };

    private static (RetentionState, DisposalAction?, DateTimeOffset?, DateTimeOffset?, DateTimeOffset?) Core(RetentionDecision decision) =>
        (decision.State, decision.Action, decision.KeepUntil, decision.DisposeFrom, decision.ReviewFrom);

    private static string Text(RetentionDecision decision) =>
        string.Join('|', Core(decision), string.Join(',', decision.WinningRules), string.Join(',', decision.LosingRules), string.Join(',', decision.Reasons), decision.ScheduleDigest);
}
