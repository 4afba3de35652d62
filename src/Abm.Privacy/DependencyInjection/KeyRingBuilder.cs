using System.ComponentModel;
using Abm.Privacy.Keys;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Says where the keys of a registration come from. Encryption and pseudonymization of one name share one key ring.</summary>
public sealed class KeyRingBuilder
{
    internal KeyRingBuilder(IServiceCollection services, string name) => (Services, Name) = (services, name);

    /// <summary>The services that are registered into; for packages that extend this builder.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public IServiceCollection Services { get; }

    /// <summary>The name of the registration; empty for the default one.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public string Name { get; }

    /// <summary>Takes the root key from a PKCS#12 file that <see cref="PrivacyKeys.CreateRootFileAsync"/> made.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="configuration">A section with <c>Password</c> or <c>PasswordFile</c>; see <see cref="RootKeyFileOptions"/>.</param>
    /// <returns>This builder.</returns>
    public KeyRingBuilder UseRootKeyFile(string path, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Configure(options =>
        {
            configuration.Bind(options.RootKeyFile);
            SetRootKeyFile(options, path);
        });
    }

    /// <summary>Takes the root key from a PKCS#12 file that <see cref="PrivacyKeys.CreateRootFileAsync"/> made.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="configure">Sets the password or the password file.</param>
    /// <returns>This builder.</returns>
    public KeyRingBuilder UseRootKeyFile(string path, Action<RootKeyFileOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Configure(options =>
        {
            configure(options.RootKeyFile);
            SetRootKeyFile(options, path);
        });
    }

    /// <summary>
    /// Makes the root key file on first use if it is missing, for development and first installations. Refused when the
    /// key stores hold keys already.
    /// </summary>
    /// <returns>This builder.</returns>
    public KeyRingBuilder CreateIfMissing() => Configure(options => options.RootKeyFile.CreateIfMissing = true);

    /// <summary>Keeps the file key stores in a folder of its own instead of the root key file's.</summary>
    /// <param name="path">The folder; made if missing.</param>
    /// <returns>This builder.</returns>
    public KeyRingBuilder UseKeyFolder(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Configure(options => options.KeyFolder = path);
    }

    /// <summary>Takes the root key from a provider of your own, such as a key-management service.</summary>
    /// <param name="create">Makes the provider, once.</param>
    /// <returns>This builder.</returns>
    public KeyRingBuilder UseRootKeyProvider(Func<IServiceProvider, IRootKeyProvider> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        return Configure(options => options.RootKeyProvider = create);
    }

    /// <summary>Takes an X.509 certificate with an RSA key as the root key.</summary>
    /// <param name="configure">Says which certificate, and who may recover keys.</param>
    /// <returns>This builder.</returns>
    public KeyRingBuilder UseRootCertificate(Action<RootCertificateOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return Configure(options =>
        {
            configure(options.RootCertificate);
            options.NamedRootCertificates.Add(options.RootCertificate.Name);
        });
    }

    /// <summary>Takes an X.509 certificate with an RSA key as the root key.</summary>
    /// <param name="configuration">A section like <see cref="RootCertificateOptions"/>.</param>
    /// <returns>This builder.</returns>
    public KeyRingBuilder UseRootCertificate(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        Services.AddOptions<KeyRingOptions>(Name).CheckRootCertificateShape(configuration);
        return UseRootCertificate(options => configuration.Bind(options));
    }

    /// <summary>
    /// Keeps opening what an earlier root key file wrapped, until root rotation has rewrapped it. May be called for several.
    /// </summary>
    /// <param name="path">The earlier file's path.</param>
    /// <param name="configure">Sets the password or the password file.</param>
    /// <returns>This builder.</returns>
    public KeyRingBuilder UsePreviousRootKeyFile(string path, Action<RootKeyFileOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Configure(options =>
        {
            var previous = new RootKeyFileOptions();
            configure(previous);
            previous.Path = path;
            options.PreviousRootKeyFiles.Add(previous);
        });
    }

    /// <summary>
    /// Keeps opening what an earlier root certificate wrapped, until root rotation has rewrapped it; it may be expired. May be
    /// called for several.
    /// </summary>
    /// <param name="configure">Says which certificate with its private key.</param>
    /// <returns>This builder.</returns>
    public KeyRingBuilder UsePreviousRootCertificate(Action<RootCertificateOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return Configure(options =>
        {
            var previous = new RootCertificateOptions();
            configure(previous);
            options.PreviousRootCertificates.Add(previous);
        });
    }

    /// <summary>
    /// Keeps opening what an earlier root provider of your own wrapped, until root rotation has rewrapped it. May be called for
    /// several.
    /// </summary>
    /// <param name="create">Makes the provider, once.</param>
    /// <returns>This builder.</returns>
    public KeyRingBuilder UsePreviousRootKeyProvider(Func<IServiceProvider, IRootKeyProvider> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        return Configure(options =>
        {
            if (!options.PreviousRootKeyProviders.Contains(create))
            {
                options.PreviousRootKeyProviders.Add(create);
            }
        });
    }

    /// <summary>Keeps tenant keys in a store of your own.</summary>
    /// <param name="create">Makes the store, once.</param>
    /// <returns>This builder.</returns>
    public KeyRingBuilder UseTenantKeyStore(Func<IServiceProvider, ITenantKeyStore> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        return Configure(options => options.TenantKeyStore = create);
    }

    /// <summary>Keeps data keys in a store of your own.</summary>
    /// <param name="create">Makes the store, once.</param>
    /// <returns>This builder.</returns>
    public KeyRingBuilder UseDataKeyStore(Func<IServiceProvider, IDataKeyStore> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        return Configure(options => options.DataKeyStore = create);
    }

    /// <summary>
    /// Keeps every key in memory alone. What is encrypted is lost when the process ends: for demonstrations and tests.
    /// </summary>
    /// <returns>This builder.</returns>
    public KeyRingBuilder AllowVolatileKeys() => Configure(options => options.AllowVolatileKeys = true);

    /// <summary>Sets cache size and lifetime, or any other option.</summary>
    /// <param name="configure">Changes the options.</param>
    /// <returns>This builder.</returns>
    public KeyRingBuilder Configure(Action<KeyRingOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Services.Configure(Name, configure);
        return this;
    }

    private static void SetRootKeyFile(KeyRingOptions options, string path)
    {
        options.RootKeyFile.Path = path;
        options.NamedRootKeyFiles.Add(path);
    }
}
