using System.Security.Cryptography.X509Certificates;
using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Erasure;

/// <summary>A receipt, and its signature if every precondition of a certificate holds.</summary>
public sealed class ShredCertificate
{
    internal ShredCertificate(ShredReceipt receipt, byte[]? signed, byte[]? timestamp = null)
    {
        Receipt = receipt;

        // never through a conditional: null would become empty bytes there
        if (signed is not null)
        {
            SignedReceipt = signed;
        }

        if (timestamp is not null)
        {
            Timestamp = timestamp;
        }
    }

    /// <summary>What was done.</summary>
    public ShredReceipt Receipt { get; }

    /// <summary>
    /// The receipt's canonical JSON in CMS SignedData (RFC 5652); null if a precondition does not hold:
    /// <see cref="ShredReceipt.Preconditions"/> says which.
    /// </summary>
    public ReadOnlyMemory<byte>? SignedReceipt { get; }

    /// <summary>An RFC 3161 time-stamp token over <see cref="SignedReceipt"/>; null if no authority is configured.</summary>
    public ReadOnlyMemory<byte>? Timestamp { get; }

    /// <summary>Whether the receipt is certified.</summary>
    public bool IsCertified => SignedReceipt is not null;

    /// <summary>Verifies a signed receipt, before anything of it is read.</summary>
    /// <param name="signedReceipt">What <see cref="SignedReceipt"/> held.</param>
    /// <param name="signers">The certificates of which one must have signed. A valid chain alone proves nothing.</param>
    /// <returns>The receipt.</returns>
    /// <exception cref="PrivacyException">
    /// <see cref="PrivacyErrorCode.SignatureInvalid"/>: no given certificate signed exactly this;
    /// <see cref="PrivacyErrorCode.ReceiptInvalid"/>: what was signed is no receipt of this version.
    /// </exception>
    public static ShredReceipt Verify(ReadOnlyMemory<byte> signedReceipt, params IReadOnlyCollection<X509Certificate2> signers) =>
        ShredReceipt.Parse(CmsSignature.Verify(signedReceipt, signers));

    /// <summary>Verifies the time stamp over a signed receipt.</summary>
    /// <param name="timestamp">What <see cref="Timestamp"/> held.</param>
    /// <param name="signedReceipt">What <see cref="SignedReceipt"/> held.</param>
    /// <param name="authorities">The authority's certificates, of which one must have signed.</param>
    /// <returns>When the authority saw the signed receipt.</returns>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.TimestampInvalid"/>.</exception>
    public static DateTimeOffset VerifyTimestamp(
        ReadOnlyMemory<byte> timestamp, ReadOnlySpan<byte> signedReceipt, params IReadOnlyCollection<X509Certificate2> authorities) =>
        Cryptography.Timestamp.Verify(timestamp, signedReceipt, authorities);
}
