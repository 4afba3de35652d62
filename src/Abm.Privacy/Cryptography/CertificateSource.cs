using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Serialization;

namespace Abm.Privacy.Cryptography;

/// <summary>
/// Where a certificate and its private key come from: a PKCS#12 or PEM file, the certificate store of the machine or user, or code of
/// your own. Exactly one is given.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class CertificateSource
{
    /// <summary>The path of a PKCS#12 (PFX) or PEM file; which of them it is shows in its content.</summary>
    /// <value>The default is null.</value>
    public string? Path { get; set; }

    /// <summary>The path of the PEM file of the private key, when it does not stand in the certificate's file.</summary>
    /// <value>The default is null.</value>
    public string? KeyPath { get; set; }

    /// <summary>The password of the PKCS#12 file or of the encrypted PEM key. Give this or <see cref="PasswordFile"/>.</summary>
    /// <value>The default is null: the private key is not encrypted.</value>
    [JsonIgnore]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? Password { get; set; }

    /// <summary>A file whose first line is the password, as orchestrators mount secrets. Give this or <see cref="Password"/>.</summary>
    /// <value>The default is null.</value>
    public string? PasswordFile { get; set; }

    /// <summary>
    /// The thumbprint of a certificate in the store "My": 64 hexadecimal digits of SHA-256, or 40 of SHA-1 as certificate
    /// tools show it.
    /// </summary>
    /// <value>The default is null.</value>
    public string? Thumbprint { get; set; }

    /// <summary>Whose store <see cref="Thumbprint"/> is looked up in.</summary>
    /// <value>The default is <see cref="StoreLocation.CurrentUser"/>.</value>
    public StoreLocation StoreLocation { get; set; } = StoreLocation.CurrentUser;

    // a field, so that no configuration binds it

    internal Func<X509Certificate2>? Load;

    internal bool IsSet => Path is not null || Thumbprint is not null || Load is not null;

    internal string Name => (Path, Thumbprint) switch
    {
        ({ } path, _) => path,
        (null, { } thumbprint) => thumbprint,
        _ => "a certificate from code",
    };

    /// <summary>Takes the certificate from code of your own, such as a vault's client or an HSM's.</summary>
    /// <param name="load">Returns the certificate with its private key. It stays yours: a copy of it is kept.</param>
    public void Use(Func<X509Certificate2> load)
    {
        ArgumentNullException.ThrowIfNull(load);
        Load = load;
    }

    /// <summary>The path or thumbprint alone; a password is never shown.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"certificate '{Name}'";
}
