using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Abm.Privacy.Keys;

/// <summary>Lists every fault of the key options.</summary>
internal sealed class KeyRingOptionsValidator(IEnumerable<IHostEnvironment> hosts) : IValidateOptions<KeyRingOptions>
{
    public const int MinPasswordLength = 12;

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
        if (options.RootKeyFile.Path is not null && options.RootKeyProvider is null && !options.AllowVolatileKeys)
        {
            AddFileFaults(options.RootKeyFile, faults);
        }

        var registration = string.IsNullOrEmpty(name) ? "Keys" : $"Keys of the registration '{name}'";
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults.Select(fault => $"{registration}: {fault}"));
    }

    private static void AddFileFaults(RootKeyFileOptions file, List<string> faults)
    {
        if (string.IsNullOrWhiteSpace(file.Path))
        {
            faults.Add("RootKeyFile.Path is empty. Set it to the path of the PKCS#12 file.");
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
            case ({ Length: < MinPasswordLength }, null):
                faults.Add($"The root key file's password is shorter than {MinPasswordLength} characters. Use a longer one.");
                break;
            case (null, { } secret) when !File.Exists(secret):
                faults.Add($"The password file '{secret}' does not exist. Mount the secret, or correct PasswordFile.");
                break;
        }
    }

    private void AddSourceFaults(KeyRingOptions options, List<string> faults)
    {
        var sources = (options.RootKeyFile.Path is null ? 0 : 1) + (options.RootKeyProvider is null ? 0 : 1) + (options.AllowVolatileKeys ? 1 : 0);
        if (sources == 0)
        {
            faults.Add("No root key is configured. Call UseRootKeyFile(...) or UseRootKeyProvider(...); for a demonstration only, AllowVolatileKeys().");
        }
        else if (sources > 1)
        {
            faults.Add("More than one root key is configured. Keep one of UseRootKeyFile, UseRootKeyProvider and AllowVolatileKeys.");
        }

        if (options.AllowVolatileKeys && hosts.FirstOrDefault() is { } host && !host.IsDevelopment())
        {
            faults.Add($"AllowVolatileKeys() loses every encrypted value when the process ends and is refused in the environment '{host.EnvironmentName}'. Use UseRootKeyFile(...), or run in the Development environment.");
        }

        if (!options.AllowVolatileKeys && options.EffectiveKeyFolder is null && (options.TenantKeyStore is null || options.DataKeyStore is null))
        {
            faults.Add("No key store is configured. Call UseKeyFolder(...), or UseTenantKeyStore(...) and UseDataKeyStore(...).");
        }
    }
}
