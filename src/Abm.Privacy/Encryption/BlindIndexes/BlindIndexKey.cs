using System.Security.Cryptography;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Encryption.BlindIndexes;

// value = first bits of HMAC-SHA-256(K, UTF-8 of the normal text) (RFC 2104), K by HKDF-Expand-SHA-256 (RFC 5869) from
// the tenant's index root, which serves nothing else.

/// <summary>The key of one blind index under one index root.</summary>
internal sealed class BlindIndexKey : IDisposable
{
    private readonly HmacKey _key;

    private BlindIndexKey(DataKey root, TenantId tenant, BlindIndexDefinition index)
    {
        Span<byte> buffer = stackalloc byte[ContextEncoding.GetMaxLength(
            Label.Length, OpaqueId.MaxBytes, OpaqueId.MaxBytes, OpaqueId.MaxBytes, OpaqueId.MaxBytes, OpaqueId.MaxBytes)];
        var context = new ContextEncoding(buffer, Label, parts: 5);
        context.Add(tenant.Value);
        context.Add(index.Entity);
        context.Add(index.Field);
        context.Add(index.Name);
        context.Add(index.TransformId);
        Span<byte> derived = stackalloc byte[SecretKey.Size];
        root.Key.Derive(context.Written, derived);
        _key = new HmacKey(derived);
        CryptographicOperations.ZeroMemory(derived);
    }

    private static ReadOnlySpan<byte> Label => "abm.privacy/v1/index-key"u8;

    /// <summary>The key of an index, kept with its root.</summary>
    public static BlindIndexKey Of(DataKey root, TenantId tenant, BlindIndexDefinition index) => root.GetOrDerive(
        index.KeyName,
        (tenant, index),
        static (root, of) => new BlindIndexKey(root, of.tenant, of.index));

    /// <summary>Fills the destination, whose size is that of the bits.</summary>
    public void Compute(ReadOnlySpan<byte> normalized, int bits, Span<byte> destination)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        _key.Compute(normalized, hash);
        hash[..destination.Length].CopyTo(destination);
        CryptographicOperations.ZeroMemory(hash); // the bits beyond the stored ones would make a short index exact
        if (bits % 8 is not 0 and var used)
        {
            destination[^1] &= (byte)(0xFF << (8 - used));
        }
    }

    public void Dispose() => _key.Dispose();
}
