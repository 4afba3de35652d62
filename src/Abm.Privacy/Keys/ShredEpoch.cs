using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>
/// Makes destroyed data keys irrecoverable: what old copies of the data key store still hold of them is wrapped by tenant keys that
/// are destroyed here. Every step may be repeated, and nothing is destroyed before it is proven that nothing needs it.
/// </summary>
internal sealed class ShredEpoch(KeyRing ring, TenantKeyChanges tenantKeys, DataKeyRewrap rewrap)
{
    private readonly KeyStores _stores = ring.Stores;

    public async ValueTask<ShredEpochResult> CloseAsync(
        TenantId tenant, KeyRewrapOptions options, IProgress<KeyRewrapProgress>? progress, CancellationToken cancellationToken)
    {
        var openedAt = _stores.Time.GetUtcNow(); // before the new key stands, so that nothing destroyed earlier is ever wrapped under it

        // always a new one, also after an interrupted close: keys may have been destroyed under the active one since
        await tenantKeys.RotateAsync(tenant, cancellationToken).ConfigureAwait(false);
        var rewrapped = 0L;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var stored = await _stores.TenantKeys.FindAsync(tenant, cancellationToken).ConfigureAwait(false);
            var active = stored.Single(key => key.State == KeyState.Active);
            var old = stored.Where(key => key.Version < active.Version && key.State != KeyState.Destroyed).ToList();
            foreach (var key in old)
            {
                await _stores.DataKeys.FenceAsync(tenant, key.KeyId, cancellationToken).ConfigureAwait(false);
            }

            var (done, tenantKey) = await rewrap.RunAsync(tenant, options, progress, cancellationToken).ConfigureAwait(false);
            rewrapped += done.Rewrapped;
            if (tenantKey != active.KeyId
                || await _stores.DataKeys.CountNotWrappedByAsync(tenant, active.KeyId, cancellationToken).ConfigureAwait(false) > 0)
            {
                continue; // another process rotated meanwhile, so there is more to close
            }

            // the fences stand and no data key is left under the old ones, so none will ever be again
            if (old.Count == 0 || await _stores.TenantKeys.TryChangeAsync(
                tenant, [.. old.Select(key => new TenantKeyChange(key, key.ToTombstone()))], cancellationToken).ConfigureAwait(false))
            {
                ring.TenantKeys.Evict(tenant);
                var closedAt = _stores.Time.GetUtcNow();
                return new ShredEpochResult
                {
                    Tenant = tenant,
                    OpenedAt = openedAt,
                    ClosedAt = closedAt,
                    UnusableEverywhereAt = closedAt + _stores.CacheLifetime,
                    ActiveTenantKey = active.KeyId,
                    DestroyedTenantKeys = [.. stored.Where(key => key.State == KeyState.Destroyed).Concat(old).OrderBy(key => key.Version).Select(key => key.KeyId)],
                    Rewrapped = rewrapped,
                };
            }
        }
    }
}
