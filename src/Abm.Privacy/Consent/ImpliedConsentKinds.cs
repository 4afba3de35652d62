namespace Abm.Privacy.Consent;

/// <summary>The codes of <see cref="ConsentFacts.ImpliedKind"/>: what gives rise to implied consent (CASL section 10).</summary>
public static class ImpliedConsentKinds
{
    /// <summary>A purchase.</summary>
    public const string Purchase = "purchase";

    /// <summary>A written contract.</summary>
    public const string Contract = "contract";

    /// <summary>An inquiry or application.</summary>
    public const string Inquiry = "inquiry";

    /// <summary>An address that the person published.</summary>
    public const string Published = "published";

    internal static string[] All => [Purchase, Contract, Inquiry, Published];
}
