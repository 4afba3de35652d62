namespace Abm.Privacy.Consent.Checks;

/// <summary>How a search is run.</summary>
/// <param name="At">The one moment to look at; null: every moment.</param>
/// <param name="CountsAreNatural">Whether ages, counts and caps below zero are left out, which no row should hold.</param>
/// <param name="MayReadEveryZone">Whether every time zone of the system may be read, which takes its time.</param>
/// <param name="MaxSteps">How much work is done before the search gives up.</param>
internal sealed record SearchSettings(DateTimeOffset? At, bool CountsAreNatural, bool MayReadEveryZone, int MaxSteps)
{
    public bool IsFixed => At is not null;

    /// <summary>What searches with these settings have in common.</summary>
    public ClusterCache Clusters { get; } = new();
}
