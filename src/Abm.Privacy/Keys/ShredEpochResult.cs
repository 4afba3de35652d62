using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>
/// What closing a shred epoch did: every data key that was destroyed before it was wrapped by tenant keys that exist in backups
/// of the tenant key store alone, and nowhere once those have expired.
/// </summary>
/// <param name="Tenant">The tenant whose epoch was closed.</param>
/// <param name="ClosedAt">When the old tenant keys were destroyed.</param>
/// <param name="UnusableEverywhereAt">
/// From when on no other process holds an old tenant key or a destroyed data key in its cache: the close plus this ring's cache
/// lifetime, which all processes are meant to share. Leases that are still open then keep what they hold.
/// </param>
/// <param name="ActiveTenantKey">The tenant key that wraps every living data key now.</param>
/// <param name="DestroyedTenantKeys">The tenant keys that this call destroyed. Those of an interrupted call are tombstones in the store.</param>
/// <param name="Rewrapped">How many data keys this call wrapped anew.</param>
public sealed record ShredEpochResult(
    TenantId Tenant,
    DateTimeOffset ClosedAt,
    DateTimeOffset UnusableEverywhereAt,
    KeyId ActiveTenantKey,
    IReadOnlyList<KeyId> DestroyedTenantKeys,
    long Rewrapped);
