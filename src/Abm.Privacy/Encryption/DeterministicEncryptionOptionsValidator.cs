using Microsoft.Extensions.Options;

namespace Abm.Privacy.Encryption;

internal sealed class DeterministicEncryptionOptionsValidator : IValidateOptions<DeterministicEncryptionOptions>
{
    public static IReadOnlyList<string> FindFaults(DeterministicEncryptionOptions options) => options.LeakageAccepted switch
    {
        null => ["Deterministic encryption: LeakageAccepted is not set. Write why it is accepted that equal values are seen to be equal, or use AddEncryption, which shows nothing."],
        var reason when !WrittenReason.IsWritten(reason) =>
            [$"Deterministic encryption: LeakageAccepted is no reason. Write a sentence of at least {WrittenReason.MinWords} words."],
        _ => [],
    };

    public ValidateOptionsResult Validate(string? name, DeterministicEncryptionOptions options) =>
        FindFaults(options) is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
}
