using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>
/// What closing a shred epoch did: every data key that was destroyed before the close began was wrapped by tenant keys that
/// exist in backups of the tenant key store alone, and nowhere once those have expired.
/// </summary>
public sealed class ShredEpochResult
{
    internal ShredEpochResult()
    {
    }

    /// <summary>The tenant whose epoch was closed.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>When the close began. What was destroyed later belongs to the next epoch: it may have been wrapped anew before.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When the old tenant keys were destroyed.</summary>
    public required DateTimeOffset ClosedAt { get; init; }

    /// <summary>
    /// From when on no other process holds an old tenant key or a destroyed data key in its cache: the close plus this ring's
    /// cache lifetime, which all processes are meant to share. Leases that are still open then keep what they hold.
    /// </summary>
    public required DateTimeOffset UnusableEverywhereAt { get; init; }

    /// <summary>The tenant key that wraps every living data key now.</summary>
    public required KeyId ActiveTenantKey { get; init; }

    /// <summary>The tenant keys that are destroyed, those of earlier and interrupted calls included.</summary>
    public required IReadOnlyList<KeyId> DestroyedTenantKeys { get; init; }

    /// <summary>How many data keys this call wrapped anew.</summary>
    public required long Rewrapped { get; init; }
}
