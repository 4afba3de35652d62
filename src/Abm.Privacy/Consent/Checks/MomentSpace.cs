using Abm.Privacy.Consent.Language;

namespace Abm.Privacy.Consent.Checks;

/// <summary>
/// The moments at which a search looks: one that is given, or one that stands for all of them. One stands for all when moving it moves
/// every cut-off alike: there are no fixed dates beside it, and no two periods whose order depends on the month.
/// </summary>
internal sealed record MomentSpace(DateTimeOffset Now, bool IsFixed)
{
    // a usual year; a far one only for periods that would reach back before the earliest instant of a row
    private static readonly DateTimeOffset Usual = new(2026, 3, 3, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Far = new(2600, 3, 3, 0, 0, 0, TimeSpan.Zero);
    private const long UsualReach = 50 * 365;

    /// <summary>For atoms that no moment changes.</summary>
    public static MomentSpace Any { get; } = new(Usual, IsFixed: false);

    /// <summary>The moments for these atoms; null when no single moment stands for all.</summary>
    public static MomentSpace? For(IReadOnlyCollection<Atom> atoms, DateTimeOffset? given)
    {
        if (given is { } moment)
        {
            return new MomentSpace(moment.ToUniversalTime(), IsFixed: true);
        }

        var periods = atoms.OfType<CompareAtom>().Select(atom => atom.Operand).OfType<NowOperand>().Select(operand => operand.Before ?? default).Distinct().ToList();
        var hasDates = atoms.Any(atom => atom is CompareAtom { Fact.Type: FactType.Instant, Operand: LiteralOperand });
        if ((hasDates && periods.Count > 0) || periods.Any(period => periods.Any(other => !HasFixedOrder(period, other))))
        {
            return null;
        }

        return new MomentSpace(periods.Any(period => period.MostDays > UsualReach) ? Far : Usual, IsFixed: false);
    }

    /// <summary>Whether one period is longer than the other from every day of the calendar.</summary>
    private static bool HasFixedOrder(CalendarPeriod one, CalendarPeriod other)
    {
        var (months, days) = Units(one);
        var (otherMonths, otherDays) = Units(other);
        if (months == otherMonths || days == otherDays)
        {
            return true;
        }

        // a month has 30.4369 days on average, and no run of months is four days off
        var (least, most) = (Math.Floor(months * 30.43) - 4 + days, Math.Ceiling(months * 30.45) + 4 + days);
        var (otherLeast, otherMost) = (Math.Floor(otherMonths * 30.43) - 4 + otherDays, Math.Ceiling(otherMonths * 30.45) + 4 + otherDays);
        return most < otherLeast || otherMost < least;
    }

    private static (long Months, long Days) Units(CalendarPeriod period) => ((12L * period.Years) + period.Months, (7L * period.Weeks) + period.Days);
}
