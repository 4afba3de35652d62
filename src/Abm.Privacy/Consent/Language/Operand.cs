namespace Abm.Privacy.Consent.Language;

/// <summary>The right-hand side of a comparison.</summary>
internal abstract record Operand;

internal sealed record LiteralOperand(FactValue Value) : Operand;

/// <summary>The moment of the decision, or a calendar period before it.</summary>
internal sealed record NowOperand(CalendarPeriod? Before) : Operand
{
    /// <summary>The moment in Unix milliseconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The period before it begins before the year 1.</exception>
    public long MomentAt(DateTimeOffset now) => (Before?.SubtractFrom(now) ?? now).ToUnixTimeMilliseconds();
}

internal sealed record FactOperand(FactDefinition Fact) : Operand;
