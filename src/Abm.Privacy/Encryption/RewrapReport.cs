namespace Abm.Privacy.Encryption;

/// <summary>How far a rewrap has come; the last one is its result.</summary>
/// <param name="Records">How many records were read.</param>
/// <param name="Fields">How many fields they have.</param>
/// <param name="Stale">How many of these fields needed a rewrap.</param>
/// <param name="Rewrapped">How many were stored anew; 0 in a dry run.</param>
/// <param name="Conflicts">How many somebody else had changed meanwhile, and so were left alone: run again to look at them.</param>
/// <param name="Erased">How many belong to subjects whose keys were destroyed.</param>
/// <param name="Failed">How many cannot be read; they were left as they are. <see cref="Failures"/> says which.</param>
/// <param name="Cursor">The last record that was looked at; null if there was none.</param>
/// <param name="IsComplete">Whether the end was reached. False after a cancellation and in between.</param>
public sealed record RewrapReport(
    long Records, long Fields, long Stale, long Rewrapped, long Conflicts, long Erased, long Failed, string? Cursor, bool IsComplete)
{
    /// <summary>How many failures a report lists at most: 100.</summary>
    public const int MaxFailures = 100;

    /// <summary>The first of the records that <see cref="Failed"/> counts, at most <see cref="MaxFailures"/>: their keys, and
    /// nothing of their values; of a job, those of this run.</summary>
    /// <value>The default is empty.</value>
    public IReadOnlyList<RewrapFailure> Failures { get; init; } = [];

    internal static RewrapReport Nothing { get; } = new(0, 0, 0, 0, 0, 0, 0, null, IsComplete: false);

    /// <summary>The report with a further page.</summary>
    /// <param name="page">The page alone, as if each of its changes were stored.</param>
    /// <param name="stored">How many of its changes were; somebody else had changed the rest.</param>
    /// <returns>Both together, at the page's cursor.</returns>
    public RewrapReport Add(RewrapReport page, long stored)
    {
        ArgumentNullException.ThrowIfNull(page);
        return new RewrapReport(
            Records + page.Records,
            Fields + page.Fields,
            Stale + page.Stale,
            Rewrapped + stored,
            Conflicts + page.Conflicts + page.Rewrapped - stored,
            Erased + page.Erased,
            Failed + page.Failed,
            page.Cursor,
            page.IsComplete) { Failures = AddFailures(page) };
    }

    /// <summary>The failures of both, as many as a report lists.</summary>
    internal IReadOnlyList<RewrapFailure> AddFailures(RewrapReport page) =>
        page.Failures.Count == 0 ? Failures : [.. Failures.Concat(page.Failures).Take(MaxFailures)];
}
