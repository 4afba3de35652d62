using System.Security.Cryptography.X509Certificates;
using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Consent;

/// <summary>
/// Signatures of policy files: a CMS message (RFC 5652) in <c>&lt;file&gt;.p7s</c> beside the policy, which holds the very bytes of the
/// file. Whether signatures are asked for says <see cref="ConsentOptions.RequireSignature"/>.
/// </summary>
public static class PolicySignature
{
    /// <summary>What is added to the name of a policy file.</summary>
    public const string FileExtension = ".p7s";

    /// <summary>Signs a policy document. Write the result beside it.</summary>
    /// <param name="document">The bytes of the file.</param>
    /// <param name="certificate">The signer's certificate with its private key: RSA of at least 2048 bits, or ECDSA over P-256.</param>
    /// <param name="time">The signer's clock. Default: the system's.</param>
    /// <returns>The content of the signature's file.</returns>
    /// <exception cref="InvalidDocumentException">The document is no policy: what cannot be loaded is not signed.</exception>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.CertificateUnavailable"/>: the certificate cannot sign.</exception>
    public static byte[] Sign(ReadOnlySpan<byte> document, X509Certificate2 certificate, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        _ = ConsentPolicy.Parse(document, "policy");
        return CmsSignature.Sign(document, certificate, (time ?? TimeProvider.System).GetUtcNow());
    }

    /// <exception cref="InvalidDocumentException">With <see cref="PrivacyErrorCode.SignatureInvalid"/>: none of the signers signed exactly this.</exception>
    internal static void Verify(string path, ReadOnlySpan<byte> document, IReadOnlyCollection<X509Certificate2> signers)
    {
        var signature = DocumentFile.Read(path + FileExtension, PrivacyErrorCode.SignatureInvalid);
        try
        {
            if (CmsSignature.Verify(signature, signers).AsSpan().SequenceEqual(document))
            {
                return;
            }
        }
        catch (PrivacyException error) when (error.Code == PrivacyErrorCode.SignatureInvalid)
        {
            throw Invalid("The policy is not signed by any certificate that is trusted for policies, or its signature was altered.", "Have one of the trusted signers sign the file, or trust the certificate of the one who did.");
        }

        throw Invalid("The signature is about other bytes: the policy was changed after it was signed.", "Sign the file again, or take the file that was signed.");

        InvalidDocumentException Invalid(string problem, string mend) => new(PrivacyErrorCode.SignatureInvalid, path, [new DocumentFault("", 1, problem, mend)]);
    }
}
