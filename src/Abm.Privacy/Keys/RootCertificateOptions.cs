using System.Security.Cryptography.X509Certificates;
using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Keys;

/// <summary>
/// Which certificate is the root key. Tenant keys are wrapped for it with RSA-OAEP-SHA-256 (CMS, RFC 5652 and RFC 3560) and signed;
/// its private key opens them again.
/// </summary>
public sealed class RootCertificateOptions
{
    /// <summary>The certificate with its private key: RSA of at least 2048 bits; 3072 are advised.</summary>
    public CertificateSource Certificate { get; } = new();

    /// <summary>
    /// The certificate with its private key that signs what is wrapped: RSA of at least 2048 bits, or ECDSA over P-256.
    /// Nothing is decrypted that this very certificate did not sign.
    /// </summary>
    /// <value>The default is unset: <see cref="Certificate"/> signs.</value>
    public CertificateSource Signing { get; } = new();

    /// <summary>
    /// Files of further certificates (PEM or DER, without private key) that every tenant key is wrapped for as well, so that it can be
    /// recovered when the root certificate's private key is lost: <see cref="RootCertificateEscrow"/>.
    /// </summary>
    /// <value>The default is empty: no escrow.</value>
    public IList<string> EscrowPaths { get; } = [];

    /// <summary>
    /// How to ask whether a certificate was revoked, before anything is wrapped for it. A revoked certificate, or one whose
    /// status cannot be learned, wraps nothing; what it wrapped already still opens.
    /// </summary>
    /// <value>The default is <see cref="X509RevocationMode.NoCheck"/>, which needs no network.</value>
    public X509RevocationMode RevocationMode { get; set; } = X509RevocationMode.NoCheck;

    /// <summary>Which certificate it is, for one that is named in the wrong place twice.</summary>
    internal string Name => Signing.IsSet ? $"{Certificate.Name} signed by {Signing.Name}" : Certificate.Name;
}
