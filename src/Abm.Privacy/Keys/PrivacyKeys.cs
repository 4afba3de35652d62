using System.Security.Cryptography;
using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Keys;

/// <summary>Makes, imports and exports root keys, as an explicit act of an operator or a deployment.</summary>
public static class PrivacyKeys
{
    /// <summary>
    /// Makes a root key file: a PKCS#12 file (RFC 7292) with one random 256-bit secret, encrypted with AES-256-CBC and
    /// authenticated with HMAC-SHA-256 under keys that 600,000 iterations derive from the password. The file is readable
    /// by its owner alone (mode 0600). Keep a copy apart from the data: without it nothing can be decrypted.
    /// </summary>
    /// <param name="path">The file to make. Its folder is made if missing; an existing file is never overwritten.</param>
    /// <param name="password">At least 12 characters of valid Unicode, taken as they are.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The id of the new root key.</returns>
    /// <exception cref="ArgumentException">The path is empty, or the password is too short or not valid Unicode.</exception>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.RootKeyRefused"/>: the file exists. <see cref="PrivacyErrorCode.RootKeyUnavailable"/>: it cannot be written.</exception>
    public static async Task<KeyId> CreateRootFileAsync(string path, string password, CancellationToken cancellationToken = default)
    {
        ThrowIfUnusable(path, password);
        using var key = SecretKey.Generate();
        await RootKeyFile.WriteNewAsync(path, key, password, cancellationToken).ConfigureAwait(false);
        return key.Id;
    }

    /// <summary>
    /// Makes a root key file from a 256-bit key that an HSM exported wrapped with AES key wrap with padding (RFC 5649, KWP).
    /// </summary>
    /// <param name="path">The file to make. Its folder is made if missing; an existing file is never overwritten.</param>
    /// <param name="password">At least 12 characters of valid Unicode, taken as they are.</param>
    /// <param name="wrappedKey">The wrapped key: 40 bytes.</param>
    /// <param name="wrappingKey">The AES-256 key that wrapped it.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The id of the root key. Compare it with what the exporting side says: <see cref="SecretKey.Id"/> of the same key.</returns>
    /// <exception cref="ArgumentException">The path is empty, or the password is too short or not valid Unicode.</exception>
    /// <exception cref="PrivacyException">
    /// <see cref="PrivacyErrorCode.DecryptionFailed"/>: the wrapped key does not open.
    /// <see cref="PrivacyErrorCode.RootKeyRefused"/>: what was wrapped is no 256-bit key or is all zero bytes, or the file exists.
    /// <see cref="PrivacyErrorCode.RootKeyUnavailable"/>: the file cannot be written.
    /// </exception>
    public static Task<KeyId> ImportRootFileAsync(
        string path, string password, ReadOnlyMemory<byte> wrappedKey, SecretKey wrappingKey, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(wrappingKey);
        ThrowIfUnusable(path, password);
        return WriteImportedAsync(path, password, AesKeyWrap.Unwrap(wrappingKey.Bytes, wrappedKey.Span), cancellationToken);
    }

    /// <summary>
    /// Makes a root key file from a 256-bit key that an HSM exported wrapped with RSA-OAEP, SHA-256, empty label (RFC 8017). Anyone who has the
    /// public key can make such a wrapping: compare the returned id with what the exporting side says before the file is used.
    /// </summary>
    /// <param name="path">The file to make. Its folder is made if missing; an existing file is never overwritten.</param>
    /// <param name="password">At least 12 characters of valid Unicode, taken as they are.</param>
    /// <param name="wrappedKey">The wrapped key, as long as the RSA modulus.</param>
    /// <param name="privateKey">The private key that it was wrapped for; at least 2048 bits.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The id of the root key: <see cref="SecretKey.Id"/> of the same key.</returns>
    /// <exception cref="ArgumentException">The path is empty, the password is too short or not valid Unicode, or the RSA key is too short.</exception>
    /// <exception cref="PrivacyException">
    /// <see cref="PrivacyErrorCode.DecryptionFailed"/>: the wrapped key does not open.
    /// <see cref="PrivacyErrorCode.RootKeyRefused"/>: what was wrapped is no 256-bit key or is all zero bytes, or the file exists.
    /// <see cref="PrivacyErrorCode.RootKeyUnavailable"/>: the file cannot be written.
    /// </exception>
    public static Task<KeyId> ImportRootFileAsync(
        string path, string password, ReadOnlyMemory<byte> wrappedKey, RSA privateKey, CancellationToken cancellationToken = default)
    {
        ThrowIfWeak(privateKey);
        ThrowIfUnusable(path, password);
        return WriteImportedAsync(path, password, RsaOaep.Unwrap(privateKey, wrappedKey.Span), cancellationToken);
    }

