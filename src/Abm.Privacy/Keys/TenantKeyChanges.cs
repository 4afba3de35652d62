using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>Rotates a tenant's key, and wraps tenant keys anew under the current root key.</summary>
internal sealed class TenantKeyChanges(KeyRing ring)
{
    private readonly KeyStores _stores = ring.Stores;

    /// <summary>A new key becomes active and the active one decrypts only, in one change.</summary>
    public async ValueTask<KeyId> RotateAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        using var key = SecretKey.Generate();
        byte[]? wrapped = null;
        while (true)
        {
            var stored = await _stores.TenantKeys.FindAsync(tenant, cancellationToken).ConfigureAwait(false);
            if (!stored.Any(version => version.State == KeyState.Active))
            {
                throw new PrivacyException(
                    PrivacyErrorCode.KeyUnavailable,
                    "The tenant has no active key to replace. Its first encryption makes one; if it had one, restore the tenant key store.");
            }

            wrapped ??= await _stores.Root.WrapAsync(tenant, key, cancellationToken).ConfigureAwait(false);
            var next = new StoredTenantKey(
                tenant, stored.Max(version => version.Version) + 1, key.Id, KeyState.Active, _stores.Time.GetUtcNow(), wrapped)
            {
                MessagesReserved = MessageBudget.FirstBlock,
            };
            var retired = stored.Where(version => version.State == KeyState.Active)
                .Select(version => new TenantKeyChange(version, version with { State = KeyState.DecryptOnly }));
            var changed = await _stores.TenantKeys.TryChangeAsync(tenant, [.. retired, new TenantKeyChange(null, next)], cancellationToken).ConfigureAwait(false);
            ring.TenantKeys.Evict(tenant);
            if (changed)
            {
                ring.Messages.GrantFirst(next);
                return key.Id;
            }
        }
    }

    /// <summary>Wraps the tenant keys that another root key than the current one wraps, tenant by tenant.</summary>
    public async ValueTask<KeyRewrapProgress> RewrapAsync(
        KeyRewrapOptions options, TenantId? after, IProgress<KeyRewrapProgress>? progress, CancellationToken cancellationToken)
    {
        var done = new KeyRewrapProgress(0, 0, after);
        while (await _stores.TenantKeys.ListTenantsAsync(done.LastTenant, options.PageSize, cancellationToken).ConfigureAwait(false) is { Count: > 0 } page)
        {
            foreach (var tenant in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var selected = await RewrapAsync(tenant, options.DryRun, cancellationToken).ConfigureAwait(false);
                done = new KeyRewrapProgress(done.Selected + selected, done.Rewrapped + (options.DryRun ? 0 : selected), tenant);
            }

            progress?.Report(done);
            if (options.Pause > TimeSpan.Zero)
            {
                await Task.Delay(options.Pause, _stores.Time, cancellationToken).ConfigureAwait(false);
            }
        }

        return done;
    }

    private async ValueTask<int> RewrapAsync(TenantId tenant, bool dryRun, CancellationToken cancellationToken)
    {
        while (true)
        {
            var changes = new List<TenantKeyChange>();
            foreach (var key in await _stores.TenantKeys.FindAsync(tenant, cancellationToken).ConfigureAwait(false))
            {
                if (key.State != KeyState.Destroyed && !await _stores.Root.IsWrapperOfAsync(key.Wrapped, cancellationToken).ConfigureAwait(false))
                {
                    changes.Add(new TenantKeyChange(key, dryRun ? key : await WrapAnewAsync(key, cancellationToken).ConfigureAwait(false)));
                }
            }

            if (dryRun || changes.Count == 0 || await _stores.TenantKeys.TryChangeAsync(tenant, changes, cancellationToken).ConfigureAwait(false))
            {
                return changes.Count;
            }
        }
    }

    private async ValueTask<StoredTenantKey> WrapAnewAsync(StoredTenantKey key, CancellationToken cancellationToken)
    {
        using var unwrapped = await _stores.Root.UnwrapAsync(key.Tenant, key.KeyId, key.Wrapped, cancellationToken).ConfigureAwait(false);
        if (unwrapped.Id != key.KeyId)
        {
            throw TenantKeyRing.OtherKeyReturned();
        }

        return key with { Wrapped = await _stores.Root.WrapAsync(key.Tenant, unwrapped, cancellationToken).ConfigureAwait(false) };
    }
}
