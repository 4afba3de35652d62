using System.Security.Cryptography.X509Certificates;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>
/// Opens tenant keys with an escrow certificate when the root certificate's private key is lost. Read the stored tenant keys, recover each,
/// wrap it under a new root and store it.
/// </summary>
public static class RootCertificateEscrow
{
    /// <summary>Recovers a tenant key that a root certificate wrapped for this escrow certificate too.</summary>
    /// <param name="tenant">The tenant that the key was wrapped for.</param>
    /// <param name="keyId">The id of the wrapped key.</param>
    /// <param name="wrapped">The wrapped key as the tenant key store holds it.</param>
    /// <param name="escrow">The escrow certificate with its RSA private key.</param>
    /// <param name="signer">
    /// The certificate that signed the wrapping, without private key: the root certificate, unless another signed
    /// (<see cref="RootCertificateOptions.Signing"/>). Its signature is verified before anything is decrypted.
    /// </param>
    /// <returns>The tenant key, to be disposed by the caller.</returns>
    /// <exception cref="PrivacyException">
    /// <see cref="PrivacyErrorCode.CertificateUnavailable"/> if the escrow certificate has no usable private key;
    /// <see cref="PrivacyErrorCode.FormatUnknown"/> if the bytes are no such wrapping;
    /// <see cref="PrivacyErrorCode.DecryptionFailed"/> if they were altered, were signed by another certificate, were not wrapped for this escrow
    /// certificate or belong to another tenant or key.
    /// </exception>
    public static SecretKey Recover(TenantId tenant, KeyId keyId, ReadOnlyMemory<byte> wrapped, X509Certificate2 escrow, X509Certificate2 signer)
    {
        ArgumentNullException.ThrowIfNull(escrow);
        ArgumentNullException.ThrowIfNull(signer);
        if (CertificateCheck.FindRecipientFault(escrow) is { } fault)
        {
            throw new PrivacyException(PrivacyErrorCode.CertificateUnavailable, $"The escrow certificate {fault}.");
        }

        using var privateKey = escrow.GetRSAPrivateKey() ?? throw new PrivacyException(
            PrivacyErrorCode.CertificateUnavailable, "The escrow certificate has no private key here. Load it together with its private key.");
        return RootCertificateWrap.Read(wrapped) is not null
            ? RootCertificateWrap.Unwrap(tenant, keyId, wrapped, signer, CmsSignature.GetSignerId(escrow), privateKey)
            : throw new PrivacyException(PrivacyErrorCode.FormatUnknown, "The bytes are not a tenant key that was wrapped for a certificate. Read them from the tenant key store.");
    }
}
