namespace Abm.Privacy.Tests.Keys.Examples;

/// <summary>
/// What the client of a key-management service offers, whichever it is: AWS KMS calls the context an encryption context, Google Cloud KMS
/// additional authenticated data, Vault a context.
/// </summary>
public interface IKmsClient
{
    /// <summary>Encrypts under a key that never leaves the service.</summary>
    Task<byte[]> EncryptAsync(string key, byte[] plaintext, IReadOnlyDictionary<string, string> context, CancellationToken cancellationToken);

    /// <summary>Decrypts under the same key and the same context.</summary>
    Task<byte[]> DecryptAsync(string key, byte[] ciphertext, IReadOnlyDictionary<string, string> context, CancellationToken cancellationToken);
}
