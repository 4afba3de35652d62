using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>
/// A tenant key wrapped for a root certificate: a CMS signature over the DER sequence of label (UTF8String), tenant (UTF8String), key id (OCTET
/// STRING), the root certificate's subject key identifier (OCTET STRING) and the CMS envelope (OCTET STRING). So a wrapping cannot be
/// moved to another tenant or key, and nothing is decrypted that was not signed.
/// </summary>
internal readonly record struct RootCertificateWrap(string Tenant, KeyId KeyId, ReadOnlyMemory<byte> RootId, ReadOnlyMemory<byte> SignerId, ReadOnlyMemory<byte> Envelope)
{
    // also keeps these apart from whatever else the same certificate signs
    private const string Label = "abm.privacy/v1/root-certificate";

    public static byte[] Write(TenantId tenant, SecretKey key, RootCertificates certificates, DateTimeOffset now)
    {
        Span<byte> keyId = stackalloc byte[KeyId.Size];
        key.Id.CopyTo(keyId);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteCharacterString(UniversalTagNumber.UTF8String, Label);
            writer.WriteCharacterString(UniversalTagNumber.UTF8String, tenant.Value);
            writer.WriteOctetString(keyId);
            writer.WriteOctetString(certificates.RootId);
            writer.WriteOctetString(CmsEnvelope.Encrypt(key, certificates.Recipients));
        }

        return CmsSignature.Sign(writer.Encode(), certificates.Signer, now, includeCertificate: false);
    }

    /// <summary>Reads who made a wrapping, without verifying anything; null if it is none of these.</summary>
    public static RootCertificateWrap? Read(ReadOnlyMemory<byte> wrapped) =>
        CmsStructure.Read(wrapped) is { } message ? Read(message.Content, message.SignerId) : null;

    /// <summary>Verifies the signature, then the tenant and key id, and only then decrypts.</summary>
    public static SecretKey Unwrap(
        TenantId tenant, KeyId keyId, ReadOnlyMemory<byte> wrapped, X509Certificate2 signer, ReadOnlySpan<byte> recipientId, RSA privateKey)
    {
        byte[] content;
        try
        {
            content = CmsSignature.Verify(wrapped, signer);
        }
        catch (PrivacyException error) when (error.Code == PrivacyErrorCode.SignatureInvalid)
        {
            throw DecryptionFailed();
        }

        if (Read(content, default) is not { } verified || verified.Tenant != tenant.Value || verified.KeyId != keyId)
        {
            throw DecryptionFailed();
        }

        var key = CmsEnvelope.TryDecrypt(verified.Envelope.Span, recipientId, privateKey);
        if (key is not null && key.Id.EqualsInFixedTime(keyId))
        {
            return key;
        }

        key?.Dispose();
        throw DecryptionFailed();
    }

    private static RootCertificateWrap? Read(ReadOnlyMemory<byte> content, ReadOnlyMemory<byte> signerId)
    {
        try
        {
            var reader = new AsnReader(content, AsnEncodingRules.DER);
            var sequence = reader.ReadSequence();
            reader.ThrowIfNotEmpty();
            var label = sequence.ReadCharacterString(UniversalTagNumber.UTF8String);
            var tenant = sequence.ReadCharacterString(UniversalTagNumber.UTF8String);
            var keyId = sequence.ReadOctetString();
            var rootId = sequence.ReadOctetString();
            var envelope = sequence.ReadOctetString();
            sequence.ThrowIfNotEmpty();
            return label == Label && keyId.Length == KeyId.Size ? new RootCertificateWrap(tenant, new KeyId(keyId), rootId, signerId, envelope) : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static PrivacyException DecryptionFailed() => new(
        PrivacyErrorCode.DecryptionFailed,
        "A stored tenant key does not unwrap: it was altered, was not signed by the configured certificate, or belongs to another tenant. Restore the key store from a backup.");
}
