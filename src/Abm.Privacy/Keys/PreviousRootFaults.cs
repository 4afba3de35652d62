namespace Abm.Privacy.Keys;

/// <summary>Lists what is wrong with the previous roots, each on its own and beside the current one.</summary>
internal static class PreviousRootFaults
{
    public static void AddTo(List<string> faults, KeyRingOptions options)
    {
        var any = options.PreviousRootKeyFiles.Count + options.PreviousRootCertificates.Count + options.PreviousRootKeyProviders.Count > 0;
        if (any && options.AllowVolatileKeys)
        {
            faults.Add("AllowVolatileKeys() keeps nothing that a previous root could have wrapped. Remove the UsePrevious... calls, or configure a root that lasts.");
            return;
        }

        foreach (var file in options.DistinctPreviousFiles())
        {
            RootFaults.Add(faults, file, nameof(options.PreviousRootKeyFiles));
            if (file.CreateIfMissing)
            {
                faults.Add($"The previous root key file '{file.Path}' has CreateIfMissing, and a new file opens nothing. Remove it and restore the file.");
            }

            if (FullPath(file.Path) is { } path && path == FullPath(options.RootKeyFile.Path))
            {
                faults.Add($"The root key file '{file.Path}' is both the current and a previous root. Make a new file for the current root, or remove UsePreviousRootKeyFile.");
            }
        }

        foreach (var certificate in options.DistinctPreviousCertificates())
        {
            RootFaults.Add(faults, certificate, nameof(options.PreviousRootCertificates));
            if (options.RootCertificate.Certificate.IsSet && certificate.Certificate.Load is null && certificate.Name == options.RootCertificate.Name)
            {
                faults.Add($"The certificate '{certificate.Name}' is both the current and a previous root. Configure a new certificate for the current root, or remove UsePreviousRootCertificate.");
            }
        }

        if (options.RootKeyProvider is { } current && options.PreviousRootKeyProviders.Contains(current))
        {
            faults.Add("One root key provider is both the current and a previous root. Configure another for the current root, or remove UsePreviousRootKeyProvider.");
        }
    }

    private static string? FullPath(string? path) => path is not null && KeyRingOptions.IsPath(path) ? Path.GetFullPath(path) : null;
}
