using System.Security.Cryptography.X509Certificates;
using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Erasure;

/// <summary>Signs receipts whose preconditions hold, and no others.</summary>
internal sealed class ReceiptSigner(ErasureOptions options, TimeProvider time) : IDisposable
{
    private readonly Lazy<LoadedCertificate> _certificate = new(() => CertificateLoader.LoadWithKey(options.SigningCertificate, PrivacyErrorCode.CertificateUnavailable));

    /// <exception cref="PrivacyException">The time-stamp authority does not answer, or not as it should.</exception>
    public async ValueTask<ShredCertificate> CertifyAsync(ShredReceipt receipt, CancellationToken cancellationToken)
    {
        if (!receipt.IsCertifiable)
        {
            return new ShredCertificate(receipt, null);
        }

        var signed = CmsSignature.Sign(receipt.ToJson(), _certificate.Value.Certificate, time.GetUtcNow());
        var timestamp = options.TimestampAuthority is { } authority
            ? await Timestamp.RequestAsync(authority, signed, options.TimestampCertificates, cancellationToken).ConfigureAwait(false)
            : null;
        return new ShredCertificate(receipt, signed, timestamp);
    }

    /// <summary>What this application signed before, and nothing else.</summary>
    public ShredReceipt Verify(ReadOnlyMemory<byte> signedReceipt) => ShredCertificate.Verify(signedReceipt, _certificate.Value.Certificate);

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
