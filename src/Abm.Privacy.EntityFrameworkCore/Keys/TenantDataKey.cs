using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.EntityFrameworkCore.Keys;

/// <summary>A data key with its tenant: one save may store keys of several.</summary>
internal readonly record struct TenantDataKey(TenantId Tenant, StoredDataKey Key);
