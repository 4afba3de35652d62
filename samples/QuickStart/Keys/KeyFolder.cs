using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Keys;

namespace QuickStart.Keys;

/// <summary>The folder of the root key, its password and the key store.</summary>
internal sealed class KeyFolder
{
    private const string PasswordVariable = "QUICKSTART_ROOT_KEY_PASSWORD";
    private const string PasswordFileName = "root-password.txt";
    private const int PasswordBytes = 32;
    private const int SignerYears = 10;

    private readonly string? _password = Environment.GetEnvironmentVariable(PasswordVariable) is { Length: > 0 } password ? password : null;
    private readonly string _folder;

    private KeyFolder(string folder) => _folder = folder;

    public string RootKeyFile => Path.Combine(_folder, "root.p12");

    /// <summary>The certificate of who signs receipts, without its private key: for whoever checks one.</summary>
    public string SignerCertificateFile => Path.Combine(_folder, "receipt-signer.cer");

    private string SignerFile => Path.Combine(_folder, "receipt-signer.p12");

    /// <summary>Where the password comes from, as a sentence for the reader of the report.</summary>
    public string PasswordSource => _password is not null
        ? $"The root key's password came from {PasswordVariable}, as it should: a secret store sets it, and it lies in no file."
        : $"The root key's password lies in {PasswordFileName} beside the key. That is for this sample only: whoever copies the folder has both. An application sets {PasswordVariable}, or PasswordFile to a mounted secret.";

    private string PasswordFile => Path.Combine(_folder, PasswordFileName);

    /// <summary>Makes the folder, and the sample's password file if no password is set and there is no root key yet.</summary>
    /// <exception cref="QuickStartException">The folder cannot be written, or the password of an existing root key is missing.</exception>
    public static KeyFolder Open(string folder)
    {
        var keys = new KeyFolder(folder);
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            if (keys._password is null && !File.Exists(keys.PasswordFile))
            {
                keys.WritePassword();
            }

            return keys;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new QuickStartException(ExitCodes.Privacy, $"The key folder '{ConsoleText.Clean(folder)}' cannot be written. Name a folder that you may write to with --keys.", error);
        }
    }

    public void SetPassword(RootKeyFileOptions options) =>
        (options.Password, options.PasswordFile) = (_password, _password is null ? PasswordFile : null);

    /// <summary>The certificate that signs receipts. It is made once; an application gets one from its authority.</summary>
    public void SetSigner(CertificateSource source, DateTimeOffset now)
    {
        if (!File.Exists(SignerFile))
        {
            MakeSigner(now);
        }

        (source.Path, source.Password, source.PasswordFile) = (SignerFile, _password, _password is null ? PasswordFile : null);
    }

    private void MakeSigner(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=QuickStart receipt signer", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using var certificate = request.CreateSelfSigned(now.AddYears(-1), now.AddYears(SignerYears));
        var password = _password ?? File.ReadLines(PasswordFile).First();
        File.Delete(SignerCertificateFile); // of a run that was stopped between the two
        using var publicFile = new FileStream(SignerCertificateFile, OwnerOnly());
        publicFile.Write(certificate.Export(X509ContentType.Cert));
        using var file = new FileStream(SignerFile, OwnerOnly());
        file.Write(certificate.ExportPkcs12(Pkcs12ExportPbeParameters.Pbes2Aes256Sha256, password));
    }

    private void WritePassword()
    {
        if (File.Exists(RootKeyFile))
        {
            throw new QuickStartException(
                ExitCodes.Privacy,
                $"The root key file '{ConsoleText.Clean(RootKeyFile)}' is there and its password is missing. Set the environment variable {PasswordVariable}, or restore the file {PasswordFileName} beside it; a new password cannot open an old key.");
        }

        using var file = new StreamWriter(PasswordFile, OwnerOnly());
        file.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(PasswordBytes)));
    }

    private static FileStreamOptions OwnerOnly()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
