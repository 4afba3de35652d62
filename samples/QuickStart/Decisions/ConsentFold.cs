using Abm.Privacy.Consent;
using QuickStart.Events;

namespace QuickStart.Decisions;

/// <summary>
/// Folds the consent events of one contact into its standing for one purpose and channel. The latest by the time when it
/// happened counts; of two at the same time the one that restricts; and what was taken back comes back only with evidence.
/// </summary>
internal sealed class ConsentFold(Purpose purpose, string channel)
{
    private const string EveryPurpose = "*";
    private const string AnyChannel = "any";

    public ConsentFacts Fold(IReadOnlyList<ConsentEvent> events, ConsentFacts facts)
    {
        foreach (var consentEvent in events.OrderBy(consentEvent => consentEvent.OccurredAt).ThenBy(consentEvent => consentEvent.Restricts))
        {
            facts = Covers(consentEvent) ? Apply(facts, consentEvent)
                : IsGrant(consentEvent) ? facts with { ConsentOtherScope = true }
                : facts;
        }

        return facts;
    }

    private static bool IsGrant(ConsentEvent consentEvent) =>
        consentEvent.Kind is ConsentEventKinds.Granted or ConsentEventKinds.Confirmed or ConsentEventKinds.Renewed;

    private static bool IsDemonstrable(ConsentEvent consentEvent) => consentEvent is { NoticeVersion: not null, Source: not null };

    private bool Covers(ConsentEvent consentEvent)
    {
        // a purpose that is no name cannot be judged: what restricts then holds, what permits does not
        var covered = consentEvent.Purpose == EveryPurpose
            || (TryParse(consentEvent.Purpose, out var named) ? named.Covers(purpose) : consentEvent.Restricts);
        return covered && (consentEvent.Channel == channel || consentEvent.Channel == AnyChannel);
    }

    private static bool TryParse(string name, out Purpose parsed)
    {
        try
        {
            parsed = new Purpose(name);
            return true;
        }
        catch (ArgumentException)
        {
            parsed = default;
            return false;
        }
    }

    private static ConsentFacts Apply(ConsentFacts facts, ConsentEvent consentEvent)
    {
        var at = consentEvent.OccurredAt.ToUnixTimeMilliseconds();
        return consentEvent.Kind switch
        {
            // asking again is no consent, and takes no refusal or withdrawal back
            ConsentEventKinds.Requested => facts.ConsentStatus == ConsentStatuses.None ? facts with { ConsentStatus = ConsentStatuses.Pending } : facts,
            ConsentEventKinds.Granted or ConsentEventKinds.Confirmed or ConsentEventKinds.Renewed => Grant(facts, consentEvent, at),
            ConsentEventKinds.Refused => facts with { ConsentStatus = ConsentStatuses.Refused },
            ConsentEventKinds.Withdrawn => facts with { ConsentStatus = ConsentStatuses.Withdrawn },
            ConsentEventKinds.Objected => facts with { ObjectionAt = at },
            ConsentEventKinds.Restricted => facts with { Restricted = true },
            ConsentEventKinds.Unrestricted => facts with { Restricted = false },
            ConsentEventKinds.Suppressed => Suppress(facts, consentEvent.Detail),
            ConsentEventKinds.SoftOptIn => SoftOptIn(facts, consentEvent.Detail),
            ConsentEventKinds.Implied => Implied(facts, consentEvent.Detail, at),
            ConsentEventKinds.OptedOutOfSale => facts with { SaleShareOptedOut = true, SaleShareOptedOutAt = at },
            _ => facts with { FactErrors = 1 }, // a kind that this fold does not know may say anything
        };
    }

    private static ConsentFacts Grant(ConsentFacts facts, ConsentEvent consentEvent, long at)
    {
        if (facts.ConsentStatus is ConsentStatuses.Withdrawn or ConsentStatuses.Refused && !IsDemonstrable(consentEvent))
        {
            return facts;
        }

        return facts with
        {
            ConsentStatus = ConsentStatuses.Granted,
            ConsentGrantedAt = at,
            ConsentExpiresAt = consentEvent.ExpiresAt?.ToUnixTimeMilliseconds(),
            ConsentMethod = consentEvent.Method,
            ConsentDemonstrable = IsDemonstrable(consentEvent),
            ConsentSpecific = consentEvent.Purpose != EveryPurpose,
            ConsentWritten = consentEvent.Method == ConsentMethods.Signature,
        };
    }

    private static ConsentFacts Suppress(ConsentFacts facts, string? detail) => detail switch
    {
        "undeliverable" => facts with { SuppressedUndeliverable = true },
        "complaint" => facts with { SuppressedMarketing = true },
        "account" => facts with { AccountSuppressed = true },
        _ => facts with { SuppressedAll = true },
    };

    private static ConsentFacts SoftOptIn(ConsentFacts facts, string? detail) => detail switch
    {
        "complete" => facts with { SoftRecorded = true, SoftSaleContext = true, SoftOwnProducts = true, SoftSimilar = true, SoftOptOutOffered = true },
        "no_opt_out_offered" => facts with { SoftRecorded = true, SoftSaleContext = true, SoftOwnProducts = true, SoftSimilar = true, SoftOptOutOffered = false },
        _ => facts with { SoftRecorded = true },
    };

    /// <summary>A purchase or contract gives rise to a longer consent than an inquiry, so a later inquiry does not replace it.</summary>
    private static ConsentFacts Implied(ConsentFacts facts, string? detail, long at) =>
        detail == ImpliedConsentKinds.Inquiry && facts.ImpliedKind is ImpliedConsentKinds.Purchase or ImpliedConsentKinds.Contract
            ? facts
            : facts with { ImpliedKind = detail, ImpliedAt = at };
}
