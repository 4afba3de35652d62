using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Encryption.BlindIndexes;

/// <summary>Leases with index roots of any versions and states, as they stand while a tenant is re-keyed.</summary>
internal static class IndexLeases
{
    public static readonly DataKeyOwner Owner = DataKeyOwner.ForTenant(KeyUsage.Index);

    /// <summary>The root of a version: always the same bytes for one seed.</summary>
    public static SecretKey Root(int seed) => SecretKey.FromBytes([.. Enumerable.Range(0, SecretKey.Size).Select(i => (byte)((seed * 37) + i + 1))]);

    /// <summary>A lease that holds these versions; the version is the root's seed too.</summary>
    public static KeyLease Of(params (int Version, KeyState State)[] versions) => Of(TestKeys.Tenant, Owner, versions);

    public static KeyLease Of(TenantId tenant, DataKeyOwner owner, params (int Version, KeyState State)[] versions)
    {
        var usable = versions.Where(key => key.State is KeyState.Active or KeyState.DecryptOnly)
            .Select(key => new DataKey(Root(key.Version), key.Version, key.State)).ToList();
        var destroyed = versions.Where(key => key.State == KeyState.Destroyed).Select(key => Root(key.Version).Id).ToList();
        var lease = new KeyLease(tenant, new DestroyedKeys(), forEncryption: true);
        lease.Add(new Counted<DataKeySet>(new DataKeySet(owner, usable, destroyed)));
        return lease;
    }
}
