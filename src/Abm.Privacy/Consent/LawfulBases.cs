using System.Collections.Immutable;

namespace Abm.Privacy.Consent;

/// <summary>The codes of the ground on which a permit rests; the <c>basis</c> of a permit rule is one of them.</summary>
public static class LawfulBases
{
    /// <summary>Consent.</summary>
    public const string Consent = "consent";

    /// <summary>Implied consent (CASL section 10).</summary>
    public const string ImpliedConsent = "implied-consent";

    /// <summary>The soft opt-in of existing customers (ePrivacy Directive Article 13(2)).</summary>
    public const string SoftOptIn = "soft-opt-in";

    /// <summary>A contract.</summary>
    public const string Contract = "contract";

    /// <summary>A legal obligation.</summary>
    public const string LegalObligation = "legal-obligation";

    /// <summary>Vital interests.</summary>
    public const string VitalInterest = "vital-interest";

    /// <summary>A task in the public interest.</summary>
    public const string PublicTask = "public-task";

    /// <summary>Legitimate interest, with an assessment on record.</summary>
    public const string LegitimateInterest = "legitimate-interest";

    /// <summary>A law that permits until the person opts out.</summary>
    public const string OptOutRegime = "opt-out-regime";

    /// <summary>A transactional message.</summary>
    public const string Transactional = "transactional";

    /// <summary>No ground is needed, because no personal data is used or the law asks for none.</summary>
    public const string None = "none";

    internal static ImmutableArray<string> All { get; } =
    [
        Consent, ImpliedConsent, SoftOptIn, Contract, LegalObligation, VitalInterest, PublicTask, LegitimateInterest, OptOutRegime, Transactional, None,
    ];
}
