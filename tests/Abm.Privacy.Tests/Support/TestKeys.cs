using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Tests.Support;

/// <summary>Key rings for tests, with keys in memory unless stores are given.</summary>
internal static class TestKeys
{
    public static readonly TenantId Tenant = new("acme");

    public static readonly SubjectId Jane = new("subject-jane");

    public static readonly SubjectId Omar = new("subject-omar");

    public static KeyRing Ring(
        IDataKeyStore? dataKeys = null,
        ITenantKeyStore? tenantKeys = null,
        IRootKeyProvider? root = null,
        TimeProvider? time = null,
        KeyRingOptions? options = null) => new(
            root ?? new VolatileRootKeyProvider(),
            tenantKeys ?? new InMemoryTenantKeyStore(),
            dataKeys ?? new InMemoryDataKeyStore(),
            options ?? new KeyRingOptions(),
            time ?? TimeProvider.System);
}
