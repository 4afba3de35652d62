using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>
/// The root of the key hierarchy: wraps and unwraps tenant keys. Three methods, so that a key-management service or an
/// HSM, whose key never leaves it, fits behind them. Implementations are safe for concurrent use.
/// </summary>
public interface IRootKeyProvider
{
    /// <summary>Wraps a tenant's key.</summary>
    /// <param name="tenant">The tenant, to be bound into the wrapping.</param>
    /// <param name="tenantKey">The key to wrap. It stays the caller's and must not be kept.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The wrapped key, in a format of the provider's own.</returns>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.RootKeyUnavailable"/>.</exception>
    ValueTask<byte[]> WrapAsync(TenantId tenant, SecretKey tenantKey, CancellationToken cancellationToken);

    /// <summary>Unwraps a tenant's key.</summary>
    /// <param name="tenant">The tenant that the key was wrapped for.</param>
    /// <param name="keyId">The id of the wrapped key. The caller checks it again.</param>
    /// <param name="wrapped">What <see cref="WrapAsync"/> returned.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The key, to be disposed by the caller.</returns>
    /// <exception cref="PrivacyException">
    /// <see cref="PrivacyErrorCode.RootKeyUnavailable"/>; <see cref="PrivacyErrorCode.KeyUnavailable"/> if another root key wrapped
    /// it; <see cref="PrivacyErrorCode.DecryptionFailed"/> if the bytes were altered or belong to another tenant.
    /// </exception>
    ValueTask<SecretKey> UnwrapAsync(TenantId tenant, KeyId keyId, ReadOnlyMemory<byte> wrapped, CancellationToken cancellationToken);

    /// <summary>Whether the current root key made a wrapping, by what the bytes themselves say; drives the rewrap of tenant keys.</summary>
    /// <param name="wrapped">What <see cref="WrapAsync"/> returned, of this root key or an earlier one.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>False for a wrapping of any other root key and for bytes of another format.</returns>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.RootKeyUnavailable"/>.</exception>
    ValueTask<bool> IsWrapperOfAsync(ReadOnlyMemory<byte> wrapped, CancellationToken cancellationToken);
}
