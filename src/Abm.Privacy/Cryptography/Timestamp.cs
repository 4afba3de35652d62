using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Abm.Privacy.Cryptography;

// Reference: RFC 3161 (time-stamp protocol), RFC 5816 (ESSCertIDv2). Hash SHA-256, nonce of 16 random bytes.

/// <summary>Time stamps over bytes by a pinned authority: one is asked for, or one that was kept is verified.</summary>
internal static class Timestamp
{
    private const int NonceSize = 16;

    /// <summary>Asks for a time stamp over bytes and verifies the answer: status, hash, nonce and the pinned authority's signature.</summary>
    /// <param name="authority">Who is asked.</param>
    /// <param name="content">The bytes; their SHA-256 is sent.</param>
    /// <param name="pinned">The authority's certificates, of which one must have signed.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The token (a CMS message in DER) to keep beside the bytes. <see cref="Verify"/> reads it.</returns>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.TimestampUnavailable"/>, <see cref="PrivacyErrorCode.TimestampInvalid"/>.</exception>
    public static async ValueTask<byte[]> RequestAsync(
        ITimestampAuthority authority, ReadOnlyMemory<byte> content, IReadOnlyCollection<X509Certificate2> pinned, CancellationToken cancellationToken)
    {
        var request = CreateRequest(content.Span);
        var response = await authority.StampAsync(request.Encode(), cancellationToken).ConfigureAwait(false);
        Rfc3161TimestampToken token;
        try
        {
            token = request.ProcessResponse(response, out var read);
            if (read != response.Length)
            {
                throw Invalid(null);
            }
        }
        catch (CryptographicException error)
        {
            throw Invalid(error);
        }

        var encoded = token.AsSignedCms().Encode();
        Verify(encoded, content.Span, pinned);
        return encoded;
    }

    /// <summary>Verifies a kept token.</summary>
    /// <param name="token">What <see cref="RequestAsync"/> returned.</param>
    /// <param name="content">The bytes that were stamped.</param>
    /// <param name="pinned">The authority's certificates, of which one must have signed.</param>
    /// <returns>The time at which the authority saw the bytes' hash.</returns>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.TimestampInvalid"/>.</exception>
    public static DateTimeOffset Verify(ReadOnlyMemory<byte> token, ReadOnlySpan<byte> content, params IReadOnlyCollection<X509Certificate2> pinned)
    {
        X509Certificate2? signer = null;
        try
        {
            // the platform checks the hash, the signature, the purpose of the signer's certificate and that it was valid at that time
            var valid = Rfc3161TimestampToken.TryDecode(token, out var decoded, out var read)
                && read == token.Length
                && decoded.VerifySignatureForHash(SHA256.HashData(content), HashAlgorithmName.SHA256, out signer, [.. pinned])
                && pinned.Any(certificate => certificate.RawDataMemory.Span.SequenceEqual(signer.RawDataMemory.Span));
            return valid ? decoded!.TokenInfo.Timestamp : throw Invalid(null);
        }
        catch (CryptographicException error)
        {
            throw Invalid(error);
        }
        finally
        {
            if (signer is not null && !pinned.Contains(signer, ReferenceEqualityComparer.Instance))
            {
                signer.Dispose();
            }
        }
    }

    private static Rfc3161TimestampRequest CreateRequest(ReadOnlySpan<byte> content)
    {
        var nonce = RandomNumberGenerator.GetBytes(NonceSize);
        nonce[0] = (byte)((nonce[0] & 0x7F) | 0x40); // a positive integer without a leading zero
        return Rfc3161TimestampRequest.CreateFromHash(SHA256.HashData(content), HashAlgorithmName.SHA256, nonce: nonce, requestSignerCertificates: true);
    }

    private static PrivacyException Invalid(Exception? error) => new(
        PrivacyErrorCode.TimestampInvalid,
        "The time stamp is refused, damaged, over other bytes, an answer to another request, or not by the expected authority. Check the authority's certificate, and ask for a new time stamp.",
        error);
}
