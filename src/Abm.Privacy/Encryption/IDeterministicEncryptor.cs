using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Encryption;

/// <summary>
/// Encrypts values so that equal values of one field of one tenant have equal envelopes: a database can find and join them,
/// and so can everyone who reads the column. Prefer <see cref="IFieldEncryptor"/> unless exactly that is needed. The keys are the
/// tenant's, not a subject's: shredding a subject does not erase these values, they must be deleted. Implementations are safe
/// for concurrent use.
/// </summary>
public interface IDeterministicEncryptor
{
    /// <summary>Leases the tenant's shared keys; a tenant without one gets one.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The lease, to be disposed by the caller.</returns>
    /// <exception cref="PrivacyException">The root key or a key store is unavailable or damaged.</exception>
    ValueTask<KeyLease> OpenAsync(TenantId tenant, CancellationToken cancellationToken = default);

    /// <summary>The size of a value's envelope: 35 bytes more than the value.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="field">Where the value will stand.</param>
    /// <param name="value">The value, not empty, at most 64 MiB.</param>
    /// <returns>The size in bytes.</returns>
    /// <exception cref="ArgumentException">The value is empty, too large or not valid Unicode.</exception>
    int GetEnvelopeLength<T>(DeterministicField<T> field, T value)
        where T : notnull;

    /// <summary>Encrypts a value under the active key, without allocating.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="lease">A lease that holds the tenant's shared keys.</param>
    /// <param name="field">Where the value will stand.</param>
    /// <param name="value">The value, not empty, at most 64 MiB.</param>
    /// <param name="destination">At least <see cref="GetEnvelopeLength"/> bytes.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="ArgumentException">The value is empty, too large or not valid Unicode, or the destination is too small.</exception>
    /// <exception cref="InvalidOperationException">The shared keys are not part of the lease.</exception>
    int Encrypt<T>(KeyLease lease, DeterministicField<T> field, T value, Span<byte> destination)
        where T : notnull;

    /// <summary>Decrypts a value.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="lease">A lease that holds the key that the envelope names.</param>
    /// <param name="field">Where the value stands; must be the field that it was encrypted for.</param>
    /// <param name="envelope">The envelope.</param>
    /// <returns>The value.</returns>
    /// <exception cref="PrivacyException">
    /// <see cref="PrivacyErrorCode.DecryptionFailed"/> for tampering or another field, <see cref="PrivacyErrorCode.KeyUnavailable"/> for
    /// another tenant, <see cref="PrivacyErrorCode.FormatUnknown"/> for what is no such envelope or a value of another type.
    /// </exception>
    T Decrypt<T>(KeyLease lease, DeterministicField<T> field, ReadOnlySpan<byte> envelope)
        where T : notnull;

    /// <summary>
    /// Every envelope that the value may be stored as: under the active key first, then under every older one that still
    /// decrypts, newest first. Query with <c>IN (...)</c> and nothing is missed while keys rotate.
    /// </summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="lease">A lease that holds the tenant's shared keys.</param>
    /// <param name="field">Where the value stands.</param>
    /// <param name="value">The value, not empty, at most 64 MiB.</param>
    /// <returns>One envelope for each live key version.</returns>
    /// <exception cref="ArgumentException">The value is empty, too large or not valid Unicode.</exception>
    /// <exception cref="InvalidOperationException">The shared keys are not part of the lease.</exception>
    IReadOnlyList<byte[]> TokensFor<T>(KeyLease lease, DeterministicField<T> field, T value)
        where T : notnull;
}
