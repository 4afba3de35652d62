using System.Formats.Asn1;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Keys;

// Reference: RFC 7292 (PKCS#12), RFC 8018 (PBES2, PBKDF2). One secret bag with the 32 key bytes as an OCTET STRING.

/// <summary>Reads and writes root key files.</summary>
internal static class RootKeyFile
{
    private const int Iterations = 600_000;
    private const long MaxFileSize = 64 * 1024;

    // the PKCS#7 "data" type: the secret is plain bytes
    private const string SecretType = "1.2.840.113549.1.7.1";

    public static async Task WriteNewAsync(string path, SecretKey key, string password, CancellationToken cancellationToken)
    {
        var file = Encode(key, password);
        var fullPath = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(fullPath)!;
        var temporary = Path.Combine(folder, $".{Path.GetFileName(fullPath)}.{Guid.CreateVersion7():N}.tmp");
        try
        {
            PrivateFile.CreateFolder(folder);
            await PrivateFile.WriteAsync(temporary, file, cancellationToken).ConfigureAwait(false);
            File.Move(temporary, fullPath, overwrite: false);
        }
        catch (IOException error) when (File.Exists(fullPath))
        {
            throw new PrivacyException(
                PrivacyErrorCode.RootKeyRefused,
                $"'{path}' exists already and a root key is never overwritten. Use the file that is there, or choose another path.",
                error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new PrivacyException(
                PrivacyErrorCode.RootKeyUnavailable,
                $"The root key file '{path}' cannot be written. Check that its folder exists, has room and allows this process to write.",
                error);
        }
        finally
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }
        }
    }

    public static async ValueTask<SecretKey> ReadAsync(string path, string password, CancellationToken cancellationToken)
    {
        byte[] file;
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MaxFileSize })
            {
                throw Damaged(path, null);
            }

            file = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new PrivacyException(
                PrivacyErrorCode.RootKeyUnavailable,
                $"The root key file '{path}' cannot be read. Restore it or mount it, and allow this process to read it.",
                error);
        }

        return Decode(file, password, path);
    }

    private static byte[] Encode(SecretKey key, string password)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteOctetString(key.Bytes);
        var secret = writer.Encode();
        writer.Reset(); // clears its copy
        try
        {
            var contents = new Pkcs12SafeContents();
            contents.AddSecret(new Oid(SecretType), secret);
            var builder = new Pkcs12Builder();
            builder.AddSafeContentsEncrypted(
                contents, password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, Iterations));
            builder.SealWithMac(password, HashAlgorithmName.SHA256, Iterations);
            return builder.Encode();
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    private static SecretKey Decode(byte[] file, string password, string path)
    {
        try
        {
            var info = Pkcs12Info.Decode(file, out var read, skipCopy: true);
            if (read != file.Length || info.IntegrityMode != Pkcs12IntegrityMode.Password)
            {
                throw Damaged(path, null);
            }

            // the integrity check comes first: nothing of an altered file is decrypted
            return info.VerifyMac(password) ? ReadSecret(info, password) ?? throw Damaged(path, null) : throw new PrivacyException(
                PrivacyErrorCode.RootKeyUnavailable,
                $"The password does not open the root key file '{path}', or the file was altered. Check the configured password; if it is right, restore the file from its backup.");
        }
        catch (Exception error) when (error is CryptographicException or AsnContentException or ArgumentException)
        {
            throw Damaged(path, error);
        }
    }

    /// <summary>The one secret of the file; null if there is none, or more than one thing.</summary>
    private static SecretKey? ReadSecret(Pkcs12Info info, string password)
    {
        if (info.AuthenticatedSafe is not [{ ConfidentialityMode: Pkcs12ConfidentialityMode.Password } contents])
        {
            return null;
        }

        contents.Decrypt(password);
        if (contents.GetBags().ToList() is not [Pkcs12SecretBag bag] || bag.GetSecretType().Value != SecretType)
        {
            return null;
        }

        var secret = new AsnReader(bag.SecretValue, AsnEncodingRules.DER).ReadOctetString();
        try
        {
            return SecretKey.FromBytes(secret);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsMemory(bag.SecretValue).Span);
        }
    }

    private static PrivacyException Damaged(string path, Exception? error) => new(
        PrivacyErrorCode.RootKeyUnavailable,
        $"'{path}' is not a root key file or is truncated. Restore it from its backup; never make a new one for data that is encrypted already.",
        error);
}
