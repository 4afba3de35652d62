using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>The facts of one contact point and purpose, with what they rest on.</summary>
public sealed class ProjectedFacts
{
    internal ProjectedFacts(ConsentFacts facts, AccountId? account, DateTimeOffset? staleAfter, IReadOnlyDictionary<FactGroup, IReadOnlyList<Guid>> evidence) =>
        (Facts, Account, StaleAfter, Evidence) = (facts, account, staleAfter, evidence);

    /// <summary>The facts, without the counts of sent messages, which are no events.</summary>
    public ConsentFacts Facts { get; }

    /// <summary>The account that the contact point belongs to; null for none.</summary>
    public AccountId? Account { get; }

    /// <summary>
    /// The next moment at which a suppression ends by itself, so that a stored row must be computed anew; null for never. Until that is done a
    /// stored row is stricter than the truth, never laxer, because time alone only ever ends suppressions.
    /// </summary>
    public DateTimeOffset? StaleAfter { get; }

    /// <summary>
    /// What the suppressions of single campaigns set beyond that, in the order of the names: for rows that are asked about a campaign later. Those of the campaign that was
    /// asked for are in <see cref="Facts"/> and here; none are in <see cref="StaleAfter"/> but its own.
    /// </summary>
    public IReadOnlyList<CampaignSuppression> Campaigns { get; internal init; } = [];

    /// <summary>The ids of the events that decided the facts of a group; groups without events are missing.</summary>
    public IReadOnlyDictionary<FactGroup, IReadOnlyList<Guid>> Evidence { get; }
}
