namespace Abm.Privacy.Consent;

/// <summary>Which policies decide. They are joined into one; at least one is needed.</summary>
public sealed class ConsentOptions
{
    /// <summary>Paths of policy documents. A relative path is looked for in the current directory, then beside the application. Default: none.</summary>
    public IList<string> PolicyFiles { get; } = [];

    /// <summary>Policies that were made in code; a field, so that no configuration binds it.</summary>
    internal readonly List<ConsentPolicy> Policies = [];

    /// <summary>Loads and joins everything; a path that is named twice counts once.</summary>
    internal ConsentPolicy Load() =>
        ConsentPolicy.Combine([.. PolicyFiles.Distinct(StringComparer.Ordinal).Select(ConsentPolicy.Load), .. Policies.Distinct()]);
}
