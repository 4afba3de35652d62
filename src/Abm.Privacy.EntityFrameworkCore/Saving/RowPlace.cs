using Abm.Privacy.Identifiers;

namespace Abm.Privacy.EntityFrameworkCore.Saving;

/// <summary>What the values of a row are bound to.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Subject">The person.</param>
/// <param name="Record">The record's canonical text.</param>
/// <param name="IsSubjectsOwn">Whether the row is a new one of the person itself, not one that refers to a person.</param>
internal sealed record RowPlace(TenantId Tenant, SubjectId Subject, string Record, bool IsSubjectsOwn);
