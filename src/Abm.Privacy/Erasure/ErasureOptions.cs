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

    /// <summary>The pseudonymization domain in which receipts name subjects.</summary>
    /// <value>The default is <c>erasure</c>.</value>
    public string PseudonymDomain { get; set; } = "erasure";

    /// <summary>The certificate, with its private key, that signs receipts: RSA of at least 2048 bits or ECDSA over P-256.</summary>
    public CertificateSource SigningCertificate { get; } = new();
}
