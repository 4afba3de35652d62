using Abm.Privacy.Classification;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Retention;
using FsCheck;
using FsCheck.Fluent;

namespace Abm.Privacy.Tests.Retention;

/// <summary>Random schedules, records and holds, small enough that rules meet and dates coincide.</summary>
internal static class RetentionCases
{
    private static readonly DataClass[] Classes = [new("contact"), new("contact.email"), new("contact.email.work"), new("person"), new("person.name")];
    private static readonly RetentionAnchor[] Anchors = [RetentionAnchor.RecordCreated, RetentionAnchor.LastActivity, RetentionAnchor.Custom("event-attended")];
    private static readonly CalendarPeriod[] Periods = [.. new[] { "P3D", "P1D", "P2W", "P1M", "P6M", "P1Y", "P24M", "P6Y", "P1Y1M" }.Select(CalendarPeriod.Parse)];
    private static readonly string?[] Zones = [null, "UTC", "Europe/Berlin", "America/Sao_Paulo", "Pacific/Auckland"];
    private static readonly string[] Ids = ["a", "b", "c"];

    public static Gen<RetentionRule> Minimum { get; } = Rule(RetentionKind.KeepAtLeast, RetentionKind.KeepAtLeast, RetentionKind.KeepForever);

    public static Gen<RetentionRule> Maximum { get; } = Rule(RetentionKind.DisposeAfter);

    public static Gen<RetentionRule> AnyRule { get; } =
        Rule(RetentionKind.KeepAtLeast, RetentionKind.DisposeAfter, RetentionKind.DisposeAfter, RetentionKind.KeepThenDispose, RetentionKind.KeepAtLeast, RetentionKind.DisposeAfter, RetentionKind.KeepForever);

    public static Gen<DateTimeOffset> Instant { get; } = from hours in Gen.Choose(0, 12 * 365 * 24) select new DateTimeOffset(2014, 1, 1, 0, 0, 0, TimeSpan.Zero).AddHours(hours);

    public static Gen<LegalHold> Hold { get; } =
        from id in Gen.Choose(0, 9)
        from placed in Instant
        from released in Gen.OneOf(Gen.Constant(-1), Gen.Choose(0, 5000))
        from classes in Gen.SubListOf(Classes)
        from subjects in Gen.SubListOf(Ids)
        from records in Gen.SubListOf(Ids)
        let hold = new LegalHold($"hold-{id}", "matter", placed)
        {
            DataClasses = [.. classes],
            Subjects = [.. subjects.Select(text => new SubjectId(text))],
            RecordIds = [.. records],
        }
        select released < 0 ? hold : hold.Release(placed.AddDays(released));

    public static Gen<RetentionRecord> Record { get; } =
        from dataClass in Gen.OneOf(Gen.Elements(Classes), Gen.Elements(Classes), Gen.Elements(Classes), Gen.Constant(DataClass.Unknown))
        from present in Gen.ArrayOf(Gen.Frequency((5, Gen.Constant(true)), (1, Gen.Constant(false))), Anchors.Length)
        from dates in Gen.ArrayOf(Date(), Anchors.Length)
        from zone in Gen.Elements([.. Zones, "Mars/Phobos"])
        from subject in Gen.Elements([null, .. Ids])
        from id in Gen.Elements([null, .. Ids])
        select new RetentionRecord
        {
            DataClass = dataClass,
            Anchors = Enumerable.Range(0, Anchors.Length).Where(i => present[i]).ToDictionary(i => Anchors[i], i => dates[i]),
            Zone = zone,
            Subject = subject is null ? null : new SubjectId(subject),
            RecordId = id,
        };

    public static Gen<RetentionCase> Case { get; } =
        from rules in Gen.Choose(1, 5).SelectMany(count => Gen.ArrayOf(AnyRule, count))
        from record in Record
        from holds in Gen.Choose(0, 2).SelectMany(count => Gen.ArrayOf(Hold, count))
        from at in Instant
        select new RetentionCase(record, rules, holds, at);

    /// <summary>A fixed seed, so that every run sees the same cases.</summary>
    public static Config Config(int cases) => FsCheck.Config.QuickThrowOnFailure.WithMaxTest(cases).WithReplay(20_260_101UL, 4_242_4243UL);

    private static Gen<AnchorDate> Date() =>
        from instant in Instant
        from isDay in Gen.Elements(true, false)
        select isDay ? (AnchorDate)DateOnly.FromDateTime(instant.UtcDateTime) : instant;

    private static Gen<RetentionRule> Rule(params RetentionKind[] kinds) =>
        from kind in Gen.Elements(kinds)
        from classes in Gen.NonEmptyListOf(Gen.Elements(Classes))
        from anchor in Gen.Elements(Anchors)
        from period in Gen.Elements(Periods)
        from zone in Gen.Elements(Zones)
        from action in Gen.Elements(DisposalAction.Delete, DisposalAction.Anonymize, DisposalAction.CryptoShred, DisposalAction.Review)
        from number in Gen.Choose(0, int.MaxValue)
        let id = $"rule-{number}"
        select kind switch
        {
            RetentionKind.KeepAtLeast => RetentionRule.KeepAtLeast(id, "law", classes, anchor, period, zone),
            RetentionKind.DisposeAfter => RetentionRule.DisposeAfter(id, "law", classes, anchor, period, action, zone),
            RetentionKind.KeepThenDispose => RetentionRule.KeepThenDispose(id, "law", classes, anchor, period, action, zone),
            _ => RetentionRule.KeepForever(id, "law", classes),
        };
}

internal sealed record RetentionCase(RetentionRecord Record, IReadOnlyList<RetentionRule> Rules, IReadOnlyList<LegalHold> Holds, DateTimeOffset At)
{
    public RetentionDecision Evaluate() => RetentionEvaluator.Evaluate(Record, new RetentionSchedule("s", "1", Rules), Holds, At);

    public RetentionCase With(RetentionRule rule) => this with { Rules = [.. Rules, rule] };
}
