using System.Security.Cryptography.X509Certificates;
using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Erasure;

/// <summary>What the application declares about its data and key backups, and how receipts are signed.</summary>
public sealed class ErasureOptions
{
    /// <summary>
    /// Who declares, and since when, that personal data was never stored in clear before it was encrypted; for example
    /// <c>Data protection officer, 2026-11-01: go-live with encryption on</c>. It stands in every receipt.
    /// </summary>
    /// <value>The default is null: not declared, so that nothing is certified.</value>
    public string? EncryptedSinceFirstWrite { get; set; }

    /// <summary>The backups of the tenant key store, each with its retention.</summary>
    /// <value>The default is empty; say <see cref="NoKeyBackups"/> if there are none.</value>
    public IList<KeyBackup> KeyBackups { get; } = [];

    /// <summary>Declares that the tenant key store is not backed up.</summary>
    /// <value>The default is false.</value>
    public bool NoKeyBackups { get; set; }

    /// <summary>
    /// Declares that nothing is derived from subjects under other keys: no blind index, no deterministic column, no token, no
    /// export. Without it a certificate needs at least one registered place that was asked.
    /// </summary>
    /// <value>The default is false.</value>
    public bool NoDerivedValues { get; set; }

    /// <summary>The pseudonymization domain in which receipts name subjects.</summary>
    /// <value>The default is <c>erasure</c>.</value>
    public string PseudonymDomain { get; set; } = "erasure";

    /// <summary>The certificate, with its private key, that signs receipts: RSA of at least 2048 bits or ECDSA over P-256.</summary>
    public CertificateSource SigningCertificate { get; } = new();

    // fields, so that no configuration binds them

    internal ITimestampAuthority? TimestampAuthority;

    internal IReadOnlyList<X509Certificate2> TimestampCertificates = [];

    /// <summary>Has every signed receipt stamped by a time-stamp authority (RFC 3161).</summary>
    /// <param name="authority">Who is asked; for example a <see cref="HttpTimestampAuthority"/>.</param>
    /// <param name="certificates">The authority's certificates, of which one must have signed. They stay yours.</param>
    /// <exception cref="ArgumentException">There is no certificate.</exception>
    public void UseTimestampAuthority(ITimestampAuthority authority, params IReadOnlyList<X509Certificate2> certificates)
    {
        ArgumentNullException.ThrowIfNull(authority);
        ArgumentNullException.ThrowIfNull(certificates);
        if (certificates.Count == 0)
        {
            throw new ArgumentException("Give the authority's certificate: a time stamp of just anybody proves nothing.", nameof(certificates));
        }

        (TimestampAuthority, TimestampCertificates) = (authority, certificates);
    }
}
