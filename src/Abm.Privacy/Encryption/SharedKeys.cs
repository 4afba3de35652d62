using Abm.Privacy.Keys;

namespace Abm.Privacy.Encryption;

/// <summary>The tenant's shared data keys in a lease. Call it between the lease's use and release.</summary>
internal static class SharedKeys
{
    public static readonly DataKeyOwner Owner = DataKeyOwner.ForTenant(KeyUsage.Shared);

    public static DataKey Active(KeyLease lease) => AreIn(lease)
        ? lease.GetActive(Owner)
        : throw new InvalidOperationException("The lease does not hold the tenant's shared key. Open it with IDeterministicEncryptor.OpenAsync, or name DataKeyOwner.ForTenant(KeyUsage.Shared) among its owners.");

    /// <summary>Every version that a stored value may be under: the active one first, then the others, newest first.</summary>
    public static IEnumerable<DataKey> Live(KeyLease lease)
    {
        var active = Active(lease);
        return [active, .. lease.Find(Owner)!.Keys.Where(key => key.Id != active.Id).OrderByDescending(key => key.Version)];
    }

    private static bool AreIn(KeyLease lease) => lease.Find(Owner) is not null;
}
