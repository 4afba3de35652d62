using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Keys;

/// <summary>Makes root keys, as an explicit act of an operator or a deployment.</summary>
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
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(password);
        if (RootKeyPassword.FindFault(password) is { } fault)
        {
            throw new ArgumentException($"The password {fault}. Use a longer one in valid Unicode.", nameof(password));
        }

        using var key = SecretKey.Generate();
        await RootKeyFile.WriteNewAsync(path, key, password, cancellationToken).ConfigureAwait(false);
        return key.Id;
    }
}
