using Abm.Privacy.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Abm.Privacy.EntityFrameworkCore.Keys;

/// <summary>Refuses, when a host starts, databases in which keys would be of no use. It connects to none.</summary>
internal sealed class KeyDatabaseValidator(KeyDatabaseRegistry registry, IServiceProvider services) : IValidateOptions<KeyRingOptions>
{
    public ValidateOptionsResult Validate(string? name, KeyRingOptions options)
    {
        var faults = new List<string>();
        if (registry.FindDataKeys(name ?? "", services) is { } dataKeys)
        {
            try
            {
                using var lease = dataKeys.Open();
                AddFaults(lease.Context, registry.FindTenantKeysApart(name ?? ""), faults);
            }
            catch (Exception error) when (error is InvalidOperationException or NotSupportedException)
            {
                faults.Add(error.Message);
            }
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults.Select(fault => "Keys: " + fault));
    }

    private static void AddFaults(DbContext dataKeys, TenantKeyContextFactory? tenantKeys, List<string> faults)
    {
        _ = KeyTables.Of(dataKeys); // says what the model lacks
        using var context = tenantKeys?.CreateDbContext();
        if (context is not null && TenantKeySeparation.IsSameDatabase(dataKeys, context))
        {
            faults.Add("Tenant keys and data keys are in one database. " + TenantKeySeparation.Advice);
        }
    }
}
