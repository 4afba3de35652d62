using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Keys;

/// <summary>
/// The certificates of one root, for one operation at a time: neither certificates nor the keys behind them promise to be safe for
/// concurrent use, so every operation works on a copy of its own.
/// </summary>
internal sealed class RootCertificates : IDisposable
{
    private readonly List<X509Certificate2> _chain;
    private readonly bool _signsItself;
    private RSA? _privateKey;

    private RootCertificates(X509Certificate2 root, X509Certificate2 signer, IEnumerable<X509Certificate2> escrow, List<X509Certificate2> chain)
    {
        (Root, Signer, _chain, _signsItself) = (root, signer, chain, ReferenceEquals(root, signer));
        Recipients = [root, .. escrow];
        RootId = CmsSignature.GetSignerId(root);
        SignerId = CmsSignature.GetSignerId(signer);
    }

    public X509Certificate2 Root { get; }

    public X509Certificate2 Signer { get; }

    /// <summary>Whom tenant keys are wrapped for: the root first, then the escrow certificates.</summary>
    public IReadOnlyList<X509Certificate2> Recipients { get; }

    public byte[] RootId { get; }

    public byte[] SignerId { get; }

    public RSA PrivateKey => _privateKey ??= Root.GetRSAPrivateKey() ?? throw new PrivacyException(
        PrivacyErrorCode.RootKeyUnavailable, "The root certificate's private key cannot be used. Give the certificate with its RSA private key.");

    /// <summary>Loads every certificate and checks that it fits its work. Dates are not looked at: an expired certificate still opens.</summary>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.RootKeyUnavailable"/>.</exception>
    public static RootCertificates Load(RootCertificateOptions options)
    {
        const PrivacyErrorCode Code = PrivacyErrorCode.RootKeyUnavailable;
        List<X509Certificate2> escrow = [];
        LoadedCertificate? root = null;
        LoadedCertificate? signer = null;
        try
        {
            root = CertificateLoader.LoadWithKey(options.Certificate, Code);
            ThrowIfUnfit(CertificateCheck.FindRecipientFault(root.Certificate), $"root certificate '{options.Certificate.Name}'");
            if (options.Signing.IsSet)
            {
                signer = CertificateLoader.LoadWithKey(options.Signing, Code);
                ThrowIfUnfit(CertificateCheck.FindSignerFault(signer.Certificate), $"signing certificate '{options.Signing.Name}'");
            }

            foreach (var path in options.EscrowPaths.Distinct(StringComparer.Ordinal))
            {
                escrow.Add(CertificateLoader.LoadPublic(path, Code));
                ThrowIfUnfit(CertificateCheck.FindRecipientFault(escrow[^1]), $"escrow certificate '{path}'");
            }

            return new RootCertificates(root.Certificate, signer?.Certificate ?? root.Certificate, escrow, [.. root.Others, .. signer?.Others ?? []]);
        }
        catch
        {
            root?.Dispose();
            signer?.Dispose();
            escrow.ForEach(certificate => certificate.Dispose());
            throw;
        }
    }

    public RootCertificates Copy()
    {
        var root = new X509Certificate2(Root);
        return new RootCertificates(
            root, _signsItself ? root : new X509Certificate2(Signer), Recipients.Skip(1).Select(escrow => new X509Certificate2(escrow)), [.. _chain.Select(other => new X509Certificate2(other))]);
    }

    /// <summary>Refuses to wrap for or by a certificate that is expired, not yet valid or revoked.</summary>
    public void ThrowIfRefused(DateTimeOffset now, X509RevocationMode revocation)
    {
        CertificateCheck.ThrowIfRefused(Root, "root", now, revocation, _chain);
        if (!_signsItself)
        {
            CertificateCheck.ThrowIfRefused(Signer, "signing", now, revocation, _chain);
        }

        foreach (var escrow in Recipients.Skip(1))
        {
            CertificateCheck.ThrowIfRefused(escrow, "escrow", now, revocation, _chain);
        }
    }

    public void Dispose()
    {
        _privateKey?.Dispose();
        foreach (var certificate in (IEnumerable<X509Certificate2>)[.. Recipients, Signer, .. _chain])
        {
            certificate.Dispose();
        }
    }

    private static void ThrowIfUnfit(string? fault, string certificate)
    {
        if (fault is not null)
        {
            throw new PrivacyException(PrivacyErrorCode.RootKeyUnavailable, $"The {certificate} {fault}.");
        }
    }
}
