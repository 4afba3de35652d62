namespace Abm.Privacy.Consent;

/// <summary>The codes of <see cref="ConsentFacts.ConsentStatus"/>.</summary>
public static class ConsentStatuses
{
    /// <summary>Nobody ever asked, or nothing was answered.</summary>
    public const string None = "none";

    /// <summary>Given, but the double opt-in is not confirmed yet.</summary>
    public const string Pending = "pending";

    /// <summary>Given.</summary>
    public const string Granted = "granted";

    /// <summary>Given once and taken back.</summary>
    public const string Withdrawn = "withdrawn";

    /// <summary>Asked for and not given.</summary>
    public const string Refused = "refused";

    internal static string[] All => [None, Pending, Granted, Withdrawn, Refused];
}
