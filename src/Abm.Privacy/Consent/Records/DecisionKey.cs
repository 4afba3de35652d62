using System.Globalization;
using System.Security.Cryptography;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Consent.Records;

// HKDF-Expand-SHA-256 (RFC 5869) from a version of the decision root, then HMAC-SHA-256 (RFC 2104), its first 8 bytes.

/// <summary>The key of one version of a tenant's decision root.</summary>
internal sealed class DecisionKey : IDisposable
{
    public static readonly DataKeyOwner Owner = DataKeyOwner.ForTenant(KeyUsage.Decision);

    private readonly HmacKey _key;

    public DecisionKey(SecretKey root, TenantId tenant, int version)
    {
        Span<byte> derived = stackalloc byte[SecretKey.Size];
        Derive(root, tenant, version, derived);
        _key = new HmacKey(derived);
        Version = version;
        CryptographicOperations.ZeroMemory(derived);
    }

    public int Version { get; }

    private static ReadOnlySpan<byte> Label => "abm.privacy/v1/decision-key"u8;

    /// <summary>The key of a version; of the active one for null. Call it between the lease's Use and its release.</summary>
    /// <exception cref="PrivacyException">The version is missing.</exception>
    public static DecisionKey Of(KeyLease lease, int? version)
    {
        var wanted = version ?? lease.GetActive(Owner).Version;
        var root = lease.Find(Owner)?.Keys.FirstOrDefault(key => key.Version == wanted) ?? throw new PrivacyException(
            PrivacyErrorCode.KeyUnavailable, $"Version {wanted} of the tenant's decision key is missing. Restore it from the backup of the keys.");
        return lease.Get(root.Id).GetOrDerive(
            new DerivedKeyName("decision", "", "", ""), (lease.Tenant, root.Version), static (key, of) => new DecisionKey(key.Key, of.Tenant, of.Version));
    }

    public ulong Digest(ReadOnlySpan<byte> message)
    {
        Span<byte> hash = stackalloc byte[32];
        _key.Compute(message, hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

    public void Dispose() => _key.Dispose();

    private static void Derive(SecretKey root, TenantId tenant, int version, Span<byte> derived)
    {
        Span<byte> buffer = stackalloc byte[ContextEncoding.GetMaxLength(Label.Length, OpaqueId.MaxBytes, 10)];
        var context = new ContextEncoding(buffer, Label, parts: 2);
        context.Add(tenant.Value);
        context.Add(version.ToString(CultureInfo.InvariantCulture));
        root.Derive(context.Written, derived);
    }
}
