using System.Security.Cryptography.X509Certificates;
using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Consent;

/// <summary>Which policies decide. They are joined into one; at least one is needed.</summary>
public sealed class ConsentOptions
{
    /// <summary>Paths of policy documents. A relative path is looked for in the current directory, then beside the application. Default: none.</summary>
    public IList<string> PolicyFiles { get; } = [];

    /// <summary>
    /// Whether every policy file must be signed: <c>&lt;file&gt;.p7s</c> beside it, by one of <see cref="TrustedCertificates"/>. Policies that
    /// code hands over, and the packs of the library, are as trustworthy as the code. Default: false.
    /// </summary>
    public bool RequireSignature { get; set; }

    /// <summary>Paths of the certificates, PEM or DER without private keys, of which one must have signed each policy file. Default: none.</summary>
    public IList<string> TrustedCertificates { get; } = [];

    /// <summary>Certificates that code handed over; a field, so that no configuration binds it.</summary>
    internal readonly List<X509Certificate2> Signers = [];

    /// <summary>Policies that were made in code; a field, so that no configuration binds it.</summary>
    internal readonly List<ConsentPolicy> Policies = [];

    /// <summary>Loads and joins everything; a path that is named twice counts once.</summary>
    internal ConsentPolicy Load() =>
        ConsentPolicy.Combine([.. PolicyFiles.Distinct(StringComparer.Ordinal).Select(Load), .. Policies.Distinct()]);

    /// <summary>Loads one file, with its signature if one is asked for.</summary>
    internal ConsentPolicy Load(string path)
    {
        if (!RequireSignature)
        {
            return ConsentPolicy.Load(path);
        }

        var loaded = TrustedCertificates.Select(file => CertificateLoader.LoadPublic(file, PrivacyErrorCode.CertificateUnavailable)).ToList();
        try
        {
            return ConsentPolicy.LoadSigned(path, [.. Signers, .. loaded]);
        }
        finally
        {
            loaded.ForEach(certificate => certificate.Dispose());
        }
    }
}
