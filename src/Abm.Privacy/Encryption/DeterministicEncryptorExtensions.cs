using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Encryption;

/// <summary>The forms of deterministic encryption that allocate their result or open a lease of their own.</summary>
public static class DeterministicEncryptorExtensions
{
    /// <summary>Encrypts a value.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="encryptor">The encryptor.</param>
    /// <param name="lease">A lease that holds the tenant's shared keys.</param>
    /// <param name="field">Where the value will stand.</param>
    /// <param name="value">The value, not empty.</param>
    /// <returns>The envelope.</returns>
    /// <exception cref="ArgumentException">The value is empty, too large or not valid Unicode.</exception>
    /// <exception cref="InvalidOperationException">The shared keys are not part of the lease.</exception>
    public static byte[] Encrypt<T>(this IDeterministicEncryptor encryptor, KeyLease lease, DeterministicField<T> field, T value)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(encryptor);
        var envelope = new byte[encryptor.GetEnvelopeLength(field, value)];
        encryptor.Encrypt(lease, field, value, envelope);
        return envelope;
    }

    /// <summary>Encrypts a single value, with a lease of its own.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="encryptor">The encryptor.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="field">Where the value will stand.</param>
    /// <param name="value">The value, not empty.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The envelope.</returns>
    /// <exception cref="ArgumentException">The value is empty, too large or not valid Unicode.</exception>
    /// <exception cref="PrivacyException">The root key or a key store is unavailable or damaged.</exception>
    public static async ValueTask<byte[]> EncryptAsync<T>(
        this IDeterministicEncryptor encryptor, TenantId tenant, DeterministicField<T> field, T value, CancellationToken cancellationToken = default)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(encryptor);
        encryptor.GetEnvelopeLength(field, value); // refused before a key is made for it
        using var lease = await encryptor.OpenAsync(tenant, cancellationToken).ConfigureAwait(false);
        return encryptor.Encrypt(lease, field, value);
    }

    /// <summary>Decrypts a single value, with a lease of its own.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="encryptor">The encryptor.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="field">Where the value stands.</param>
    /// <param name="envelope">The envelope.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The value.</returns>
    /// <exception cref="PrivacyException">As for <see cref="IDeterministicEncryptor.Decrypt"/>, or a key store is unavailable.</exception>
    public static async ValueTask<T> DecryptAsync<T>(
        this IDeterministicEncryptor encryptor, TenantId tenant, DeterministicField<T> field, ReadOnlyMemory<byte> envelope, CancellationToken cancellationToken = default)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(encryptor);
        using var lease = await encryptor.OpenAsync(tenant, cancellationToken).ConfigureAwait(false);
        return encryptor.Decrypt(lease, field, envelope.Span);
    }

    /// <summary>Every envelope that a single value may be stored as, with a lease of its own.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="encryptor">The encryptor.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="field">Where the value stands.</param>
    /// <param name="value">The value, not empty.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>One envelope for each live key version, the active one first.</returns>
    /// <exception cref="ArgumentException">The value is empty, too large or not valid Unicode.</exception>
    /// <exception cref="PrivacyException">The root key or a key store is unavailable or damaged.</exception>
    public static async ValueTask<IReadOnlyList<byte[]>> TokensForAsync<T>(
        this IDeterministicEncryptor encryptor, TenantId tenant, DeterministicField<T> field, T value, CancellationToken cancellationToken = default)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(encryptor);
        encryptor.GetEnvelopeLength(field, value); // refused before a key is made for it
        using var lease = await encryptor.OpenAsync(tenant, cancellationToken).ConfigureAwait(false);
        return encryptor.TokensFor(lease, field, value);
    }
}
