using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using static Abm.Privacy.Tests.Consent.Ledger.LedgerSamples;

namespace Abm.Privacy.Tests.Consent.Ledger;

/// <summary>What holds for the suppression list whatever several contact points at one address report, and in whatever order. The seed is fixed.</summary>
public class SuppressionLaws
{
    private const int Points = 3;

    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithMaxTest(Soak.IsOn ? 200_000 : 2000).WithReplay(20260306, 7);

    private static readonly SuppressionHash Hash = new("email", "email-v1", 1, new byte[SuppressionHash.Size]);

    private static readonly Gen<PurposeScope> Scopes = Gen.Elements<PurposeScope>(Purposes.Newsletter, PurposeScope.Everything);

    private static readonly Gen<DateTimeOffset> Instants = Gen.Choose(0, 5).Select(hours => Noon.AddHours(hours - 6));

    private static readonly Gen<LedgerEvent> Events = Gen.OneOf(
        from kind in Gen.Elements(ConsentEventKind.Withdrawn, ConsentEventKind.Granted) from scope in Scopes from at in Instants from proof in Gen.Elements(Proof, null)
            select (LedgerEvent)new ConsentEvent { Kind = kind, Purpose = scope, OccurredAt = at, Origin = "a", Evidence = kind == ConsentEventKind.Granted ? proof : null },
        from back in Gen.Elements(true, false) from scope in Scopes from at in Instants
            select (LedgerEvent)new ObjectionEvent { IsWithdrawn = back, Purpose = scope, OccurredAt = at, Origin = "a" },
        from back in Gen.Elements(true, false)
        from kind in Gen.Elements(SuppressionKind.Complaint, SuppressionKind.Unsubscribe)
        from at in Instants
        from until in Gen.Elements<int?>(null, 1, 2)
        select (LedgerEvent)new SuppressionEvent { IsLifted = back, Kind = kind, OccurredAt = at, Until = !back && until is { } hours ? Noon.AddHours(hours) : null, Origin = "a" });

    /// <summary>What is reported: by which contact point, and what; or which earlier report of it was a mistake.</summary>
    private static readonly Gen<(int Point, LedgerEvent? Event, int Mistake)> Report =
        from point in Gen.Choose(0, Points - 1)
        from ledgerEvent in Gen.Frequency((4, Events.Select(item => (LedgerEvent?)item)), (1, Gen.Constant<LedgerEvent?>(null)))
        from mistake in Gen.Choose(0, 9)
        select (point, ledgerEvent, mistake);

    private static readonly Gen<(int Point, LedgerEvent? Event, int Mistake)[]> Reports = Gen.Choose(1, 12).SelectMany(count => Report.ArrayOf(count));

    [Fact]
    public void A_demand_is_in_the_list_until_it_is_taken_back_and_nobody_at_the_address_demands_the_same() => Check.One(Fixed, Prop.ForAll(
        Arb.From(Reports),
        reports =>
        {
            var (list, streams) = Run(reports);
            var all = streams.SelectMany(stream => stream).ToList();
            var corrected = Corrected(all);
            var standing = all.Where(item => !corrected.Contains(item.EventId)).ToList();
            var demands = all.Select(item => SuppressionEntry.FromEvent(item, Hash)).OfType<SuppressionEntry>().ToList();
            return demands.Select(demand => (demand.Kind, demand.Scope)).Distinct().All(about =>
            {
                var own = demands.Where(demand => (demand.Kind, demand.Scope) == about).ToList();
                var last = own.Max(demand => demand.Since);
                var isDemanded = streams.Exists(stream => stream.Exists(item => standing.Contains(item) && SuppressionEntry.FromEvent(item, Hash) is { } demand && (demand.Kind, demand.Scope) == about
                    && !stream.Exists(back => standing.Contains(back) && back.OccurredAt > item.OccurredAt && IsTakenBackBy(about.Kind, about.Scope, back))));
                var isOpen = isDemanded || !standing.Exists(back => back.OccurredAt > last && IsTakenBackBy(about.Kind, about.Scope, back));
                var entry = list.Single(item => (item.Kind, item.Scope) == about);
                return entry.IsLifted == !isOpen && entry.Since == own.Min(demand => demand.Since) && (entry.RenewedAt ?? entry.Since) == last
                    && entry.Until == (own.Exists(demand => demand.Until is null) ? null : own.Max(demand => demand.Until));
            });
        }));

    [Fact]
    public void The_order_of_reports_without_mistakes_changes_nothing() => Check.One(Fixed, Prop.ForAll(
        Arb.From(Reports.SelectMany(reports => Gen.Shuffle(reports).Select(shuffled => (reports, shuffled)))),
        pair => Show(Run([.. pair.reports.Where(report => report.Event is not null)]).List) == Show(Run([.. pair.shuffled.Where(report => report.Event is not null)]).List)));

