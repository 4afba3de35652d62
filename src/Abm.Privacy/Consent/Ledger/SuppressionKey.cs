using System.Globalization;
using System.Security.Cryptography;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Consent.Ledger;

// S1 = HMAC-SHA-256(K1, UTF-8 of the normal form), Sn = HMAC-SHA-256(Kn, S(n-1)) (RFC 2104); Kn by HKDF-Expand-SHA-256 (RFC 5869)
// from version n of the suppression root, with the version in the context.

/// <summary>The key of one version of a tenant's suppression root for one identifier type.</summary>
internal sealed class SuppressionKey : IDisposable
{
    private readonly HmacKey _key;

    private readonly byte[] _check = new byte[SuppressionHash.KeyCheckSize];

    private SuppressionKey(DataKey root, TenantId tenant, string identifierType, string normalizer)
    {
        Span<byte> derived = stackalloc byte[SecretKey.Size];
        Derive(root.Key, tenant, identifierType, normalizer, root.Version, derived);
        _key = new HmacKey(derived);
        CryptographicOperations.ZeroMemory(derived);
        Span<byte> check = stackalloc byte[SuppressionHash.Size];
        _key.Compute(CheckText, check);
        check[.._check.Length].CopyTo(_check);
    }

    private static ReadOnlySpan<byte> Label => "abm.privacy/v1/suppression-key"u8;

    // no normal form of an identifier begins with a zero byte, and no hash is as long
    private static ReadOnlySpan<byte> CheckText => "\0abm.privacy/v1/suppression-key-check"u8;

    /// <summary>What tells this key from others: the first bytes of a hash of a fixed text.</summary>
    public ReadOnlySpan<byte> Check => _check;

    public static SuppressionKey Of(DataKey root, TenantId tenant, string identifierType, string normalizer) => root.GetOrDerive(
        new DerivedKeyName("suppression", identifierType, normalizer, ""),
        (tenant, identifierType, normalizer),
        static (root, of) => new SuppressionKey(root, of.tenant, of.identifierType, of.normalizer));

    public static void Derive(SecretKey root, TenantId tenant, string identifierType, string normalizer, int version, Span<byte> derived)
    {
        Span<byte> buffer = stackalloc byte[ContextEncoding.GetMaxLength(Label.Length, OpaqueId.MaxBytes, OpaqueId.MaxBytes, OpaqueId.MaxBytes, 10)];
        var context = new ContextEncoding(buffer, Label, parts: 4);
        context.Add(tenant.Value);
        context.Add(identifierType);
        context.Add(normalizer);
        context.Add(version.ToString(CultureInfo.InvariantCulture));
        root.Derive(context.Written, derived);
    }

    /// <summary>Hashes the normal form, or the hash under the version before. The destination may be the source.</summary>
    public void Compute(ReadOnlySpan<byte> text, Span<byte> hash) => _key.Compute(text, hash);

    public void Dispose() => _key.Dispose();
}
