using System.Security.Cryptography;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Pseudonymization;

// P = first 16 bytes of HMAC-SHA-256(K, UTF-8 of the normal form) (RFC 2104), K by HKDF-Expand-SHA-256 (RFC 5869).

/// <summary>The pseudonym key of one domain, identifier type and normalizer.</summary>
internal sealed class PseudonymKey : IDisposable
{
    private const int MaxStackBytes = 512;

    private readonly HmacKey _key;
    private readonly int _version;

    private PseudonymKey(DataKey root, TenantId tenant, PseudonymDomain domain, string identifierType, string normalizer)
    {
        OpaqueId.ThrowIfInvalid(identifierType, nameof(identifierType));
        OpaqueId.ThrowIfInvalid(normalizer, nameof(normalizer));
        Span<byte> buffer = stackalloc byte[
            ContextEncoding.GetMaxLength(Label.Length, OpaqueId.MaxBytes, OpaqueId.MaxBytes, OpaqueId.MaxBytes, OpaqueId.MaxBytes)];
        var context = new ContextEncoding(buffer, Label, parts: 4);
        context.Add(tenant.Value);
        context.Add(domain.Name);
        context.Add(identifierType);
        context.Add(normalizer);
        Span<byte> derived = stackalloc byte[SecretKey.Size];
        root.Key.Derive(context.Written, derived);
        _key = new HmacKey(derived);
        CryptographicOperations.ZeroMemory(derived);
        _version = root.Version;
    }

    private static ReadOnlySpan<byte> Label => "abm.privacy/v1/pseudonym-key"u8;

    /// <summary>The key of a domain and identifier type, kept with its root.</summary>
    public static PseudonymKey Of(DataKey root, TenantId tenant, PseudonymDomain domain, string identifierType, string normalizer) => root.GetOrDerive(
        new DerivedKeyName("pseudonym", domain.Name, identifierType, normalizer),
        (tenant, domain, identifierType, normalizer),
        static (root, of) => new PseudonymKey(root, of.tenant, of.domain, of.identifierType, of.normalizer));

    public Pseudonym Pseudonymize(string normalized)
    {
        var maxLength = StrictUtf8.Encoding.GetMaxByteCount(normalized.Length);
        Span<byte> clear = maxLength <= MaxStackBytes ? stackalloc byte[MaxStackBytes] : new byte[maxLength];
        clear = clear[..StrictUtf8.Encoding.GetBytes(normalized, clear)];
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        _key.Compute(clear, hash);
        CryptographicOperations.ZeroMemory(clear);
        return new Pseudonym(_version, hash[..Pseudonym.Size]);
    }

    public void Dispose() => _key.Dispose();
}
