using System.Security.Cryptography.X509Certificates;
using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Erasure;

/// <summary>Signs receipts whose preconditions hold, and no others.</summary>
internal sealed class ReceiptSigner(CertificateSource source, TimeProvider time) : IDisposable
{
    private readonly Lazy<LoadedCertificate> _certificate = new(() => CertificateLoader.LoadWithKey(source, PrivacyErrorCode.CertificateUnavailable));

    public ShredCertificate Certify(ShredReceipt receipt) => new(
        receipt, receipt.IsCertifiable ? CmsSignature.Sign(receipt.ToJson(), _certificate.Value.Certificate, time.GetUtcNow()) : null);

    /// <summary>Fails before anything is destroyed if the certificate could not sign afterwards.</summary>
    public void ThrowIfUnusable() =>
        CertificateCheck.ThrowIfRefused(_certificate.Value.Certificate, "signing", time.GetUtcNow(), X509RevocationMode.NoCheck, []);

    public void Dispose()
    {
        if (_certificate.IsValueCreated)
        {
            _certificate.Value.Dispose();
        }
    }
}
