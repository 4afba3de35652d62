using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Encryption;

/// <summary>
/// Encrypts single fields, each bound to its context and under its subject's own key. The span operations are
/// synchronous, allocate nothing and never touch a store; they work on a lease that a <see cref="KeyRing"/> opened.
/// Implementations are safe for concurrent use.
/// </summary>
public interface IFieldEncryptor
{
    /// <summary>The size of an envelope.</summary>
    /// <param name="plaintextLength">The size of the plaintext in bytes, from 0 to 64 MiB.</param>
    /// <param name="padding">How the plaintext's length is hidden. The default is <see cref="Padding.None"/>.</param>
    /// <returns>The size in bytes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The plaintext is larger than 64 MiB.</exception>
    int GetEnvelopeLength(int plaintextLength, Padding padding = default);

    /// <summary>The size of the plaintext in an envelope.</summary>
    /// <param name="envelope">The envelope.</param>
    /// <returns>The size in bytes; of a padded plaintext the size with its padding, and <see cref="Decrypt"/> returns the true one.</returns>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.FormatUnknown"/>: not an envelope of this kind.</exception>
    int GetPlaintextLength(ReadOnlySpan<byte> envelope);

    /// <summary>Encrypts a value.</summary>
    /// <param name="lease">A lease that holds the subject's key.</param>
    /// <param name="subject">The person whose value it is: selects the key.</param>
    /// <param name="context">Where the value will stand.</param>
    /// <param name="plaintext">The value; may be empty.</param>
    /// <param name="destination">At least <see cref="GetEnvelopeLength"/> bytes, not overlapping the plaintext.</param>
    /// <param name="padding">How the plaintext's length is hidden. The default is <see cref="Padding.None"/>.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="ArgumentException">The destination is too small or overlaps the plaintext.</exception>
    /// <exception cref="InvalidOperationException">The subject is not part of the lease.</exception>
    /// <exception cref="PrivacyException">
    /// <see cref="PrivacyErrorCode.SubjectErased"/>, or <see cref="PrivacyErrorCode.KeyUnavailable"/> if the context's tenant is not the lease's.
    /// </exception>
    int Encrypt(KeyLease lease, SubjectId subject, FieldContext context, ReadOnlySpan<byte> plaintext, Span<byte> destination, Padding padding = default);

    /// <summary>Decrypts a value.</summary>
    /// <param name="lease">A lease that holds the key that the envelope names.</param>
    /// <param name="context">Where the value stands; must be the context that it was encrypted for.</param>
    /// <param name="envelope">The envelope.</param>
    /// <param name="destination">At least <see cref="GetPlaintextLength"/> bytes, not overlapping the envelope.</param>
    /// <returns>The size of the plaintext in bytes.</returns>
    /// <exception cref="ArgumentException">The destination is too small or overlaps the envelope.</exception>
    /// <exception cref="PrivacyException">
    /// <see cref="PrivacyErrorCode.DecryptionFailed"/> for tampering or another context, <see cref="PrivacyErrorCode.KeyUnavailable"/>,
    /// <see cref="PrivacyErrorCode.SubjectErased"/>, <see cref="PrivacyErrorCode.FormatUnknown"/>. The destination holds no plaintext then.
    /// </exception>
    int Decrypt(KeyLease lease, FieldContext context, ReadOnlySpan<byte> envelope, Span<byte> destination);

    /// <summary>Encrypts a single value, with a lease of its own.</summary>
    /// <param name="subject">The person whose value it is; gets a key if there is none.</param>
    /// <param name="context">Where the value will stand.</param>
    /// <param name="plaintext">The value; may be empty.</param>
    /// <param name="padding">How the plaintext's length is hidden. The default is <see cref="Padding.None"/>.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The envelope.</returns>
    /// <exception cref="PrivacyException">As for the span form, or a key store is unavailable.</exception>
    ValueTask<byte[]> EncryptAsync(
        SubjectId subject, FieldContext context, ReadOnlyMemory<byte> plaintext, Padding padding = default, CancellationToken cancellationToken = default);

    /// <summary>Decrypts a single value, with a lease of its own.</summary>
    /// <param name="subject">The person whose value it is.</param>
    /// <param name="context">Where the value stands.</param>
    /// <param name="envelope">The envelope.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The value.</returns>
    /// <exception cref="PrivacyException">As for the span form, or a key store is unavailable.</exception>
    ValueTask<byte[]> DecryptAsync(
        SubjectId subject, FieldContext context, ReadOnlyMemory<byte> envelope, CancellationToken cancellationToken = default);
}
