using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Consent.Records;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Consent.Records;

public class ReplayLaws(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Today = ReplayWorld.Start.AddDays(ReplayWorld.Days + 400);

    private static readonly string[] Kinds = ["Permit true", "Permit not true", "Deny true", "Deny not true", "Permit not true by correction"];

    [Fact]
    public void Every_decision_of_simulated_years_is_replayed_to_the_same_rules()
    {
        var (decisions, perLife) = (Soak.IsOn ? 1_000_000 : 3_000, 10);
        var evaluators = ReplayWorld.Versions.Select(policy => new ConsentEvaluator(policy)).ToArray();
        var policies = ReplayWorld.Versions.ToDictionary(policy => policy.Reference.Sha256[..32], StringComparer.Ordinal);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        using var key = new DecisionKey(ReplayWorld.Root, TestKeys.Tenant, 1);
        var (bytes, largest) = (0L, 0);
        for (var i = 0; i < decisions; i += perLife)
        {
            var world = new ReplayWorld((ulong)i + 20260306);
            var history = world.Live();
            for (var j = 0; j < perLife; j++)
            {
                var at = ReplayWorld.Start.AddMinutes(world.Next(ReplayWorld.Days * 24 * 60)).AddMilliseconds(world.Next(1000));
                var decision = Decide(evaluators[Version(at)], ReplayWorld.At(history, at), FactsMoment.AsKnownAt(at), at, world.Next(5));
                var subject = DecisionRecorder.SubjectOf(TestKeys.Tenant, decision);
                var record = DecisionRecorder.Make(key, subject, decision, decision.IsPermitted);
                var stored = record.ToBytes();
                (bytes, largest) = (bytes + stored.Length, Math.Max(largest, stored.Length));
                var read = DecisionRecord.Parse(stored);

                var result = new ReplayRun(history, subject, read, new ConsentEvaluator(policies[read.PolicyHash]), key).Run(Today);

                Assert.Equal(ReplayFinding.Confirmed, result.Finding);
                Assert.False(result.WasInFlight);
                Assert.Equal((true, decision.IsPermitted), (result.WasRightAsKnown, read.IsFulfilled));
                Assert.Equal(decision.ToString(), result.AsKnown!.ToString());
                Assert.Equal(decision.Evidence, result.AsKnown.Evidence);
                Check(result, evaluators[Version(at)], history, at, decision, record.Sends.Contact);
                Count(seen, $"{decision.Outcome} {(result.WasRightAsTrue == true ? "true" : "not true")}{(result.LateEvents.Any(late => late.Corrects is not null && late.MadeDifference) ? " by correction" : "")}");
            }
        }

        output.WriteLine($"{decisions} decisions, {(double)bytes / decisions:F1} bytes a record, at most {largest}; {string.Join(", ", seen.Select(pair => $"{pair.Key}: {pair.Value}"))}");
        Assert.InRange(largest, 40, 100);
        Assert.All(Kinds, kind => Assert.True(seen.GetValueOrDefault(kind) > 0, kind));
    }

    [Fact]
    public void An_altered_history_is_never_confirmed_as_what_was_known()
    {
        using var key = new DecisionKey(ReplayWorld.Root, TestKeys.Tenant, 1);
        var (count, differed) = (0, 0);
        for (var i = 0; i < 200; i++)
        {
            var world = new ReplayWorld((ulong)i);
            var history = world.Live();
            var at = ReplayWorld.Start.AddDays(ReplayWorld.Days);
            var evaluator = new ConsentEvaluator(ReplayWorld.Versions[0]);
            var decision = Decide(evaluator, history, FactsMoment.AsKnownAt(at), at, 0);
            var subject = DecisionRecorder.SubjectOf(TestKeys.Tenant, decision);
            var record = DecisionRecorder.Make(key, subject, decision, false);

            // somebody takes events out of the ledger; where all of them had been taken back before, nothing is lost
            var altered = new LedgerHistory(history.ContactPoint, [.. history.Events.Where(item => item is not ProfileEvent)], history.Accounts);
            if (Decide(evaluator, altered, FactsMoment.AsKnownAt(at), at, 0).Facts == decision.Facts)
            {
                continue;
            }

            count++;
            var result = new ReplayRun(altered, subject, record, evaluator, key).Run(Today);
            Assert.NotEqual(ReplayFinding.Confirmed, result.Finding);
            differed += result.Finding == ReplayFinding.FactsDiffer ? 1 : 0;
        }

        Assert.True(count > 150);
        Assert.Equal(count, differed);
    }

    private static void Check(ReplayResult result, ConsentEvaluator evaluator, LedgerHistory history, DateTimeOffset at, ConsentDecision decision, int sends)
    {
        var truth = Decide(evaluator, history, FactsMoment.AsTrueAt(at, Today), at, sends);
        Assert.Equal(truth.ToString(), result.AsTrue!.ToString());
        Assert.Equal(truth.Outcome == decision.Outcome && (!decision.IsPermitted || truth.Obligations.All(obligation => decision.Requires(obligation.Code))), result.WasRightAsTrue);
        Assert.All(result.LateEvents, late => Assert.True(late.RecordedAt > at));
        if (truth.Outcome != decision.Outcome)
        {
            // nothing but what came late can have changed it
            Assert.Contains(result.LateEvents, late => late.MadeDifference);
        }
    }

    private static ConsentDecision Decide(ConsentEvaluator evaluator, LedgerHistory history, FactsMoment moment, DateTimeOffset at, int sends)
    {
        var projected = FactsProjector.Project(history, Purposes.Newsletter, moment);
        return evaluator.Evaluate(projected.Facts with { SendsContact = sends }, new ConsentQuestion(Purposes.Newsletter, Channel.Email) { At = at }, at)
            .From(new DecisionOrigin(TestKeys.Tenant, history.ContactPoint.Id, at, null, projected.Evidence));
    }

    private static int Version(DateTimeOffset at) => (int)((at - ReplayWorld.Start).TotalDays * ReplayWorld.Versions.Length / (ReplayWorld.Days + 1));

    private static void Count(Dictionary<string, int> counts, string kind) => counts[kind] = counts.GetValueOrDefault(kind) + 1;
}
