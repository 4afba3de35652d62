using Microsoft.Extensions.Options;

namespace Abm.Privacy.Consent;

/// <summary>Loads every policy, so that a faulty one stops the application at start with all its faults.</summary>
internal sealed class ConsentOptionsValidator : IValidateOptions<ConsentOptions>
{
    public ValidateOptionsResult Validate(string? name, ConsentOptions options)
    {
        if (options.PolicyFiles.Count == 0 && options.Policies.Count == 0)
        {
            return ValidateOptionsResult.Fail(
                "Consent has no policy. Call AddConsent(consent => consent.UsePolicyFile(\"policies/consent.json\")), or set PolicyFiles in the configuration.");
        }

        var failures = new List<string>();
        var trusted = options.TrustedCertificates.Count + options.Signers.Count;
        if (options.RequireSignature && trusted == 0)
        {
            failures.Add("RequireSignature is set, but no certificate is trusted. Name the signers' certificates in TrustedCertificates.");
        }

        if (!options.RequireSignature && trusted > 0)
        {
            failures.Add("TrustedCertificates names certificates, but RequireSignature is not set, so no signature is checked. Set RequireSignature, or remove the certificates.");
        }

        foreach (var path in options.PolicyFiles.Distinct(StringComparer.Ordinal))
        {
            if (string.IsNullOrWhiteSpace(path))
            {
                failures.Add("A policy file has an empty path. Write the file's path, or remove the entry.");
                continue;
            }

            Collect(path, () => options.Load(path));
        }

        if (failures.Count == 0)
        {
            Collect("the policies together", () => options.Load());
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Collect(string source, Action load)
        {
            try
            {
                load();
            }
            catch (InvalidDocumentException error)
            {
                failures.AddRange(error.Faults.Select(fault => $"Policy '{error.DocumentSource ?? source}', {fault}"));
            }
            catch (PrivacyException error)
            {
                failures.Add($"Policy '{source}': {error.Message}"); // a certificate that cannot be read
            }
        }
    }
}
