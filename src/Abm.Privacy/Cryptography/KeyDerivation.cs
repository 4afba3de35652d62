using System.Security.Cryptography;

namespace Abm.Privacy.Cryptography;

/// <summary>The ids of keys: like every key of format 1 they come out of HKDF-Expand-SHA-256 (RFC 5869, section 2.3).</summary>
internal static class KeyDerivation
{
    private static ReadOnlySpan<byte> KeyIdLabel => "abm.privacy/v1/key-id"u8;

    public static KeyId GetKeyId(ReadOnlySpan<byte> key)
    {
        Span<byte> id = stackalloc byte[KeyId.Size];
        HKDF.Expand(HashAlgorithmName.SHA256, key, id, KeyIdLabel);
        return new KeyId(id);
    }

    public static KeyId GetKeyId(KeyExpansion key)
    {
        Span<byte> id = stackalloc byte[KeyId.Size];
        key.Expand(KeyIdLabel, id);
        return new KeyId(id);
    }
}
