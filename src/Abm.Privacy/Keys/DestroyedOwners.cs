using System.Collections.Concurrent;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>Whose keys this process has destroyed: a lease that was opened before asks here, so that it forgets them too.</summary>
internal sealed class DestroyedOwners
{
    private readonly ConcurrentDictionary<(TenantId Tenant, DataKeyOwner Owner), bool> _owners = new();
    private int _count;

    /// <summary>Grows with every destruction.</summary>
    public int Count => Volatile.Read(ref _count);

    public bool Contains(TenantId tenant, DataKeyOwner owner) => _owners.ContainsKey((tenant, owner));

    public void Add(TenantId tenant, DataKeyOwner owner)
    {
        _owners[(tenant, owner)] = true;
        Interlocked.Increment(ref _count);
    }
}
