namespace Abm.Privacy.Keys;

/// <summary>Where keys come from and how long they stay in memory.</summary>
public sealed class KeyRingOptions
{
    /// <summary>The root key file. Exactly one root is configured: this file, a certificate, a provider of your own, or volatile keys.</summary>
    public RootKeyFileOptions RootKeyFile { get; } = new();

    /// <summary>The certificate that is the root key.</summary>
    public RootCertificateOptions RootCertificate { get; } = new();

    /// <summary>Earlier root key files. They open what they wrapped until it is rewrapped under the current root, and wrap nothing.</summary>
    /// <value>The default is empty.</value>
    public IList<RootKeyFileOptions> PreviousRootKeyFiles { get; } = [];

    /// <summary>Earlier root certificates. They open what they wrapped until it is rewrapped under the current root, and wrap nothing.</summary>
    /// <value>The default is empty.</value>
    public IList<RootCertificateOptions> PreviousRootCertificates { get; } = [];

    /// <summary>The folder of the file key stores.</summary>
    /// <value>The default is null: the folder of the root key file.</value>
    public string? KeyFolder { get; set; }

    /// <summary>
    /// Keeps every key in memory alone: what is encrypted is lost when the process ends. Refused outside the Development
    /// environment when there is a host.
    /// </summary>
    /// <value>The default is false.</value>
    public bool AllowVolatileKeys { get; set; }

    /// <summary>How long an unwrapped key may stay in memory beside the leases, and so how long another process may still open a destroyed one.</summary>
    /// <value>The default is 60 seconds. 0 turns the cache off; at most one hour. A lease keeps its keys until it ends.</value>
    public TimeSpan CacheLifetime { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How many owners' keys may stay in memory at once.</summary>
    /// <value>The default is 10,000. From 1 to 1,000,000.</value>
    public int CacheCapacity { get; set; } = 10_000;

    // fields, so that no configuration binds them

    internal readonly HashSet<string> NamedRootKeyFiles = new(StringComparer.Ordinal);

    internal readonly HashSet<string> NamedRootCertificates = new(StringComparer.Ordinal);

    internal readonly List<Func<IServiceProvider, IRootKeyProvider>> PreviousRootKeyProviders = [];

    internal Func<IServiceProvider, IRootKeyProvider>? RootKeyProvider;

    internal Func<IServiceProvider, ITenantKeyStore>? TenantKeyStore;

    internal Func<IServiceProvider, IDataKeyStore>? DataKeyStore;

    /// <summary>The full path of the file key stores' folder, defaults applied; null when there is none.</summary>
    internal string? FindKeyFolder() => (KeyFolder, RootKeyFile.Path) switch
    {
        ({ Length: > 0 } folder, _) when IsPath(folder) => Path.GetFullPath(folder),
        (null, { Length: > 0 } file) when IsPath(file) => Path.GetDirectoryName(Path.GetFullPath(file)),
        _ => null,
    };

    // two registrations that share a key ring may each name its previous roots: one path is one root

    internal IEnumerable<RootKeyFileOptions> DistinctPreviousFiles() =>
        PreviousRootKeyFiles.DistinctBy(file => file.Path is { } path && IsPath(path) ? Path.GetFullPath(path) : file.Path);

    internal IEnumerable<RootCertificateOptions> DistinctPreviousCertificates() =>
        PreviousRootCertificates.DistinctBy(certificate => certificate.Certificate.Load is null ? certificate.Name : (object)certificate);

    internal static bool IsPath(string text) => !string.IsNullOrWhiteSpace(text) && !text.Contains('\0', StringComparison.Ordinal);
}
