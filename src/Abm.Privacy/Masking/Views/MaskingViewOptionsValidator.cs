using System.Text;
using Abm.Privacy.Classification;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Masking.Characters;
using Microsoft.Extensions.Options;

namespace Abm.Privacy.Masking.Views;

internal sealed class MaskingViewOptionsValidator : IValidateOptions<MaskingViewOptions>
{
    public static IReadOnlyList<string> FindFaults(MaskingViewOptions options)
    {
        var faults = new List<string>();
        foreach (var (role, profile) in options.Roles)
        {
            if (string.IsNullOrWhiteSpace(role))
            {
                faults.Add("Masking views: a role has no name. Name it.");
            }

            if (profile is null)
            {
                faults.Add($"Masking views: the role '{role}' has no profile. Give it one, or take the role out: it sees nothing then.");
                continue;
            }

            foreach (var (name, level) in profile.Classes)
            {
                if (!DataClass.TryCreate(name, out _))
                {
                    faults.Add($"Masking views: '{name}' of the role '{role}' is not a data class. Write lower-case parts joined by dots, for example 'contact.email'.");
                }
                else if (DataClasses.MisspelledBy(name) is { } meant)
                {
                    faults.Add($"Masking views: '{name}' of the role '{role}' is close to the built-in class '{meant}'. Write '{meant}', or choose a name that cannot be taken for it.");
                }

                if (level is < ViewLevel.Hidden or > ViewLevel.Clear)
                {
                    faults.Add($"Masking views: the level of '{name}' of the role '{role}' is none. Write Hidden, Pseudonym, Masked or Clear.");
                }
            }
        }

        if (string.IsNullOrEmpty(options.PseudonymDomain) || !Utf16Text.IsWellFormed(options.PseudonymDomain) || Encoding.UTF8.GetByteCount(options.PseudonymDomain) > OpaqueId.MaxBytes)
        {
            faults.Add("Masking views: PseudonymDomain must be 1 to 128 bytes of valid UTF-8. Name the environment within which a pseudonym stands for one person.");
        }

        return faults;
    }

    public ValidateOptionsResult Validate(string? name, MaskingViewOptions options) =>
        FindFaults(options) is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
}
