namespace Abm.Privacy.Masking.Views;

/// <summary>What the roles of an application see.</summary>
public sealed class MaskingViewOptions
{
    /// <summary>Profiles by the name of a role, compared by code unit. The default is empty: nobody sees anything.</summary>
    public IDictionary<string, MaskingProfile> Roles { get; } = new Dictionary<string, MaskingProfile>(StringComparer.Ordinal);

    /// <summary>
    /// The pseudonymization domain of the level <see cref="ViewLevel.Pseudonym"/>: 1 to 128 bytes of UTF-8. Pseudonyms of
    /// another domain cannot be linked with these.
    /// </summary>
    /// <value>The default is <c>masking-views</c>.</value>
    public string PseudonymDomain { get; set; } = "masking-views";

    /// <summary>The profile of a role, made if it is not there yet.</summary>
    /// <param name="name">The role.</param>
    /// <returns>The profile.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public MaskingProfile Role(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!Roles.TryGetValue(name, out var profile))
        {
            Roles.Add(name, profile = new MaskingProfile());
        }

        return profile;
    }
}
