using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Abm.Privacy.Cryptography;

// Reference: RFC 5280 (certificates), RFC 7292 (PKCS#12), RFC 7468 (PEM).

/// <summary>Loads certificates from where their options say they are.</summary>
internal static class CertificateLoader
{
    private const long MaxFileSize = 256 * 1024;

    // the platform's limits are below what a careful operator's tool uses: 600,000 iterations
    private static readonly Pkcs12LoaderLimits Limits = new(Pkcs12LoaderLimits.Defaults)
    {
        MacIterationLimit = 2_000_000,
        IndividualKdfIterationLimit = 2_000_000,
        TotalKdfIterationLimit = 6_000_000,
    };

    /// <summary>Loads a certificate with its private key, and whatever other certificates stand in its file.</summary>
    /// <exception cref="PrivacyException">With the given code: anything is missing or wrong.</exception>
    public static LoadedCertificate LoadWithKey(CertificateSource source, PrivacyErrorCode code)
    {
        LoadedCertificate loaded;
        try
        {
            loaded = source switch
            {
                { Load: { } load } => new LoadedCertificate(new X509Certificate2(load() ?? throw new PrivacyException(code, "The code that loads the certificate returned null. Return a certificate with its private key.")), []),
                { Thumbprint: { } thumbprint } => new LoadedCertificate(FindInStore(thumbprint, source.StoreLocation, code), []),
                _ => LoadFile(source, code),
            };
        }
        catch (CryptographicException error)
        {
            throw new PrivacyException(code, $"The certificate '{source.Name}' cannot be opened: its password is missing or wrong, or it is damaged or no certificate. Check the password; if it is right, restore the file.", error);
        }

        if (loaded.Certificate.HasPrivateKey)
        {
            return loaded;
        }

        loaded.Dispose();
        throw new PrivacyException(code, $"The certificate '{source.Name}' has no private key. Give the PKCS#12 file with the key, or set KeyPath to the key's PEM file.");
    }

    /// <summary>Loads a certificate without a private key from a PEM or DER file.</summary>
    public static X509Certificate2 LoadPublic(string path, PrivacyErrorCode code)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(ReadFile(path, code));
        }
        catch (CryptographicException error)
        {
            throw new PrivacyException(code, $"'{path}' is not a certificate in PEM or DER. Export the certificate without its private key.", error);
        }
    }

    private static LoadedCertificate LoadFile(CertificateSource source, PrivacyErrorCode code)
    {
        var password = source.PasswordFile is { } file ? SecretFile.Read(file, code) : source.Password;
        var content = ReadFile(source.Path!, code);
        try
        {
            return content.AsSpan().StartsWith("-----BEGIN"u8) || content.AsSpan().IndexOf("\n-----BEGIN"u8) >= 0
                ? LoadPem(Encoding.ASCII.GetString(content), source.KeyPath is { } keyPath ? Encoding.ASCII.GetString(ReadFile(keyPath, code)) : null, password)
                : LoadPkcs12(content, password);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    private static LoadedCertificate LoadPem(string certificates, string? key, string? password)
    {
        var others = new X509Certificate2Collection();
        others.ImportFromPem(certificates);
        key ??= certificates;
        var encrypted = key.Contains("ENCRYPTED PRIVATE KEY-----", StringComparison.Ordinal);
        var certificate = encrypted ? X509Certificate2.CreateFromEncryptedPem(certificates, key, password)
            : key.Contains("PRIVATE KEY-----", StringComparison.Ordinal) ? X509Certificate2.CreateFromPem(certificates, key)
            : X509Certificate2.CreateFromPem(certificates);
        return new LoadedCertificate(certificate, [.. others]);
    }

    private static LoadedCertificate LoadPkcs12(byte[] content, string? password)
    {
        // a key that never touches the disk, where the platform can
        var storage = OperatingSystem.IsMacOS() ? X509KeyStorageFlags.DefaultKeySet : X509KeyStorageFlags.EphemeralKeySet;
        var all = X509CertificateLoader.LoadPkcs12Collection(content, password, storage, Limits);
        var main = all.FirstOrDefault(certificate => certificate.HasPrivateKey) ?? all.FirstOrDefault() ?? throw new CryptographicException();
        return new LoadedCertificate(main, [.. all.Where(other => !ReferenceEquals(other, main))]);
    }

    private static X509Certificate2 FindInStore(string thumbprint, StoreLocation location, PrivacyErrorCode code)
    {
        using var store = new X509Store(StoreName.My, location);
        store.Open(OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
        var found = thumbprint.Length == 64
            ? store.Certificates.FindByThumbprint(HashAlgorithmName.SHA256, thumbprint)
            : store.Certificates.Find(X509FindType.FindByThumbprint, thumbprint, validOnly: false);
        return found.FirstOrDefault() ?? throw new PrivacyException(
            code, $"The store 'My' of {location} has no certificate with the thumbprint '{thumbprint}'. Install it there with its private key, or correct Thumbprint and StoreLocation.");
    }

    private static byte[] ReadFile(string path, PrivacyErrorCode code)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: > MaxFileSize }
                ? throw new PrivacyException(code, $"'{path}' is larger than a certificate file can be. Correct the path.")
                : File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new PrivacyException(code, $"The certificate file '{path}' cannot be read. Mount it, and allow this process to read it.", error);
        }
    }
}