    /// <summary>Wraps the key of a root key file with AES key wrap with padding (RFC 5649, KWP), to hand it to an HSM or keep it in escrow.</summary>
    /// <param name="path">The root key file.</param>
    /// <param name="password">The file's password.</param>
    /// <param name="wrappingKey">The AES-256 key to wrap with.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The wrapped key: 40 bytes. <see cref="ImportRootFileAsync(string, string, ReadOnlyMemory{byte}, SecretKey, CancellationToken)"/> opens it.</returns>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.RootKeyUnavailable"/>: the file or password is missing or wrong.</exception>
    public static async Task<byte[]> ExportRootFileAsync(
        string path, string password, SecretKey wrappingKey, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(wrappingKey);
        ThrowIfUnusable(path, password);
        using var key = await RootKeyFile.ReadAsync(path, password, cancellationToken).ConfigureAwait(false);
        return AesKeyWrap.Wrap(wrappingKey.Bytes, key.Bytes);
    }

    /// <summary>Wraps the key of a root key file with RSA-OAEP, SHA-256, empty label (RFC 8017), to hand it to an HSM or keep it in escrow.</summary>
    /// <param name="path">The root key file.</param>
    /// <param name="password">The file's password.</param>
    /// <param name="publicKey">The public key to wrap for; at least 2048 bits.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The wrapped key. <see cref="ImportRootFileAsync(string, string, ReadOnlyMemory{byte}, RSA, CancellationToken)"/> opens it.</returns>
    /// <exception cref="ArgumentException">The RSA key is too short.</exception>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.RootKeyUnavailable"/>: the file or password is missing or wrong.</exception>
    public static async Task<byte[]> ExportRootFileAsync(string path, string password, RSA publicKey, CancellationToken cancellationToken = default)
    {
        ThrowIfWeak(publicKey);
        ThrowIfUnusable(path, password);
        using var key = await RootKeyFile.ReadAsync(path, password, cancellationToken).ConfigureAwait(false);
        return RsaOaep.Wrap(publicKey, key.Bytes);
    }

    private static async Task<KeyId> WriteImportedAsync(string path, string password, byte[] plain, CancellationToken cancellationToken)
    {
        try
        {
            if (plain.Length != SecretKey.Size || !plain.AsSpan().ContainsAnyExcept((byte)0))
            {
                throw new PrivacyException(
                    PrivacyErrorCode.RootKeyRefused,
                    $"What was wrapped is not a root key: it is all zero bytes, or not {SecretKey.Size} bytes long. Export an AES-256 key.");
            }

            using var key = SecretKey.FromBytes(plain);
            await RootKeyFile.WriteNewAsync(path, key, password, cancellationToken).ConfigureAwait(false);
            return key.Id;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private static void ThrowIfUnusable(string path, string password)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(password);
        if (RootKeyPassword.FindFault(password) is { } fault)
        {
            throw new ArgumentException($"The password {fault}. Use a longer one in valid Unicode.", nameof(password));
        }
    }

    private static void ThrowIfWeak(RSA key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.KeySize < RsaOaep.MinBits)
        {
            throw new ArgumentException($"The RSA key has {key.KeySize} bits. Use one of at least {RsaOaep.MinBits}.", nameof(key));
        }
    }
}
