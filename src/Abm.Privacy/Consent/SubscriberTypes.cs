namespace Abm.Privacy.Consent;

/// <summary>The codes of <see cref="ConsentFacts.SubscriberType"/>: who holds the contract for the address or line.</summary>
public static class SubscriberTypes
{
    /// <summary>A private person.</summary>
    public const string Individual = "individual";

    /// <summary>A company or another legal person.</summary>
    public const string Corporate = "corporate";

    /// <summary>A person in business under the own name.</summary>
    public const string SoleTrader = "sole_trader";

    /// <summary>A partnership without legal personality.</summary>
    public const string Partnership = "partnership";

    /// <summary>An authority or another public body.</summary>
    public const string PublicBody = "public_body";

    internal static string[] All => [Individual, Corporate, SoleTrader, Partnership, PublicBody];
}
