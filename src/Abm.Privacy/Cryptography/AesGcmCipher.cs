using System.Security.Cryptography;

namespace Abm.Privacy.Cryptography;

// Reference: NIST SP 800-38D. Nonce 96 bit random, tag 128 bit; at most 2^32 messages for one key. The package's own keys
// have 256 bits; the published vectors have the other sizes of AES too.

/// <summary>AES-GCM under one key, safe for concurrent use: every call works on an instance of its own.</summary>
internal class AesGcmCipher : InstancePool<AesGcm>
{
    private readonly byte[] _key;

    /// <summary>Creates a cipher.</summary>
    /// <param name="key">32 bytes (16 and 24 are AES too), copied.</param>
    public AesGcmCipher(ReadOnlySpan<byte> key)
    {
        _key = GC.AllocateUninitializedArray<byte>(key.Length, pinned: true);
        key.CopyTo(_key);
    }

    /// <summary>For a cipher that gets its key anew whenever it makes an instance, and so keeps none.</summary>
    protected AesGcmCipher() => _key = [];

    /// <summary>Encrypts under a fresh random nonce, which is written out. Plaintext and ciphertext may be the same memory.</summary>
    public void Encrypt(ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> plaintext, Span<byte> nonce, Span<byte> ciphertext, Span<byte> tag)
    {
        RandomNumberGenerator.Fill(nonce); // never drawn in advance: a machine restored from a snapshot would use it twice
        EncryptUnderNonce(associatedData, plaintext, nonce, ciphertext, tag);
    }

    /// <summary>Encrypts under a nonce that the caller answers for; only golden vectors have a reason to.</summary>
    public void EncryptUnderNonce(
        ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> nonce, Span<byte> ciphertext, Span<byte> tag)
    {
        var aes = Rent();
        try
        {
            aes.Encrypt(nonce, plaintext, ciphertext, tag, associatedData);
        }
        finally
        {
            Return(aes);
        }
    }

    /// <summary>Decrypts; false for a wrong key, other associated data or altered bytes, with the plaintext zeroed.</summary>
    public bool TryDecrypt(
        ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, Span<byte> plaintext)
    {
        var aes = Rent();
        try
        {
            aes.Decrypt(nonce, ciphertext, tag, plaintext, associatedData);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            CryptographicOperations.ZeroMemory(plaintext);
            return false;
        }
        finally
        {
            Return(aes);
        }
    }

    protected override AesGcm Create() => Create(_key);

    protected static AesGcm Create(ReadOnlySpan<byte> key)
    {
#pragma warning disable RS0030 // the one place where an instance is made
        return new AesGcm(key, EnvelopeHeader.TagSize);
#pragma warning restore RS0030
    }

    protected override void ZeroKey() => CryptographicOperations.ZeroMemory(_key);
}
