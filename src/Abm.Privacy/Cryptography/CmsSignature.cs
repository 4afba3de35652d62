using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Abm.Privacy.Cryptography;

// Reference: RFC 5652 (CMS SignedData), RFC 4056 (RSASSA-PSS in CMS), RFC 5754 (SHA-256 and ECDSA). One signer; RSA-PSS with SHA-256 or ECDSA
// P-256 with SHA-256; content attached; signed attributes always present, so that content can never pass for attributes.

/// <summary>Signs bytes into a CMS message, and verifies one against pinned certificates: a valid chain alone proves nothing here.</summary>
internal static class CmsSignature
{
    private const string RsaPssOid = "1.2.840.113549.1.1.10";
    private const string EcdsaSha256Oid = "1.2.840.10045.4.3.2";
    private const string ContentTypeOid = "1.2.840.113549.1.9.3";
    private const string MessageDigestOid = "1.2.840.113549.1.9.4";

    // the platform leaves it to its caller whether the signed content type is that of the content
    private static ReadOnlySpan<byte> DataOidInDer => [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01];

    /// <summary>The name that a message gives its signer: the certificate's subject key identifier.</summary>
    public static byte[] GetSignerId(X509Certificate2 certificate)
    {
        var extension = certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault()
            ?? new X509SubjectKeyIdentifierExtension(certificate.PublicKey, X509SubjectKeyIdentifierHashAlgorithm.CapiSha1, critical: false); // as the platform's CMS does
        return extension.SubjectKeyIdentifierBytes.ToArray();
    }

    /// <summary>Signs bytes.</summary>
    /// <param name="content">The bytes, which the message will hold.</param>
    /// <param name="certificate">The signer's certificate with its private key: RSA of at least 2048 bits, or ECDSA over P-256.</param>
    /// <param name="signedAt">When it is signed, by the signer's own clock.</param>
    /// <param name="includeCertificate">Whether the message carries the certificate for readers that look for it there.</param>
    /// <returns>The CMS message in DER.</returns>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.CertificateUnavailable"/>: the certificate cannot sign.</exception>
    public static byte[] Sign(ReadOnlySpan<byte> content, X509Certificate2 certificate, DateTimeOffset signedAt, bool includeCertificate = true)
    {
        if (CertificateCheck.FindSignerFault(certificate) is { } fault)
        {
            throw new PrivacyException(PrivacyErrorCode.CertificateUnavailable, $"The signing certificate {fault}.");
        }

        using var rsa = certificate.GetRSAPrivateKey();
        var signer = rsa is null
            ? new CmsSigner(SubjectIdentifierType.SubjectKeyIdentifier, certificate)
            : new CmsSigner(SubjectIdentifierType.SubjectKeyIdentifier, certificate, rsa, RSASignaturePadding.Pss);
        signer.DigestAlgorithm = new Oid(CmsStructure.Sha256Oid);
        signer.IncludeOption = includeCertificate ? X509IncludeOption.EndCertOnly : X509IncludeOption.None;
        signer.SignedAttributes.Add(new Pkcs9SigningTime(signedAt.UtcDateTime));
        try
        {
            var message = new SignedCms(new ContentInfo(content.ToArray()));
            message.ComputeSignature(signer, silent: true);
            return message.Encode();
        }
        catch (CryptographicException error)
        {
            throw new PrivacyException(PrivacyErrorCode.CertificateUnavailable, "The signing certificate's private key is missing or cannot be used. Give the certificate with its private key.", error);
        }
    }

    /// <summary>Verifies a message and returns its content.</summary>
    /// <param name="message">What <see cref="Sign"/> returned.</param>
    /// <param name="pinned">The certificates of which one must have signed. Their dates do not matter: what they signed stays signed.</param>
    /// <returns>The bytes that were signed.</returns>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.SignatureInvalid"/>: no pinned certificate signed exactly this.</exception>
    public static byte[] Verify(ReadOnlyMemory<byte> message, params IReadOnlyCollection<X509Certificate2> pinned)
    {
        if (CmsStructure.Read(message) is not { } structure)
        {
            throw Invalid(null);
        }

        X509Certificate2Collection carried = [];
        try
        {
            var signedCms = new SignedCms();
            signedCms.Decode(message.Span);
            carried = signedCms.Certificates; // a new list of new objects at every call
            var signer = signedCms.SignerInfos[0];
            var certificate = pinned.FirstOrDefault(candidate => GetSignerId(candidate).AsSpan().SequenceEqual(structure.SignerId.Span));
            if (certificate is null || !HasOwnForm(signer) || !carried.All(other => other.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span)))
            {
                throw Invalid(null);
            }

            // the store holds the pinned certificate alone, and no other travelled with the message
            signer.CheckSignature([certificate], verifySignatureOnly: true);
            return structure.Content.ToArray();
        }
        catch (CryptographicException error)
        {
            throw Invalid(error);
        }
        finally
        {
            foreach (var other in carried)
            {
                other.Dispose();
            }
        }
    }

    private static bool HasOwnForm(SignerInfo signer) =>
        signer.DigestAlgorithm.Value == CmsStructure.Sha256Oid
        && signer.SignatureAlgorithm.Value is RsaPssOid or EcdsaSha256Oid
        && signer.UnsignedAttributes.Count == 0
        && ValueOf(signer, MessageDigestOid) is not null
        && ValueOf(signer, ContentTypeOid).AsSpan().SequenceEqual(DataOidInDer);

    /// <summary>The one value of the one signed attribute of that type; null for none or several.</summary>
    private static byte[]? ValueOf(SignerInfo signer, string oid)
    {
        var found = signer.SignedAttributes.Cast<CryptographicAttributeObject>().Where(attribute => attribute.Oid.Value == oid).ToList();
        return found is [{ Values: { Count: 1 } values }] ? values[0].RawData : null;
    }

    private static PrivacyException Invalid(Exception? error) => new(
        PrivacyErrorCode.SignatureInvalid,
        "The signature is not by an expected certificate, or what was signed was altered. Check which certificate signed it; otherwise take the original from its backup.",
        error);
}