    [Fact]
    public void Whoever_is_registered_later_is_suppressed_as_the_list_says() => Check.One(Fixed, Prop.ForAll(
        Arb.From(Reports),
        reports =>
        {
            var list = Run(reports).List;
            var point = new ContactPoint(TestKeys.Tenant, ContactPointId.NewId(), TestKeys.Omar, Channel.Email, SubjectKind.Unknown, Noon);
            List<LedgerEvent> stream = [];
            new LedgerIntake(Catalog, new ManualTime(Noon)).Accept(stream, list.SelectMany(entry => entry.ToEvents()), isAccount: false, out _);
            var facts = FactsProjector.Project(new LedgerHistory(point, stream), Purposes.Newsletter, FactsMoment.Current(Noon)).Facts;
            return facts.SuppressedMarketing == list.Any(entry => entry.IsActiveAt(Noon) && entry.Scope.Covers(Purposes.Newsletter, Channel.Email));
        }));

    [Fact]
    public void Merging_is_harmless_when_repeated_and_never_shortens() => Check.One(Fixed, Prop.ForAll(
        Arb.From(Entries),
        Arb.From(Entries),
        (one, other) =>
        {
            var merged = one.Merge(other);
            return ReferenceEquals(merged, merged.Merge(other)) && ReferenceEquals(one, one.Merge(one))
                && (!one.IsActiveAt(Noon) || merged.IsActiveAt(Noon))
                && (!other.IsActiveAt(Noon) || merged.IsActiveAt(Noon) || one.LiftedAt > (other.RenewedAt ?? other.Since));
        }));

    private static Gen<SuppressionEntry> Entries =>
        from since in Instants
        from renewed in Instants
        from until in Gen.Elements<int?>(null, null, -1, 1, 2)
        from lifted in Gen.Frequency((2, Gen.Constant<DateTimeOffset?>(null)), (1, Instants.Select(at => (DateTimeOffset?)at)))
        select new SuppressionEntry
        {
            Hash = Hash, Kind = SuppressionKind.Legal, Since = since, RenewedAt = renewed > since ? renewed : null, Until = until is { } hours ? Noon.AddHours(hours) : null, LiftedAt = lifted, Origin = "a",
        };

    private static (IReadOnlyList<SuppressionEntry> List, List<List<LedgerEvent>> Streams) Run((int Point, LedgerEvent? Event, int Mistake)[] reports)
    {
        var intake = new LedgerIntake(Catalog, new ManualTime(Noon));
        var streams = Enumerable.Range(0, Points).Select(_ => new List<LedgerEvent>()).ToList();
        var list = new Dictionary<(SuppressionKind, SuppressionScope), SuppressionEntry>();
        foreach (var (point, ledgerEvent, mistake) in reports)
        {
            var stream = streams[point];
            if (ledgerEvent is null && stream.Count == 0)
            {
                continue;
            }

            intake.Accept(
                stream,
                [ledgerEvent ?? new CorrectionEvent { Corrects = stream[mistake % stream.Count].EventId, Reason = "mistake", OccurredAt = Noon, Origin = "a" }],
                isAccount: false,
                out var accepted);
            foreach (var entry in SuppressionChanges.Find([.. list.Values], Hash, accepted, streams))
            {
                list[(entry.Kind, entry.Scope)] = entry;
            }
        }

        return ([.. list.Values], streams);
    }

    private static bool IsTakenBackBy(SuppressionKind kind, SuppressionScope scope, LedgerEvent item) =>
        (item is SuppressionEvent { IsLifted: true } lifting && lifting.Kind == kind && lifting.Scope == scope)
        || (item is ObjectionEvent { IsWithdrawn: true } back && kind == SuppressionKind.Objection && SuppressionScope.Of(back.Purpose) == scope);

    /// <summary>From the last correction to the first: one that was itself corrected corrects nothing.</summary>
    private static HashSet<Guid> Corrected(List<LedgerEvent> all)
    {
        var corrected = new HashSet<Guid>();
        foreach (var correction in all.OfType<CorrectionEvent>().Reverse().OrderByDescending(item => item.RecordedAt).Where(item => !corrected.Contains(item.EventId)))
        {
            corrected.Add(correction.Corrects);
        }

        return corrected;
    }

    private static string Show(IEnumerable<SuppressionEntry> list) => string.Join('\n', list.Select(entry => $"{entry.Kind} {entry.Scope} {entry.Since:O} {entry.RenewedAt:O} {entry.Until:O} {entry.LiftedAt:O}").Order());
}
