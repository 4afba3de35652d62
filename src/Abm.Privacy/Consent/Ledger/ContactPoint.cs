using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>A registered contact point: whose it is and by what channel it is reached. Where it is, its address, stands elsewhere.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Id">The random id.</param>
/// <param name="Subject">The person; selects the key of what is stored encrypted, and what is erased with the person.</param>
/// <param name="Channel">The channel.</param>
/// <param name="SubjectKind">Who stands behind it.</param>
/// <param name="RegisteredAt">When it was registered, in UTC, whole milliseconds.</param>
public sealed record ContactPoint(TenantId Tenant, ContactPointId Id, SubjectId Subject, Channel Channel, SubjectKind SubjectKind, DateTimeOffset RegisteredAt);
