using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Abm.Privacy.Keys;

/// <summary>Lists every fault of the key options.</summary>
internal sealed class KeyRingOptionsValidator(IEnumerable<IHostEnvironment> hosts) : IValidateOptions<KeyRingOptions>
{
    private readonly ConcurrentDictionary<string, string> _nameByFolder = new(StringComparer.Ordinal);

    /// <summary>The faults that do not depend on where keys come from.</summary>
    public static List<string> CacheFaults(KeyRingOptions options)
    {
        var faults = new List<string>();
        if (options.CacheLifetime < TimeSpan.Zero || options.CacheLifetime > TimeSpan.FromHours(1))
        {
            faults.Add($"CacheLifetime is {options.CacheLifetime}. Set it from 0 to 1 hour.");
        }

        if (options.CacheCapacity is < 1 or > 1_000_000)
        {
            faults.Add($"CacheCapacity is {options.CacheCapacity}. Set it from 1 to 1,000,000.");
        }

        return faults;
    }

    public ValidateOptionsResult Validate(string? name, KeyRingOptions options)
    {
        var faults = CacheFaults(options);
        AddSourceFaults(options, faults);
        AddStoreFaults(options, name ?? "", faults);
        if (options.RootKeyProvider is null && !options.AllowVolatileKeys)
        {
            RootFaults.AddTo(faults, options);
        }

        PreviousRootFaults.AddTo(faults, options);

        var registration = string.IsNullOrEmpty(name) ? "Keys" : $"Keys of the registration '{name}'";
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults.Select(fault => $"{registration}: {fault}"));
    }

    private void AddSourceFaults(KeyRingOptions options, List<string> faults)
    {
        var sources = (options.RootKeyFile.Path is null ? 0 : 1) + (options.RootCertificate.Certificate.IsSet ? 1 : 0) + (options.RootKeyProvider is null ? 0 : 1) + (options.AllowVolatileKeys ? 1 : 0);
        if (sources == 0)
        {
            faults.Add("No root key is configured. Call UseRootKeyFile(...), UseRootCertificate(...) or UseRootKeyProvider(...); for a demonstration only, AllowVolatileKeys().");
        }
        else if (sources > 1)
        {
            faults.Add("More than one root key is configured. Keep one of UseRootKeyFile, UseRootCertificate, UseRootKeyProvider and AllowVolatileKeys; a root that was replaced is named with UsePrevious....");
        }

        if (options.AllowVolatileKeys && hosts.FirstOrDefault() is { } host && !host.IsDevelopment())
        {
            faults.Add($"AllowVolatileKeys() loses every encrypted value when the process ends and is refused in the environment '{host.EnvironmentName}'. Use UseRootKeyFile(...), or run in the Development environment.");
        }

        AddTwoRootsFault("key files", options.NamedRootKeyFiles, faults);
        AddTwoRootsFault("certificates", options.NamedRootCertificates, faults);
    }

    private static void AddTwoRootsFault(string kind, HashSet<string> named, List<string> faults)
    {
        if (named.Count > 1)
        {
            faults.Add($"Two root {kind} are named for one key ring: {string.Join(", ", named.Order(StringComparer.Ordinal))}. Keep one and name the other with UsePrevious... if it was replaced; to keep roots apart, give one of the registrations a name.");
        }
    }

    private void AddStoreFaults(KeyRingOptions options, string name, List<string> faults)
    {
        if (options.AllowVolatileKeys)
        {
            if (options.KeyFolder is not null || options.TenantKeyStore is not null || options.DataKeyStore is not null)
            {
                faults.Add("AllowVolatileKeys() forgets its root when the process ends, and keys that a store keeps could never be opened again. Remove UseKeyFolder, UseTenantKeyStore and UseDataKeyStore, or use a root key file.");
            }

            return;
        }

        if (options.TenantKeyStore is not null && options.DataKeyStore is not null)
        {
            return;
        }

        var folder = options.FindKeyFolder();
        if (folder is null)
        {
            faults.Add(options.KeyFolder is null
                ? "No key store is configured. Call UseKeyFolder(...), or UseTenantKeyStore(...) and UseDataKeyStore(...)."
                : "KeyFolder is empty or no path. Set it to a folder.");
        }
        else if (File.Exists(folder))
        {
            faults.Add($"The key folder '{folder}' is a file. Set KeyFolder to a folder.");
        }
        else if (_nameByFolder.GetOrAdd(folder, name) is var owner && owner != name)
        {
            faults.Add($"The key folder '{folder}' belongs to {(owner.Length == 0 ? "the default registration" : $"the registration '{owner}'")} already. Call UseKeyFolder(...) with a folder of its own.");
        }
    }
}
