using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Abm.Privacy.Cryptography;

// Sizes: RSA of at least 2048 bits (NIST SP 800-131A Rev. 2), ECDSA over P-256 alone.

/// <summary>Whether a certificate fits its work: its kind of key, its dates, its revocation.</summary>
internal static class CertificateCheck
{
    private const string P256 = "1.2.840.10045.3.1.7";

    /// <summary>What is wrong with a certificate that keys are wrapped for, to follow a noun; null if nothing is.</summary>
    public static string? FindRecipientFault(X509Certificate2 certificate)
    {
        using var rsa = certificate.GetRSAPublicKey();
        return rsa is null
            ? "has no RSA key, and keys can only be wrapped for RSA. Use an RSA certificate of at least 2048 bits; an EC one can sign"
            : FindSizeFault(rsa);
    }

    /// <summary>What is wrong with a certificate that signs, to follow a noun; null if nothing is.</summary>
    public static string? FindSignerFault(X509Certificate2 certificate)
    {
        using var rsa = certificate.GetRSAPublicKey();
        if (rsa is not null)
        {
            return FindSizeFault(rsa);
        }

        using var ecdsa = certificate.GetECDsaPublicKey();
        return ecdsa?.ExportParameters(includePrivateParameters: false).Curve is { IsNamed: true, Oid.Value: P256 }
            ? null
            : "has neither an RSA key nor an ECDSA key over P-256. Use one of them";
    }

    /// <summary>Refuses new work for a certificate that is expired, not yet valid or revoked.</summary>
    public static void ThrowIfRefused(
        X509Certificate2 certificate, string role, DateTimeOffset now, X509RevocationMode revocation, IEnumerable<X509Certificate2> chain)
    {
        if (now > certificate.NotAfter)
        {
            throw Refused(certificate, role, $"expired at {certificate.NotAfter.ToUniversalTime():u}");
        }

        if (now < certificate.NotBefore)
        {
            throw Refused(certificate, role, $"is not valid before {certificate.NotBefore.ToUniversalTime():u}");
        }

        if (revocation != X509RevocationMode.NoCheck && FindRevocation(certificate, revocation, chain) is { } fault)
        {
            throw Refused(certificate, role, fault);
        }
    }

    private static string? FindRevocation(X509Certificate2 certificate, X509RevocationMode mode, IEnumerable<X509Certificate2> others)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = mode;
        chain.ChainPolicy.RevocationFlag = X509RevocationFlag.EndCertificateOnly;

        // who may be trusted is settled by pinning; the chain is built to find the revocation list's signer
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority | X509VerificationFlags.IgnoreNotTimeValid;
        chain.ChainPolicy.ExtraStore.AddRange(others.ToArray());
        chain.Build(certificate);
        try
        {
            var status = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
            const X509ChainStatusFlags Unknown = X509ChainStatusFlags.RevocationStatusUnknown | X509ChainStatusFlags.OfflineRevocation | X509ChainStatusFlags.PartialChain;
            return status.HasFlag(X509ChainStatusFlags.Revoked) ? "was revoked by its authority"
                : (status & Unknown) != 0 ? "has a revocation status that cannot be learned (is its authority's certificate in its file, and its revocation list within reach?)"
                : null;
        }
        finally
        {
            foreach (var element in chain.ChainElements)
            {
                element.Certificate.Dispose();
            }
        }
    }

    private static string? FindSizeFault(RSA rsa) => rsa.KeySize < RsaOaep.MinBits
        ? $"has an RSA key of {rsa.KeySize} bits. Use one of at least {RsaOaep.MinBits}"
        : null;

    private static PrivacyException Refused(X509Certificate2 certificate, string role, string fault) => new(
        PrivacyErrorCode.CertificateRefused,
        $"The {role} certificate (serial number {certificate.SerialNumber}) {fault}, so nothing new is done with it. What it protects already stays readable: configure a new certificate and keep this one as the previous one.");
}
