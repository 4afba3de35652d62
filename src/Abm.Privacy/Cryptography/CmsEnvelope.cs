using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Abm.Privacy.Cryptography;

// Reference: RFC 5652 (CMS EnvelopedData), RFC 3560 (RSA-OAEP in CMS). Content: AES-256-CBC, the platform's CMS has no AEAD. It protects nothing
// against changes, so an envelope stands inside a CmsSignature alone, which is verified before anything is decrypted.

/// <summary>A key encrypted for one or more RSA certificates with RSA-OAEP-SHA-256. Without integrity of its own.</summary>
internal static class CmsEnvelope
{
    private const string Aes256CbcOid = "2.16.840.1.101.3.4.1.42";
    private const string RsaOaepOid = "1.2.840.113549.1.1.7";

    /// <summary>Encrypts a key for every recipient. The recipients were checked: RSA, of a sufficient size.</summary>
    public static byte[] Encrypt(SecretKey key, IEnumerable<X509Certificate2> recipients)
    {
        var all = new CmsRecipientCollection();
        foreach (var recipient in recipients)
        {
            // named by its key, so that a renewed certificate over the same key still opens it
            all.Add(new CmsRecipient(SubjectIdentifierType.SubjectKeyIdentifier, recipient, RSAEncryptionPadding.OaepSHA256));
        }

        var plain = new byte[SecretKey.Size];
        try
        {
            key.CopyTo(plain);
            var envelope = new EnvelopedCms(new ContentInfo(plain), new AlgorithmIdentifier(new Oid(Aes256CbcOid)));
            envelope.Encrypt(all);
            return envelope.Encode();
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>
    /// Decrypts for one recipient; null if it is none, if the envelope was made another way (PKCS#1 v1.5, another
    /// cipher), or if what comes out is no key.
    /// </summary>
    public static SecretKey? TryDecrypt(ReadOnlySpan<byte> verifiedEnvelope, ReadOnlySpan<byte> recipientId, RSA privateKey)
    {
        byte[]? plain = null;
        try
        {
            var envelope = new EnvelopedCms();
            envelope.Decode(verifiedEnvelope);
            if (envelope.ContentEncryptionAlgorithm.Oid.Value != Aes256CbcOid || Find(envelope, recipientId) is not { } recipient)
            {
                return null;
            }

            envelope.Decrypt(recipient, privateKey);
            plain = envelope.ContentInfo.Content;
            return plain.Length == SecretKey.Size && plain.AsSpan().ContainsAnyExcept((byte)0) ? SecretKey.FromBytes(plain) : null;
        }
        catch (CryptographicException)
        {
            return null; // the caller has one answer for whatever does not open
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private static KeyTransRecipientInfo? Find(EnvelopedCms envelope, ReadOnlySpan<byte> recipientId)
    {
        var id = Convert.ToHexString(recipientId);
        return envelope.RecipientInfos.OfType<KeyTransRecipientInfo>().FirstOrDefault(recipient =>
            recipient.KeyEncryptionAlgorithm.Oid.Value == RsaOaepOid
            && recipient.RecipientIdentifier is { Type: SubjectIdentifierType.SubjectKeyIdentifier, Value: string name }
            && name == id);
    }
}
