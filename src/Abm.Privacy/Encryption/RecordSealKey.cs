using System.Security.Cryptography;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Encryption;

// Reference: HMAC-SHA-256 (RFC 2104), key by HKDF-Expand-SHA-256 (RFC 5869) under a label of its own.

/// <summary>The key that seals the records of one entity for one subject.</summary>
internal sealed class RecordSealKey : IDisposable
{
    private readonly SecretKey _key;

    private RecordSealKey(DataKey key, RecordContext context)
    {
        Span<byte> buffer = stackalloc byte[ContextEncoding.GetMaxLength(Label.Length, OpaqueId.MaxBytes, OpaqueId.MaxBytes, OpaqueId.MaxBytes)];
        var encoding = new ContextEncoding(buffer, Label, parts: 3);
        encoding.Add(context.Tenant.Value);
        encoding.Add(context.Scope);
        encoding.Add(context.Entity);
        Span<byte> derived = stackalloc byte[SecretKey.Size];
        key.Key.Derive(encoding.Written, derived);
        _key = SecretKey.FromBytes(derived);
        CryptographicOperations.ZeroMemory(derived);
    }

    private static ReadOnlySpan<byte> Label => "abm.privacy/v1/seal-key"u8;

    /// <summary>The key of an entity, kept with its data key.</summary>
    public static RecordSealKey Of(DataKey key, RecordContext context) => key.GetOrDerive(
        new DerivedKeyName("seal", context.Scope, context.Entity, ""),
        context,
        static (key, context) => new RecordSealKey(key, context));

    public void Compute(ReadOnlySpan<byte> header, RecordSealMessage message, Span<byte> tag)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key.Bytes);
        hmac.AppendData(header);
        message.WriteTo(hmac.AppendData);
        hmac.GetHashAndReset(tag);
    }

    public void Dispose() => _key.Dispose();
}
