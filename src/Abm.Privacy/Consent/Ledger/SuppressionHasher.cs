using System.Security.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>
/// Hashes identifiers for the suppression list, under a key of its own for each tenant, identifier type and normalizer. When the key is rotated
/// (<c>KeyLifecycle.RotateAsync</c> of <see cref="KeyUsage.Suppression"/>), hashes are carried over without the clear text: the new value is the hash of the
/// old one. A new identifier goes through the same chain, so one identifier has one value under a version, however it came to it.
/// Every version must therefore be kept: a destroyed one makes the list unreadable, and registering contact points fails.
/// </summary>
public sealed class SuppressionHasher
{
    private const int MaxStackBytes = 1024;

    private static readonly DataKeyOwner Owner = DataKeyOwner.ForTenant(KeyUsage.Suppression);

    private readonly KeyRing _keys;

    /// <summary>Creates a hasher.</summary>
    /// <param name="keys">Holds the suppression roots.</param>
    public SuppressionHasher(KeyRing keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        _keys = keys;
    }

    /// <summary>Leases the tenant's suppression key, for what is to be hashed under one version; made if there is none.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="keyVersion">
    /// A version that is known to be in use, by which a process notices that the key was rotated elsewhere: if the cached key is older, it is read afresh.
    /// Default: 1.
    /// </param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The lease, to be disposed by the caller. Its version is older than <paramref name="keyVersion"/> only if the key store has none as new.</returns>
    /// <exception cref="PrivacyException">A key store is unavailable.</exception>
    public async ValueTask<KeyLease> OpenAsync(TenantId tenant, int keyVersion = 1, CancellationToken cancellationToken = default)
    {
        var lease = await _keys.OpenOwnersAsync(tenant, [Owner], cancellationToken).ConfigureAwait(false);
        if (keyVersion == 1 || GetKeyVersion(lease) >= keyVersion)
        {
            return lease;
        }

        lease.Dispose();
        _keys.Keys.Evict(tenant, [Owner]);
        return await _keys.OpenOwnersAsync(tenant, [Owner], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The hash of an identifier under the current key version.</summary>
    /// <typeparam name="TIdentifier">The identifier's type.</typeparam>
    /// <param name="tenant">The tenant.</param>
    /// <param name="identifier">The identifier.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The hash.</returns>
    /// <exception cref="PrivacyException">A key store is unavailable, or a version of the key was destroyed.</exception>
    public async ValueTask<SuppressionHash> HashAsync<TIdentifier>(TenantId tenant, TIdentifier identifier, CancellationToken cancellationToken = default)
        where TIdentifier : struct, IIdentifier
    {
        using var lease = await OpenAsync(tenant, cancellationToken: cancellationToken).ConfigureAwait(false);
        return Compute(lease, identifier);
    }

    /// <summary>Carries a hash over to the current key version, and checks its key if it says which one made it.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="hash">A hash of this tenant under this or an earlier version.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The hash under the current version, with its key check.</returns>
    /// <exception cref="PrivacyException">
    /// <see cref="PrivacyErrorCode.SuppressionListInvalid"/>: the hash was made with another key, or with a version that the tenant's key never had; or a key store is
    /// unavailable, or a version of the key was destroyed.
    /// </exception>
    public async ValueTask<SuppressionHash> RekeyAsync(TenantId tenant, SuppressionHash hash, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(hash);
        using var lease = await OpenAsync(tenant, hash.KeyVersion, cancellationToken).ConfigureAwait(false);
        return Rekey(lease, hash);
    }

    /// <summary>The current version of the tenant's suppression key; made if there is none.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The version, from 1.</returns>
    /// <exception cref="PrivacyException">A key store is unavailable.</exception>
    public async ValueTask<int> GetKeyVersionAsync(TenantId tenant, CancellationToken cancellationToken = default)
    {
        using var lease = await OpenAsync(tenant, cancellationToken: cancellationToken).ConfigureAwait(false);
        return GetKeyVersion(lease);
    }

    /// <summary>The version under which a lease of <see cref="OpenAsync"/> hashes.</summary>
    /// <param name="lease">The lease.</param>
    /// <returns>The version, from 1.</returns>
    /// <exception cref="InvalidOperationException">The lease does not hold the suppression key.</exception>
    public static int GetKeyVersion(KeyLease lease)
    {
        ArgumentNullException.ThrowIfNull(lease);
        var use = lease.Use();
        try
        {
            return lease.GetActive(Owner).Version;
        }
        finally
        {
            use.Release();
        }
    }

    /// <summary>The hash of an identifier under the version of a lease.</summary>
    /// <typeparam name="TIdentifier">The identifier's type.</typeparam>
    /// <param name="lease">A lease of <see cref="OpenAsync"/>.</param>
    /// <param name="identifier">The identifier.</param>
    /// <returns>The hash.</returns>
    /// <exception cref="InvalidOperationException">The lease does not hold the suppression key.</exception>
    /// <exception cref="PrivacyException">A version of the key was destroyed.</exception>
    public static SuppressionHash Compute<TIdentifier>(KeyLease lease, TIdentifier identifier)
        where TIdentifier : struct, IIdentifier
    {
        ArgumentNullException.ThrowIfNull(lease);
        var normal = identifier.Value;
        var maxLength = StrictUtf8.Encoding.GetMaxByteCount(normal.Length);
        Span<byte> clear = maxLength <= MaxStackBytes ? stackalloc byte[MaxStackBytes] : new byte[maxLength];
        clear = clear[..StrictUtf8.Encoding.GetBytes(normal, clear)];
        var use = lease.Use();
        try
        {
            return Chain(lease, TIdentifier.IdentifierType, TIdentifier.Normalizer, 1, lease.GetActive(Owner).Version, clear);
        }
        finally
        {
            use.Release();
            CryptographicOperations.ZeroMemory(clear);
        }
    }

    /// <summary>Carries a hash over to the version of a lease, and checks its key if it says which one made it.</summary>
    /// <param name="lease">A lease of <see cref="OpenAsync"/>.</param>
    /// <param name="hash">A hash of the lease's tenant under this or an earlier version.</param>
    /// <returns>The hash under the lease's version, with its key check.</returns>
    /// <exception cref="InvalidOperationException">The lease does not hold the suppression key.</exception>
    /// <exception cref="PrivacyException">As for <see cref="RekeyAsync"/>.</exception>
    public static SuppressionHash Rekey(KeyLease lease, SuppressionHash hash)
    {
        ArgumentNullException.ThrowIfNull(lease);
        ArgumentNullException.ThrowIfNull(hash);
        var use = lease.Use();
        try
        {
            var last = lease.GetActive(Owner).Version;
            if (hash.KeyVersion > last)
            {
                throw new PrivacyException(
                    PrivacyErrorCode.SuppressionListInvalid,
                    $"A suppression hash is of key version {hash.KeyVersion}, and the tenant's newest is {last}. Import the list where it was exported, or with the keys of that place.");
            }

            if (!hash.KeyCheck.IsEmpty && !KeyOf(lease, hash.IdentifierType, hash.Normalizer, hash.KeyVersion).Check.SequenceEqual(hash.KeyCheck))
            {
                throw new PrivacyException(
                    PrivacyErrorCode.SuppressionListInvalid,
                    "A suppression hash was made with another key, so it would match nobody. Import the list into the tenant where it was exported, or with the keys of that place.");
            }

            return Chain(lease, hash.IdentifierType, hash.Normalizer, hash.KeyVersion + 1, last, hash.Value);
        }
        finally
        {
            use.Release();
        }
    }

    private static SuppressionHash Chain(KeyLease lease, string identifierType, string normalizer, int first, int last, ReadOnlySpan<byte> text)
    {
        Span<byte> hash = stackalloc byte[SuppressionHash.Size];
        if (first > last)
        {
            text.CopyTo(hash);
        }

        for (var version = first; version <= last; version++)
        {
            KeyOf(lease, identifierType, normalizer, version).Compute(version == first ? text : hash, hash);
        }

        return new SuppressionHash(identifierType, normalizer, last, hash, KeyOf(lease, identifierType, normalizer, last).Check);
    }

    private static SuppressionKey KeyOf(KeyLease lease, string identifierType, string normalizer, int version)
    {
        var root = lease.Find(Owner)!.Keys.FirstOrDefault(key => key.Version == version) ?? throw new PrivacyException(
            PrivacyErrorCode.KeyUnavailable,
            $"Version {version} of the tenant's suppression key is missing, so nobody can tell who is suppressed. Every version is needed; restore it from the backup of the keys.");
        return SuppressionKey.Of(lease.Get(root.Id), lease.Tenant, identifierType, normalizer);
    }
}
