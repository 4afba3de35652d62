using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>
/// Wraps a tenant's data keys anew under its active tenant key, page by page. What is left to do is a query, so it resumes by
/// running again; no data is touched.
/// </summary>
internal sealed class DataKeyRewrap(KeyRing ring)
{
    private const int Attempts = 5;

    private readonly KeyStores _stores = ring.Stores;

    /// <summary>Runs until nothing is left.</summary>
    /// <returns>How far it came, and the tenant key that wraps every data key that it saw.</returns>
    public async ValueTask<(KeyRewrapProgress Progress, KeyId TenantKey)> RunAsync(
        TenantId tenant, KeyRewrapOptions options, IProgress<KeyRewrapProgress>? progress, CancellationToken cancellationToken)
    {
        KeyRewrapProgress? done = null;
        var (pageSize, unknown) = (options.PageSize, 0);
        ring.TenantKeys.Evict(tenant); // the active key of a minute ago may be retired
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var tenantKeys = await ring.TenantKeys.HoldAsync(tenant, create: false, cancellationToken).ConfigureAwait(false);
            try
            {
                var active = tenantKeys.Value.Active.Id;
                done ??= new KeyRewrapProgress(await _stores.DataKeys.CountNotWrappedByAsync(tenant, active, cancellationToken).ConfigureAwait(false), 0);
                var page = options.DryRun ? [] : await _stores.DataKeys.FindNotWrappedByAsync(tenant, active, pageSize, cancellationToken).ConfigureAwait(false);
                if (page.Count == 0)
                {
                    progress?.Report(done);
                    return (done, active);
                }

                if (page.Any(key => tenantKeys.Value.Find(key.WrappedBy!.Value) is null))
                {
                    // another process rotated since; a wrapper that no reading of the store brings is lost
                    ring.TenantKeys.Evict(tenant);
                    unknown = unknown < Attempts ? unknown + 1 : throw TenantKeyRing.WrapperMissing();
                    continue;
                }

                unknown = 0;
                if (await TryRewrapAsync(tenant, page, tenantKeys.Value, cancellationToken).ConfigureAwait(false))
                {
                    done = done with { Rewrapped = done.Rewrapped + page.Count };
                    pageSize = Math.Min(2 * pageSize, options.PageSize);
                    progress?.Report(done);
                }
                else
                {
                    pageSize = Math.Max(pageSize / 2, 1); // a race was lost: fewer keys, fewer losses
                }
            }
            catch (PrivacyException error) when (error.Code == PrivacyErrorCode.TenantKeyRetired)
            {
                ring.TenantKeys.Evict(tenant); // retired while the page was wrapped: there is a newer one
            }
            finally
            {
                tenantKeys.Release();
            }

            if (options.Pause > TimeSpan.Zero)
            {
                await Task.Delay(options.Pause, _stores.Time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask<bool> TryRewrapAsync(
        TenantId tenant, IReadOnlyList<StoredDataKey> page, TenantKeySet tenantKeys, CancellationToken cancellationToken)
    {
        await ring.Messages.CountWrappingsAsync(tenantKeys.ActiveStored, page.Count, cancellationToken).ConfigureAwait(false);
        var changes = new DataKeyChange[page.Count];
        for (var i = 0; i < changes.Length; i++)
        {
            var key = page[i];
            var wrapper = tenantKeys.Find(key.WrappedBy!.Value)!;
            changes[i] = new DataKeyChange(key, key with
            {
                Wrapped = KeyWrap.RewrapDataKey(wrapper, tenantKeys.Active, tenant, key.Owner, key.KeyId, key.Wrapped.Span),
            });
        }

        return await _stores.DataKeys.TryChangeAsync(tenant, changes, cancellationToken).ConfigureAwait(false);
    }
}
