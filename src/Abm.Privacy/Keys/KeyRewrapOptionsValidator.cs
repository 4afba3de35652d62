using Microsoft.Extensions.Options;

namespace Abm.Privacy.Keys;

/// <summary>Lists every fault of the rewrap options.</summary>
internal sealed class KeyRewrapOptionsValidator : IValidateOptions<KeyRewrapOptions>
{
    /// <summary>The options, or the defaults for null.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static KeyRewrapOptions Check(KeyRewrapOptions? options, string parameter)
    {
        var faults = options is null ? [] : FindFaults(options);
        return faults.Count == 0 ? options ?? new KeyRewrapOptions() : throw new ArgumentException(string.Join(" ", faults), parameter);
    }

    public ValidateOptionsResult Validate(string? name, KeyRewrapOptions options)
    {
        var faults = FindFaults(options);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static List<string> FindFaults(KeyRewrapOptions options)
    {
        var faults = new List<string>();
        if (options.PageSize is < 1 or > 10_000)
        {
            faults.Add($"PageSize is {options.PageSize}. Set it from 1 to 10,000.");
        }

        if (options.Pause < TimeSpan.Zero || options.Pause > TimeSpan.FromHours(1))
        {
            faults.Add($"Pause is {options.Pause}. Set it from 0 to 1 hour.");
        }

        return faults;
    }
}
