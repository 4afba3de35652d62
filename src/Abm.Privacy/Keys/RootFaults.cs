using System.Security.Cryptography.X509Certificates;
using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Keys;

/// <summary>Lists what is wrong with a root key file or a root certificate.</summary>
internal static class RootFaults
{
    public static void AddTo(List<string> faults, KeyRingOptions options)
    {
        if (options.RootKeyFile.Path is not null)
        {
            Add(faults, options.RootKeyFile, nameof(options.RootKeyFile));
        }

        if (options.RootCertificate.Certificate.IsSet)
        {
            Add(faults, options.RootCertificate, nameof(options.RootCertificate));
        }
        else if (options.RootCertificate.Signing.IsSet || options.RootCertificate.EscrowPaths.Count > 0)
        {
            faults.Add("RootCertificate has a signing or escrow certificate and no root. Set RootCertificate.Certificate.");
        }
    }

    public static void Add(List<string> faults, RootKeyFileOptions file, string option)
    {
        if (file.Path is null || !KeyRingOptions.IsPath(file.Path))
        {
            faults.Add($"{option}.Path is empty or no path. Set it to the path of the PKCS#12 file.");
        }
        else if (!file.CreateIfMissing && !File.Exists(file.Path))
        {
            faults.Add($"The root key file '{file.Path}' does not exist. Restore it or mount it; for a new application make one with PrivacyKeys.CreateRootFileAsync, or call CreateIfMissing().");
        }

        switch (file.Password, file.PasswordFile)
        {
            case (null, null):
                faults.Add("The root key file has no password. Set Password from a secret store, or PasswordFile to a mounted secret.");
                break;
            case (not null, not null):
                faults.Add("Both Password and PasswordFile are set. Set one of them.");
                break;
            case ({ } password, null) when RootKeyPassword.FindFault(password) is { } fault:
                faults.Add($"The root key file's password {fault}. Use a longer one in valid Unicode.");
                break;
            case (null, { } secret) when !File.Exists(secret):
                faults.Add($"The password file '{secret}' does not exist. Mount the secret, or correct PasswordFile.");
                break;
        }
    }

    public static void Add(List<string> faults, RootCertificateOptions certificate, string option)
    {
        var before = faults.Count;
        faults.AddRange(CertificateSourceFaults.Of(certificate.Certificate, $"{option}.{nameof(certificate.Certificate)}"));
        if (certificate.Signing.IsSet)
        {
            faults.AddRange(CertificateSourceFaults.Of(certificate.Signing, $"{option}.{nameof(certificate.Signing)}"));
        }

        faults.AddRange(certificate.EscrowPaths.Where(path => !File.Exists(path)).Select(path =>
            $"{option}.EscrowPaths names '{path}', which does not exist. Mount the certificate, or correct the path."));
        if (certificate.RevocationMode is not (X509RevocationMode.NoCheck or X509RevocationMode.Online or X509RevocationMode.Offline))
        {
            faults.Add($"{option}.RevocationMode is not a mode. Set NoCheck, Online or Offline.");
        }

        // code of the application's own is asked once, when the root is made
        if (faults.Count == before && certificate.Certificate.Load is null && certificate.Signing.Load is null)
        {
            try
            {
                RootCertificates.Load(certificate).Dispose();
            }
            catch (PrivacyException error)
            {
                faults.Add(error.Message);
            }
        }
    }
}
