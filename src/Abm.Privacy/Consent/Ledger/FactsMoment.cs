namespace Abm.Privacy.Consent.Ledger;

/// <summary>Which state of the ledger is meant: what it knew at one moment about what had happened by another.</summary>
public readonly record struct FactsMoment
{
    private FactsMoment(DateTimeOffset knownAt, DateTimeOffset validAt, DateTimeOffset at) => (KnownAt, ValidAt, At) = (knownAt, validAt, at);

    /// <summary>Only events count that were recorded by then.</summary>
    public DateTimeOffset KnownAt { get; }

    /// <summary>Only events count that happened by then.</summary>
    public DateTimeOffset ValidAt { get; }

    /// <summary>The moment at which suppressions with an end are looked at.</summary>
    public DateTimeOffset At { get; }

    /// <summary>
    /// Everything that is recorded, looked at now. An event of a clock that is a little ahead counts at once: a withdrawal never waits for the clock.
    /// </summary>
    /// <param name="now">The present.</param>
    /// <returns>The moment.</returns>
    public static FactsMoment Current(DateTimeOffset now) => new(DateTimeOffset.MaxValue, DateTimeOffset.MaxValue, now);

    /// <summary>
    /// The state as it was known at a moment: with the moment of a decision, the facts that it was made on (was it right, given what we knew?).
    /// </summary>
    /// <param name="knownAt">The moment.</param>
    /// <returns>The moment.</returns>
    public static FactsMoment AsKnownAt(DateTimeOffset knownAt) => new(knownAt, DateTimeOffset.MaxValue, knownAt);

    /// <summary>The state as it truly was at a moment, by what is known at another (was it right, given what was true?).</summary>
    /// <param name="validAt">What had happened by then.</param>
    /// <param name="knownAt">What was recorded by then; usually the present.</param>
    /// <returns>The moment.</returns>
    public static FactsMoment AsTrueAt(DateTimeOffset validAt, DateTimeOffset knownAt) => new(knownAt, validAt, validAt);

    /// <summary>The same knowledge, with suppressions looked at from another moment.</summary>
    internal FactsMoment LookedAtFrom(DateTimeOffset at) => new(KnownAt, ValidAt, at);
}
