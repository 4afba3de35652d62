using System.Text;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Microsoft.Extensions.Options;

namespace Abm.Privacy.Erasure;

/// <summary>Lists every fault of the erasure options.</summary>
internal sealed class ErasureOptionsValidator : IValidateOptions<ErasureOptions>
{
    public ValidateOptionsResult Validate(string? name, ErasureOptions options)
    {
        var faults = CertificateSourceFaults.Of(options.SigningCertificate, nameof(ErasureOptions.SigningCertificate)).ToList();
        if (options.EncryptedSinceFirstWrite is { } declared && string.IsNullOrWhiteSpace(declared))
        {
            faults.Add("EncryptedSinceFirstWrite is empty. Say who declares it and since when, or leave it out.");
        }

        if (options.NoKeyBackups && options.KeyBackups.Count > 0)
        {
            faults.Add("NoKeyBackups is set although KeyBackups lists some. Keep one of them.");
        }

        for (var i = 0; i < options.KeyBackups.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(options.KeyBackups[i].Name))
            {
                faults.Add($"KeyBackups[{i}] has no name. Name the backup as its operators do.");
            }

            if (options.KeyBackups[i].Retention < TimeSpan.Zero)
            {
                faults.Add($"KeyBackups[{i}] has a negative retention. Set how long after it was taken the last copy is gone.");
            }
        }

        if (string.IsNullOrEmpty(options.PseudonymDomain) || Encoding.UTF8.GetByteCount(options.PseudonymDomain) > OpaqueId.MaxBytes)
        {
            faults.Add($"PseudonymDomain has no name of 1 to {OpaqueId.MaxBytes} bytes. The default is 'erasure'.");
        }

        var registration = string.IsNullOrEmpty(name) ? "Erasure" : $"Erasure of the registration '{name}'";
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults.Select(fault => $"{registration}: {fault}"));
    }
}
