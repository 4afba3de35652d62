using System.Security.Cryptography;

namespace Abm.Privacy.Cryptography;

/// <summary>Every key and key id of format 1 comes out of HKDF-Expand-SHA-256 (RFC 5869, section 2.3) through here.</summary>
internal static class KeyDerivation
{
    private const int BlockSize = HMACSHA256.HashSizeInBytes;

    private static ReadOnlySpan<byte> KeyIdLabel => "abm.privacy/v1/key-id"u8;

    public static KeyId GetKeyId(ReadOnlySpan<byte> key)
    {
        Span<byte> id = stackalloc byte[KeyId.Size];
        Expand(key, KeyIdLabel, id);
        return new KeyId(id);
    }

    public static void Derive(SecretKey key, ReadOnlySpan<byte> context, Span<byte> derived) => Expand(key.Bytes, context, derived);

    /// <summary>What fits into one block is one HMAC of the platform's, at about half the price of its HKDF.</summary>
    private static void Expand(ReadOnlySpan<byte> key, ReadOnlySpan<byte> info, Span<byte> output)
    {
        if (output.Length > BlockSize)
        {
            HKDF.Expand(HashAlgorithmName.SHA256, key, output, info);
            return;
        }

        Span<byte> message = stackalloc byte[info.Length + 1];
        Span<byte> block = stackalloc byte[BlockSize];
        info.CopyTo(message);
        message[^1] = 1; // T(1) = HMAC(key, info | 01)
        HMACSHA256.HashData(key, message, block);
        block[..output.Length].CopyTo(output);
        CryptographicOperations.ZeroMemory(block);
    }
}
