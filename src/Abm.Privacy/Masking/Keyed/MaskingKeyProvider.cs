using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Masking.Keyed;

/// <summary>Opens the masking keys of tenants, derived from a root that serves tokens and keyed masks alone. Safe for concurrent use.</summary>
public sealed class MaskingKeyProvider
{
    private static readonly DataKeyOwner Owner = DataKeyOwner.ForTenant(KeyUsage.Token);

    private readonly KeyRing _keys;

    /// <summary>Creates a provider.</summary>
    /// <param name="keys">Holds the token roots.</param>
    public MaskingKeyProvider(KeyRing keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        _keys = keys;
    }

    /// <summary>Opens a tenant's key; its root is made on first use.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="domain">1 to 128 bytes of UTF-8; see <see cref="MaskingKey.Domain"/>.</param>
    /// <param name="version">
    /// An earlier version of the root, so that what is masked after a rotation still joins with what was masked before; null for
    /// the one in use now.
    /// </param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The key, to be disposed by the caller.</returns>
    /// <exception cref="ArgumentException">The domain is not valid, or the version is below 1.</exception>
    /// <exception cref="PrivacyException">
    /// <see cref="PrivacyErrorCode.KeyUnavailable"/>: there is no such version, or it is disabled or destroyed. Or the root key or a
    /// key store is unavailable or damaged.
    /// </exception>
    public async ValueTask<MaskingKey> OpenAsync(
        TenantId tenant, string domain = MaskingKey.DefaultDomain, int? version = null, CancellationToken cancellationToken = default)
    {
        OpaqueId.ThrowIfInvalid(domain, nameof(domain));
        if (version is { } wanted)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(wanted, 1, nameof(version));
        }

        var lease = await _keys.OpenOwnersAsync(tenant, [Owner], create: version is null, cancellationToken).ConfigureAwait(false);
        try
        {
            return MaskingKey.FromRoot(lease, version is { } number ? Find(lease, number) : lease.GetActive(Owner), domain);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    private static DataKey Find(KeyLease lease, int version)
    {
        foreach (var key in lease.Find(Owner)?.Keys ?? [])
        {
            if (key.Version == version)
            {
                return lease.Get(key.Id);
            }
        }

        throw new PrivacyException(
            PrivacyErrorCode.KeyUnavailable,
            $"Version {version} of the tenant's token key is not there. Open the version in use, or restore the key store's backup that holds this one.");
    }
}
