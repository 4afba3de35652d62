using System.Security.Cryptography;

namespace Abm.Privacy.Cryptography;

// Reference: RFC 8017, RSAES-OAEP with SHA-256 for hash and mask generation, empty label. RSA of at least 2048 bits. The platform has no label
// parameter: what was encrypted under a label does not open.

/// <summary>RSA-OAEP-SHA-256, the transport of keys from and to an HSM (suite 12 of format 1).</summary>
internal static class RsaOaep
{
    public const int MinBits = 2048;

    /// <summary>Wraps a key for the owner of a private key.</summary>
    public static byte[] Wrap(RSA publicKey, ReadOnlySpan<byte> key) => publicKey.Encrypt(key, RSAEncryptionPadding.OaepSHA256);

    /// <summary>Unwraps a key, to be zeroed by the caller.</summary>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.DecryptionFailed"/>: it was wrapped for another key, another way, or altered.</exception>
    public static byte[] Unwrap(RSA privateKey, ReadOnlySpan<byte> wrapped)
    {
        try
        {
            return privateKey.Decrypt(wrapped, RSAEncryptionPadding.OaepSHA256);
        }
        catch (CryptographicException error)
        {
            throw new PrivacyException(
                PrivacyErrorCode.DecryptionFailed,
                "The wrapped key does not open under RSA-OAEP with SHA-256 and an empty label: it was wrapped for another key or another way, or was altered. Export it again for the key that is given here.",
                error);
        }
    }
}
