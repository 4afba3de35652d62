using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Abm.Privacy.Cryptography;

// Reference: RFC 5297 (SIV) over AES-CMAC (NIST SP 800-38B) and AES in counter mode. Key 512 bit in two halves (the
// published vectors have 256 and 384 too), synthetic IV 128 bit, which is nonce and tag in one. Equal plaintexts under equal
// associated data give equal ciphertexts, which is all that it reveals; at most 2^48 messages for one key.

/// <summary>
/// AES-SIV under one key for one associated data, safe for concurrent use. That the associated data is given once spares
/// every call its tag: deterministic encryption binds no record, so it is the same for a whole column.
/// </summary>
internal sealed class AesSiv : InstancePool<AesSivInstance>
{
    /// <summary>The size of the package's own keys in bytes.</summary>
    public const int KeySize = 64;

    /// <summary>The size of the synthetic IV in bytes.</summary>
    public const int IvSize = AesTransform.BlockSize;

    private readonly byte[] _macKey;
    private readonly byte[] _counterKey;
    private readonly UInt128 _associated;

    /// <summary>Creates a cipher.</summary>
    /// <param name="key">64 bytes (32 and 48 are AES-SIV too), copied.</param>
    /// <param name="associatedData">What every message is bound to.</param>
    public AesSiv(ReadOnlySpan<byte> key, ReadOnlySpan<byte> associatedData)
    {
        var half = key.Length / 2;
        _macKey = GC.AllocateUninitializedArray<byte>(half, pinned: true);
        _counterKey = GC.AllocateUninitializedArray<byte>(half, pinned: true);
        key[..half].CopyTo(_macKey);
        key[half..].CopyTo(_counterKey);
        var instance = Rent();
        _associated = instance.Absorb(associatedData);
        Return(instance);
    }

    /// <summary>Encrypts. Plaintext and ciphertext may be the same memory.</summary>
    public void Encrypt(ReadOnlySpan<byte> plaintext, Span<byte> iv, Span<byte> ciphertext)
    {
        var instance = Rent();
        var synthetic = instance.GetIv(_associated, plaintext);
        instance.ApplyKeyStream(synthetic, plaintext, ciphertext);
        BinaryPrimitives.WriteUInt128BigEndian(iv, synthetic);
        Return(instance); // after an exception it is not used again
    }

    /// <summary>Decrypts; false for a wrong key, other associated data or altered bytes, with the plaintext zeroed.</summary>
    public bool TryDecrypt(ReadOnlySpan<byte> iv, ReadOnlySpan<byte> ciphertext, Span<byte> plaintext)
    {
        plaintext = plaintext[..ciphertext.Length];
        var authentic = false;
        try
        {
            var instance = Rent();
            instance.ApplyKeyStream(BinaryPrimitives.ReadUInt128BigEndian(iv), ciphertext, plaintext);
            Span<byte> expected = stackalloc byte[IvSize];
            BinaryPrimitives.WriteUInt128BigEndian(expected, instance.GetIv(_associated, plaintext));
            authentic = CryptographicOperations.FixedTimeEquals(expected, iv);
            Return(instance);
            return authentic;
        }
        finally
        {
            if (!authentic)
            {
                CryptographicOperations.ZeroMemory(plaintext);
            }
        }
    }

    protected override AesSivInstance Create() => new(_macKey, _counterKey);

    protected override void ZeroKey()
    {
        CryptographicOperations.ZeroMemory(_macKey);
        CryptographicOperations.ZeroMemory(_counterKey);
    }
}
