using Abm.Privacy.Identifiers;

namespace Abm.Privacy.EntityFrameworkCore.Revealing;

/// <summary>What is revealed of one kind of record of one tenant by one call. It holds no personal data if the reason holds none.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Scope">The protection scope.</param>
/// <param name="Entity">The frozen name of the kind of record.</param>
/// <param name="Fields">The frozen names of the fields, sorted.</param>
/// <param name="Values">How many values.</param>
/// <param name="Subjects">How many persons.</param>
/// <param name="Reason">Why, in the caller's words.</param>
public sealed record RevealAudit(
    TenantId Tenant, string Scope, string Entity, IReadOnlyList<string> Fields, int Values, int Subjects, string Reason);
