using Abm.Privacy.Cryptography;
using Abm.Privacy.Keys;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What the configuration of a key ring may hold, down to its root certificates.</summary>
internal static class KeyRingShape
{
    private static readonly (string Name, ConfigurationMember Kind)[] File =
    [
        (nameof(RootKeyFileOptions.Path), ConfigurationMember.Value),
        (nameof(RootKeyFileOptions.Password), ConfigurationMember.Value),
        (nameof(RootKeyFileOptions.PasswordFile), ConfigurationMember.Value),
        (nameof(RootKeyFileOptions.CreateIfMissing), ConfigurationMember.Value),
    ];

    private static readonly (string Name, ConfigurationMember Kind)[] Certificate =
    [
        (nameof(RootCertificateOptions.Certificate), ConfigurationMember.Section),
        (nameof(RootCertificateOptions.Signing), ConfigurationMember.Section),
        (nameof(RootCertificateOptions.EscrowPaths), ConfigurationMember.List),
        (nameof(RootCertificateOptions.RevocationMode), ConfigurationMember.Value),
    ];

    private static readonly (string Name, ConfigurationMember Kind)[] Source =
    [
        (nameof(CertificateSource.Path), ConfigurationMember.Value),
        (nameof(CertificateSource.KeyPath), ConfigurationMember.Value),
        (nameof(CertificateSource.Password), ConfigurationMember.Value),
        (nameof(CertificateSource.PasswordFile), ConfigurationMember.Value),
        (nameof(CertificateSource.Thumbprint), ConfigurationMember.Value),
        (nameof(CertificateSource.StoreLocation), ConfigurationMember.Value),
    ];

    public static void CheckKeyRingShape(this OptionsBuilder<KeyRingOptions> options, IConfiguration configuration) => options
        .CheckShape(
            configuration,
            (nameof(KeyRingOptions.RootKeyFile), ConfigurationMember.Section),
            (nameof(KeyRingOptions.RootCertificate), ConfigurationMember.Section),
            (nameof(KeyRingOptions.PreviousRootKeyFiles), ConfigurationMember.Section),
            (nameof(KeyRingOptions.PreviousRootCertificates), ConfigurationMember.Section),
            (nameof(KeyRingOptions.KeyFolder), ConfigurationMember.Value),
            (nameof(KeyRingOptions.AllowVolatileKeys), ConfigurationMember.Value),
            (nameof(KeyRingOptions.CacheLifetime), ConfigurationMember.Value),
            (nameof(KeyRingOptions.CacheCapacity), ConfigurationMember.Value))
        .CheckParts(() =>
        [
            .. Faults(configuration.GetSection(nameof(KeyRingOptions.RootKeyFile)), File),
            .. configuration.GetSection(nameof(KeyRingOptions.PreviousRootKeyFiles)).GetChildren().SelectMany(file => Faults(file, File)),
            .. CertificateFaults(configuration.GetSection(nameof(KeyRingOptions.RootCertificate))),
            .. configuration.GetSection(nameof(KeyRingOptions.PreviousRootCertificates)).GetChildren().SelectMany(CertificateFaults),
        ]);

    public static void CheckRootCertificateShape(this OptionsBuilder<KeyRingOptions> options, IConfiguration configuration) => options
        .CheckShape(configuration, Certificate)
        .CheckParts(() => SourceFaults(configuration));

    private static IEnumerable<string> CertificateFaults(IConfigurationSection section) => [.. Faults(section, Certificate), .. SourceFaults(section)];

    private static IEnumerable<string> SourceFaults(IConfiguration certificate) =>
    [
        .. Faults(certificate.GetSection(nameof(RootCertificateOptions.Certificate)), Source),
        .. Faults(certificate.GetSection(nameof(RootCertificateOptions.Signing)), Source),
    ];

    /// <summary>The faults of a part that may be left out.</summary>
    private static IReadOnlyList<string> Faults(IConfigurationSection section, (string Name, ConfigurationMember Kind)[] members) =>
        section.GetChildren().Any() ? ConfigurationShape.Faults(section, members) : [];
}
