using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using QuickStart.Events;

namespace QuickStart.Ledger;

/// <summary>Says in the ledger's words what a line of consent-events.ndjson says. A line is always the same event, so that it may be reported again.</summary>
internal static class LedgerEvents
{
    /// <summary>The system that the file came from.</summary>
    public const string Origin = "crm-events";

    public static LedgerEvent Of(EventLine line)
    {
        var key = KeyOf(line);
        LedgerEvent said = line.AccountId is not null ? Account(line) : line.Kind switch
        {
            // the first half of a double opt-in; the file has no tokens, so the line's own digest stands for the one that was sent
            EventKinds.Requested => Consent(line, ConsentEventKind.Granted, key) with { AwaitsConfirmation = true, ExpiresAt = null },

            // the file says that the double opt-in is done, with notice, method and place: this is the consent
            EventKinds.Granted or EventKinds.Confirmed => Consent(line, ConsentEventKind.Granted),
            EventKinds.Renewed => Consent(line, ConsentEventKind.Renewed),
            EventKinds.Refused => Consent(line, ConsentEventKind.Refused),
            EventKinds.Withdrawn => Consent(line, ConsentEventKind.Withdrawn),
            EventKinds.Objected => new ObjectionEvent { Purpose = line.Purpose, Evidence = EvidenceOf(line), OccurredAt = line.OccurredAt, Origin = Origin },
            EventKinds.Restricted or EventKinds.Unrestricted => new RestrictionEvent { IsRestricted = line.Kind == EventKinds.Restricted, OccurredAt = line.OccurredAt, Origin = Origin },
            EventKinds.Suppressed => Suppression(line),
            EventKinds.SoftOptIn => SoftOptIn(line),
            EventKinds.Implied => new ImpliedConsentEvent { Kind = line.Detail!, OccurredAt = line.OccurredAt, Origin = Origin },
            EventKinds.OptedOutOfSale => new SaleOrShareEvent { IsOptedOut = true, OccurredAt = line.OccurredAt, Origin = Origin },
            _ => throw new InvalidOperationException($"The kind {line.Kind} has no event of the ledger. Add a line for it."),
        };
        return said with { IdempotencyKey = key };
    }

    private static ConsentEvent Consent(EventLine line, ConsentEventKind kind, string? token = null)
    {
        var isGiven = EventKinds.Gives(line.Kind);
        return new ConsentEvent
        {
            Kind = kind,
            Purpose = line.Purpose,
            OccurredAt = line.OccurredAt,
            Origin = Origin,
            ExpiresAt = isGiven ? line.ExpiresAt : null,
            IsWritten = isGiven && line.Method == ConsentMethods.Signature,
            Evidence = token is null ? EvidenceOf(line) : (EvidenceOf(line) ?? new ConsentEvidence()) with { DoubleOptInTokenHash = token },
        };
    }

    private static ConsentEvidence? EvidenceOf(EventLine line) => line is { NoticeVersion: null, Method: null, Source: null }
        ? null
        : new ConsentEvidence { NoticeVersion = line.NoticeVersion, Method = line.Method, Source = line.Source };

    private static AccountSuppressionEvent Account(EventLine line) =>
        new() { Scope = SuppressionScope.Of(line.Purpose), Reason = line.Kind, OccurredAt = line.OccurredAt, Origin = Origin };

    private static SuppressionEvent Suppression(EventLine line)
    {
        var (kind, scope) = line.Detail switch
        {
            "undeliverable" => (SuppressionKind.Undeliverable, SuppressionScope.Everything),
            "complaint" => (SuppressionKind.Complaint, SuppressionScope.Of(line.Purpose)),
            _ => (SuppressionKind.Manual, SuppressionScope.Everything), // a detail that nobody knows may mean anything
        };
        return new SuppressionEvent { Kind = kind, Scope = scope, OccurredAt = line.OccurredAt, Origin = Origin };
    }

    /// <summary>What the file does not say stays unknown, and then nothing is permitted on it.</summary>
    private static SoftOptInEvent SoftOptIn(EventLine line)
    {
        bool? isSale = line.Detail is "complete" or "no_opt_out_offered" ? true : null;
        return new SoftOptInEvent
        {
            Purpose = line.Purpose,
            IsSaleContext = isSale,
            IsForOwnProducts = isSale,
            IsForSimilarProducts = isSale,
            WasOptOutOffered = line.Detail switch { "complete" => true, "no_opt_out_offered" => false, _ => null },
            OccurredAt = line.OccurredAt,
            Origin = Origin,
        };
    }

    /// <summary>The file names no ids, so what the line says is its key: the same line twice, or on another day, is one event.</summary>
    private static string KeyOf(EventLine line) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
        line.ContactId, line.AccountId, line.Purpose.Name, line.Channel, line.Kind, line.Detail, Text(line.OccurredAt), Text(line.RecordedAt),
        line.NoticeVersion, line.Method, line.Source, Text(line.ExpiresAt)))));

    private static string? Text(DateTimeOffset? instant) => instant?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
