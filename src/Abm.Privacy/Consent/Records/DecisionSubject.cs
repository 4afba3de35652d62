using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Consent.Records;

/// <summary>Whom and what a <see cref="DecisionRecord"/> is about: what a store keeps in columns beside the record's bytes. The record's digest is bound to it.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="ContactPoint">The contact point.</param>
/// <param name="Purpose">The purpose that was asked for.</param>
/// <param name="Channel">The channel that was asked for.</param>
public sealed record DecisionSubject(TenantId Tenant, ContactPointId ContactPoint, Purpose Purpose, Channel Channel)
{
    /// <summary>The campaign whose own suppressions counted, as <see cref="CampaignNames"/> has it; null, the default, for none.</summary>
    /// <exception cref="ArgumentException">The text is no name of a campaign.</exception>
    public string? Campaign { get; init => field = CampaignNames.Optional(value, nameof(Campaign)); }

    /// <summary>What was asked for.</summary>
    /// <returns>Purpose and channel.</returns>
    public override string ToString() => $"{Purpose} by {Channel}";
}
