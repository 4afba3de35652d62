using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Encryption;

/// <summary>How an envelope was made. The numbers are the ones in its second byte.</summary>
public enum EncryptionSuite
{
    /// <summary>No suite.</summary>
    None = 0,

    /// <summary>AES-256-GCM with a random nonce (NIST SP 800-38D), under the subject's own key.</summary>
    AesGcm = EnvelopeHeader.SuiteAesGcm,

    /// <summary>
    /// AES-256-SIV (RFC 5297), deterministic, under the key that the whole tenant shares: see <see cref="IDeterministicEncryptor"/>.
    /// </summary>
    AesSiv = EnvelopeHeader.SuiteAesSiv,
}
