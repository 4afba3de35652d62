using Abm.Privacy.Consent;

namespace QuickStart.Decisions;

/// <summary>What would have to change for a denial to become a permit, in words.</summary>
internal static class Remedies
{
    private const string NewConsent = "a consent of the person with proof (notice, method and place), which a marketing message must not ask for";

    public static string Of(ConsentDecision decision)
    {
        if (decision.IsPermitted)
        {
            return "";
        }

        var remedies = decision.Reasons.Select(reason => Remedy(reason.Code)).OfType<string>().Distinct().ToList();
        return remedies.Count == 0 ? "" : $" What would change it: {string.Join("; and ", remedies)}.";
    }

    private static string? Remedy(string code) => code switch
    {
        ReasonCodes.ConsentMissing or ReasonCodes.ConsentWithdrawn or ReasonCodes.ConsentRefused or ReasonCodes.ConsentExpired or ReasonCodes.ConsentGenericVoid
            or ReasonCodes.ConsentInvalidMethod or ReasonCodes.ConsentScopeMismatch => NewConsent,
        ReasonCodes.ConsentPendingConfirmation => "the person's confirmation of the double opt-in",
        ReasonCodes.ConsentNotDemonstrable => "the proof of the consent, if it exists; else a new one",
        ReasonCodes.ObjectedDirectMarketing => "the person alone, by a consent with proof that is later than the objection",
        ReasonCodes.Restricted => "the end of the restriction, of which the person is told before",
        ReasonCodes.SuppressedUndeliverable => "an address that works; no consent moves to it",
        ReasonCodes.AccountSuppressed => "whoever suppressed the account",
        ReasonCodes.Art14NoticeOverdue => "a notice under GDPR Article 14 outside of marketing",
        ReasonCodes.FactMissing => "the missing fact",
        ReasonCodes.FactError => "the faulty line, corrected where the file comes from",
        _ => null,
    };
}
