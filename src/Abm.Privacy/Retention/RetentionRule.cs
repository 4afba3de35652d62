using Abm.Privacy.Classification;

namespace Abm.Privacy.Retention;

/// <summary>
/// One demand of a law, a contract or a policy on how long data of some classes is kept. A period that ends on a day
/// ends with that day, in the zone of the rule. Rules are made by the methods that are named like their kinds.
/// </summary>
public sealed class RetentionRule
{
    private RetentionRule(string id, string authority, IEnumerable<DataClass> dataClasses, RetentionKind kind)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        ArgumentException.ThrowIfNullOrWhiteSpace(authority);
        ArgumentNullException.ThrowIfNull(dataClasses);
        (Id, Authority, Kind) = (id, authority, kind);
        DataClasses = [.. dataClasses.Distinct().OrderBy(dataClass => dataClass.Name, StringComparer.Ordinal)];
        if (DataClasses.Count == 0 || DataClasses.Any(dataClass => dataClass.IsUnknown))
        {
            throw new ArgumentException("A rule names at least one data class, and never the unknown one.", nameof(dataClasses));
        }
    }

    /// <summary>The rule's name within its schedule.</summary>
    public string Id { get; }

    /// <summary>The mandate: the law, contract or policy that demands it, with its citation.</summary>
    public string Authority { get; }

    /// <summary>
    /// The classes that the mandate covers, each with the classes below it; in ordinal order. A minimum also holds data
    /// of a class above them, because that contains what the mandate covers.
    /// </summary>
    public IReadOnlyList<DataClass> DataClasses { get; }

    /// <summary>Whether it is a minimum, a maximum or both.</summary>
    public RetentionKind Kind { get; }

    /// <summary>The event from which the period runs; null for <see cref="RetentionKind.KeepForever"/>.</summary>
    public RetentionAnchor? Anchor { get; private init; }

    /// <summary>How long; null for <see cref="RetentionKind.KeepForever"/>.</summary>
    public CalendarPeriod? Period { get; private init; }

    /// <summary>The IANA zone in which the last day ends; null to use the record's.</summary>
    public string? Zone => ZoneInfo?.Id;

    /// <summary>What happens when a maximum has ended; null for a rule that is only a minimum.</summary>
    public DisposalAction? Action { get; private init; }

    internal TimeZoneInfo? ZoneInfo { get; private init; }

    internal bool IsMinimum => Kind != RetentionKind.DisposeAfter;

    internal bool IsMaximum => Kind is RetentionKind.DisposeAfter or RetentionKind.KeepThenDispose;

    /// <summary>A minimum.</summary>
    /// <param name="id">The rule's name within its schedule.</param>
    /// <param name="authority">The law, contract or policy, with its citation.</param>
    /// <param name="dataClasses">The classes that it covers; at least one.</param>
    /// <param name="anchor">The event from which the period runs.</param>
    /// <param name="period">How long.</param>
    /// <param name="zone">The IANA zone in which the last day ends; null to use the record's.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">A text is empty, a class unknown, the anchor not set or the zone not known on this machine.</exception>
    public static RetentionRule KeepAtLeast(string id, string authority, IEnumerable<DataClass> dataClasses, RetentionAnchor anchor, CalendarPeriod period, string? zone = null) =>
        Timed(id, authority, dataClasses, RetentionKind.KeepAtLeast, anchor, period, zone, null);

    /// <summary>A maximum.</summary>
    /// <param name="id">The rule's name within its schedule.</param>
    /// <param name="authority">The law, contract or policy, with its citation.</param>
    /// <param name="dataClasses">The classes that it covers; at least one.</param>
    /// <param name="anchor">The event from which the period runs.</param>
    /// <param name="period">How long.</param>
    /// <param name="action">What happens then.</param>
    /// <param name="zone">The IANA zone in which the last day ends; null to use the record's.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">A text is empty, a class unknown, the anchor not set, the period zero or the zone not known on this machine.</exception>
    public static RetentionRule DisposeAfter(string id, string authority, IEnumerable<DataClass> dataClasses, RetentionAnchor anchor, CalendarPeriod period, DisposalAction action, string? zone = null) =>
        Timed(id, authority, dataClasses, RetentionKind.DisposeAfter, anchor, period, zone, action);

    /// <summary>A minimum and a maximum of the same length.</summary>
    /// <param name="id">The rule's name within its schedule.</param>
    /// <param name="authority">The law, contract or policy, with its citation.</param>
    /// <param name="dataClasses">The classes that it covers; at least one.</param>
    /// <param name="anchor">The event from which the period runs.</param>
    /// <param name="period">How long.</param>
    /// <param name="action">What happens then.</param>
    /// <param name="zone">The IANA zone in which the last day ends; null to use the record's.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">A text is empty, a class unknown, the anchor not set, the period zero or the zone not known on this machine.</exception>
    public static RetentionRule KeepThenDispose(string id, string authority, IEnumerable<DataClass> dataClasses, RetentionAnchor anchor, CalendarPeriod period, DisposalAction action, string? zone = null) =>
        Timed(id, authority, dataClasses, RetentionKind.KeepThenDispose, anchor, period, zone, action);

    /// <summary>A minimum without end.</summary>
    /// <param name="id">The rule's name within its schedule.</param>
    /// <param name="authority">The law, contract or policy, with its citation.</param>
    /// <param name="dataClasses">The classes that it covers; at least one.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">A text is empty or a class unknown.</exception>
    public static RetentionRule KeepForever(string id, string authority, IEnumerable<DataClass> dataClasses) =>
        new(id, authority, dataClasses, RetentionKind.KeepForever);

    /// <summary>The rule's name.</summary>
    /// <returns>The id.</returns>
    public override string ToString() => Id;

    internal bool Covers(DataClass dataClass)
    {
        foreach (var covered in DataClasses)
        {
            if (covered.Covers(dataClass))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether data of the class may contain data that the rule covers: an e-mail address is part of a contact.</summary>
    internal bool CoversPartOf(DataClass dataClass)
    {
        foreach (var covered in DataClasses)
        {
            if (dataClass.Covers(covered))
            {
                return true;
            }
        }

        return false;
    }

    private static RetentionRule Timed(
        string id, string authority, IEnumerable<DataClass> dataClasses, RetentionKind kind, RetentionAnchor anchor, CalendarPeriod period, string? zone, DisposalAction? action)
    {
        if (anchor == default)
        {
            throw new ArgumentException("The anchor was never set. Use one such as RetentionAnchor.LastActivity.", nameof(anchor));
        }

        if (action is < DisposalAction.Delete or > DisposalAction.Review)
        {
            throw new ArgumentOutOfRangeException(nameof(action));
        }

        if (action is not null && period == default)
        {
            throw new ArgumentException("A maximum of no time would dispose of data at once. Write at least one day, for example P1D.", nameof(period));
        }

        TimeZoneInfo? zoneInfo = null;
        if (zone is not null && !TimeZones.TryFind(zone, out zoneInfo))
        {
            throw new ArgumentException($"'{zone}' is no time zone of this machine. Write an IANA name such as 'Europe/Berlin', and install the time-zone data.", nameof(zone));
        }

        return new RetentionRule(id, authority, dataClasses, kind) { Anchor = anchor, Period = period, ZoneInfo = zoneInfo, Action = action };
    }
}
