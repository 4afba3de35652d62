using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Abm.Privacy.Tests.Support;

/// <summary>Self-signed certificates for tests. Keys take their time, so tests share the ones made here.</summary>
internal static class TestCertificates
{
    private static readonly Lazy<X509Certificate2> LazyRoot = new(() => Rsa("root"));
    private static readonly Lazy<X509Certificate2> LazyOther = new(() => Rsa("other root"));
    private static readonly Lazy<X509Certificate2> LazyEscrow = new(() => Rsa("escrow"));
    private static readonly Lazy<X509Certificate2> LazyEc = new(() => Ec("signer"));

    /// <summary>When the certificates are valid: a year around this moment.</summary>
    public static DateTimeOffset Now { get; } = new(2026, 3, 3, 10, 0, 0, TimeSpan.Zero);

    public static X509Certificate2 Root => LazyRoot.Value;

    public static X509Certificate2 Other => LazyOther.Value;

    public static X509Certificate2 Escrow => LazyEscrow.Value;

    /// <summary>ECDSA over P-256.</summary>
    public static X509Certificate2 Signer => LazyEc.Value;

    public static X509Certificate2 Rsa(string name, int bits = 2048)
    {
        using var key = RSA.Create(bits);
        return SelfSign(new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pss));
    }

    public static X509Certificate2 Ec(string name, ECCurve? curve = null)
    {
        using var key = ECDsa.Create(curve ?? ECCurve.NamedCurves.nistP256);
        return SelfSign(new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256));
    }

    /// <summary>Another certificate over the same key, as a renewal is.</summary>
    public static X509Certificate2 Renew(X509Certificate2 certificate, DateTimeOffset from, DateTimeOffset to)
    {
        using var key = certificate.GetRSAPrivateKey()!;
        return new CertificateRequest("CN=renewed", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pss).CreateSelfSigned(from, to);
    }

    public static X509Certificate2 WithoutKey(X509Certificate2 certificate) => X509CertificateLoader.LoadCertificate(certificate.RawData);

    private static X509Certificate2 SelfSign(CertificateRequest request) => request.CreateSelfSigned(Now.AddDays(-180), Now.AddDays(180));
}
