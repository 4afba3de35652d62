using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Consent;

/// <summary>Where the facts of a decision came from, if it was a ledger.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="ContactPoint">The contact point.</param>
/// <param name="KnownAt">What the ledger had recorded by then counts.</param>
/// <param name="Campaign">The campaign whose own suppressions counted; null for none.</param>
/// <param name="Evidence">The events that the facts rest on.</param>
internal sealed record DecisionOrigin(
    TenantId Tenant, ContactPointId ContactPoint, DateTimeOffset KnownAt, string? Campaign, IReadOnlyDictionary<FactGroup, IReadOnlyList<Guid>> Evidence);
