using Abm.Privacy.Keys;

namespace Abm.Privacy.Encryption.BlindIndexes;

/// <summary>
/// The usable index roots of a lease: the active one first, then those that are kept for searching, newest first. Call it
/// between the lease's use and release.
/// </summary>
internal static class IndexRoots
{
    public static readonly DataKeyOwner Owner = DataKeyOwner.ForTenant(KeyUsage.Index);

    /// <summary>Whether the lease was opened with the tenant's index root.</summary>
    public static bool AreIn(KeyLease lease) => lease.Find(Owner) is not null;

    public static DataKey Active(KeyLease lease)
    {
        ThrowIfAbsent(lease);
        return lease.GetActive(Owner);
    }

    public static DataKey First(KeyLease lease)
    {
        ThrowIfAbsent(lease);
        var keys = lease.Find(Owner)!;
        return (keys.Active ?? NewestBefore(keys, int.MaxValue)) is { } first
            ? lease.Get(first.Id) // asks whether it was destroyed meanwhile
            : lease.GetActive(Owner); // says why there is none
    }

    public static DataKey? Next(KeyLease lease, DataKey previous)
    {
        var next = NewestBefore(lease.Find(Owner)!, previous.State == KeyState.Active ? int.MaxValue : previous.Version);
        return next is null ? null : lease.Get(next.Id);
    }

    private static DataKey? NewestBefore(DataKeySet keys, int version)
    {
        DataKey? newest = null;
        for (var i = 0; i < keys.Keys.Count; i++) // not foreach, which allocates here
        {
            var key = keys.Keys[i];
            if (key.State != KeyState.Active && key.Version < version && key.Version > (newest?.Version ?? 0))
            {
                newest = key;
            }
        }

        return newest;
    }

    private static void ThrowIfAbsent(KeyLease lease)
    {
        if (!AreIn(lease))
        {
            throw new InvalidOperationException("The lease does not hold the tenant's index root. Open it with IBlindIndexer.OpenAsync, or name DataKeyOwner.ForTenant(KeyUsage.Index) among its owners.");
        }
    }
}
