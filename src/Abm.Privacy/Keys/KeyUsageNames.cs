namespace Abm.Privacy.Keys;

/// <summary>The names of usages and states as they enter wrapped keys and stores. They never change.</summary>
internal static class KeyUsageNames
{
    public static string NameOf(KeyUsage usage) => usage switch
    {
        KeyUsage.Field => "field",
        KeyUsage.Shared => "shared",
        KeyUsage.Index => "index",
        KeyUsage.Token => "token",
        KeyUsage.Pseudonym => "pseudonym",
        KeyUsage.Suppression => "suppression",
        KeyUsage.Decision => "decision",
        _ => throw new ArgumentOutOfRangeException(nameof(usage), usage, "Unknown key usage."),
    };

    public static string NameOf(KeyState state) => state switch
    {
        KeyState.PreActive => "pre-active",
        KeyState.Active => "active",
        KeyState.DecryptOnly => "decrypt-only",
        KeyState.Disabled => "disabled",
        KeyState.Destroyed => "destroyed",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Unknown key state."),
    };

    public static KeyUsage ParseUsage(string name) => Array.Find(Enum.GetValues<KeyUsage>(), usage => NameOf(usage) == name) is var found and not 0
        ? found
        : throw new FormatException($"'{name}' is not a key usage.");

    public static KeyState ParseState(string name) => Array.Find(Enum.GetValues<KeyState>(), state => NameOf(state) == name) is var found and not 0
        ? found
        : throw new FormatException($"'{name}' is not a key state.");
}
