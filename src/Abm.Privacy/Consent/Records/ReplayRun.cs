using Abm.Privacy.Consent.Ledger;

namespace Abm.Privacy.Consent.Records;

/// <summary>Makes one decision again from the history of its contact point. Pure: no store, no clock.</summary>
internal sealed class ReplayRun(LedgerHistory history, DecisionSubject subject, DecisionRecord record, ConsentEvaluator evaluator, DecisionKey key)
{
    private const int MaxMoments = 64;

    private static readonly TimeSpan InFlight = LedgerIntake.MaxSkew;

    private readonly ConsentQuestion _question = new(subject.Purpose, subject.Channel)
    {
        At = record.AsOf, UsesSpecialCategory = record.UsesSpecialCategory, ChildDirected = record.ChildDirected,
    };

    public ReplayResult Run(DateTimeOffset now)
    {
        var exact = FactsMoment.AsKnownAt(record.KnownAt);
        var moment = Matches(exact) ? exact : NearMoments().Where(Matches).Select(near => (FactsMoment?)near).FirstOrDefault();
        var known = Decide(history, moment ?? exact, now);
        var truth = Decide(history, FactsMoment.AsTrueAt(record.AsOf, now), now);
        var finding = moment is null || !HasEvidence(known) ? ReplayFinding.FactsDiffer
            : MaskOf(known) == record.MaskOf && known.Outcome == record.Outcome && Math.Min(known.Obligations.Count, DecisionRecordFormat.MaxObligations) == record.ObligationCount ? ReplayFinding.Confirmed
            : ReplayFinding.EngineDiffers;
        return new ReplayResult(finding, record)
        {
            AsKnown = known, AsTrue = truth, LateEvents = LateEvents((moment ?? exact).KnownAt, truth, now), WasInFlight = moment is not null && moment != exact,
        };
    }

    /// <summary>The same facts may come from other events. A decision on a row alone noted none.</summary>
    private bool HasEvidence(ConsentDecision known)
    {
        var evidence = known.Evidence;
        return record.EvidenceCount == 0
            || (record.Evidence.Count > 0 ? evidence.SequenceEqual(record.Evidence) : evidence.Count == record.EvidenceCount && DecisionRecordFormat.DigestOf(evidence) == record.EvidenceDigest);
    }

    private bool Matches(FactsMoment moment) =>
        FactDigest.Compute(key, subject, _question, record.AsOf, Facts(FactsProjector.Project(history, subject.Purpose, moment, subject.Campaign))) == record.FactsDigest;

    /// <summary>States of the ledger that a reader may have seen at the moment: before or after an event that was being committed, or a row before a suppression had ended.</summary>
    private IEnumerable<FactsMoment> NearMoments()
    {
        var events = history.AllEvents.ToList();
        var cuts = events.Select(item => item.RecordedAt).Where(at => (at - record.KnownAt).Duration() <= InFlight)
            .SelectMany(at => new[] { at, at.AddMilliseconds(-1) })
            .Select(at => FactsMoment.AsKnownAt(at).LookedAtFrom(record.KnownAt));
        var ends = events.Select(item => item switch { SuppressionEvent one => one.Until, AccountSuppressionEvent one => one.Until, _ => null })
            .OfType<DateTimeOffset>().Where(until => until <= record.KnownAt)
            .Select(until => FactsMoment.AsKnownAt(record.KnownAt).LookedAtFrom(until.AddMilliseconds(-1)));
        return cuts.Concat(ends).Distinct().Take(MaxMoments);
    }

    private ConsentFacts Facts(ProjectedFacts projected) => projected.Facts with
    {
        SendsContact = record.Sends.Contact, SendsAccount = record.Sends.Account, FactErrors = projected.Facts.FactErrors | record.OtherErrors,
    };

    private ConsentDecision Decide(LedgerHistory of, FactsMoment moment, DateTimeOffset now)
    {
        var projected = FactsProjector.Project(of, subject.Purpose, moment, subject.Campaign);
        return evaluator.Evaluate(Facts(projected), _question, now).From(new DecisionOrigin(subject.Tenant, subject.ContactPoint, moment.KnownAt, subject.Campaign, projected.Evidence));
    }

    private DecisionMask MaskOf(ConsentDecision decision) => DecisionMask.Of(evaluator.Policy, decision.Facts!, _question, record.AsOf, decision.Verdict);

    private List<LateEvent> LateEvents(DateTimeOffset knownAt, ConsentDecision truth, DateTimeOffset now)
    {
        var all = history.AllEvents.ToList();
        var late = all.Where(item => item.RecordedAt > knownAt && item.RecordedAt <= now && IsOfThePast(item, all)).DistinctBy(item => item.EventId).OrderBy(item => item.RecordedAt).ToList();
        if (late.Count == 0)
        {
            return [];
        }

        var mask = MaskOf(truth);
        var decisive = late.Where(item => Differs(Without(item.EventId.Equals), mask, now)).Select(item => item.EventId).ToHashSet();
        if (decisive.Count == 0 && Differs(Without(late.Select(item => item.EventId).ToHashSet().Contains), mask, now))
        {
            decisive = [.. late.Select(item => item.EventId)]; // each alone would have done
        }

        return late.ConvertAll(item => new LateEvent(item.EventId, item.GetType().Name, item.OccurredAt, item.RecordedAt, (item as CorrectionEvent)?.Corrects, decisive.Contains(item.EventId)));
    }

    /// <summary>A correction is about what it corrects, whenever it was made.</summary>
    private bool IsOfThePast(LedgerEvent item, List<LedgerEvent> all) =>
        item is CorrectionEvent correction ? all.Exists(other => other.EventId == correction.Corrects && other.OccurredAt <= record.AsOf) : item.OccurredAt <= record.AsOf;

    private bool Differs(LedgerHistory other, DecisionMask mask, DateTimeOffset now) => MaskOf(Decide(other, FactsMoment.AsTrueAt(record.AsOf, now), now)) != mask;

    private LedgerHistory Without(Func<Guid, bool> isLeftOut) => new(
        history.ContactPoint,
        [.. history.Events.Where(item => !isLeftOut(item.EventId))],
        history.Accounts.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<LedgerEvent>)[.. pair.Value.Where(item => !isLeftOut(item.EventId))]));
}
