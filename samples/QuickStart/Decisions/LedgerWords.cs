using System.Globalization;
using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;

namespace QuickStart.Decisions;

/// <summary>The events of a contact point and its account that were known when it was decided, as one list of kinds and days; those that the decision rests on are marked.</summary>
internal static class LedgerWords
{
    public static string Tell(LedgerHistory history, ConsentDecision decision)
    {
        var decisive = decision.Evidence;
        var events = history.Events.Concat(history.Accounts.Values.SelectMany(stream => stream))
            .Where(item => item.RecordedAt <= decision.KnownAt)
            .OrderBy(item => item.OccurredAt).ThenBy(item => item.RecordedAt);
        return string.Join("; ", events.Select(item => $"{Words(item)}, {Day(item.OccurredAt)}{(decisive.Contains(item.EventId) ? " (which decides)" : "")}"));
    }

    private static string Words(LedgerEvent item) => item switch
    {
        ConsentEvent consent => $"consent to {consent.Purpose} {Kind(consent)}{Proof(consent)}",
        ObjectionEvent objection => $"{(objection.IsWithdrawn ? "objection taken back" : "objection")} ({objection.Purpose})",
        RestrictionEvent restriction => restriction.IsRestricted ? "processing restricted" : "restriction lifted",
        SuppressionEvent suppression => $"{(suppression.IsLifted ? "suppression lifted" : "suppressed")}: {suppression.Kind} ({suppression.Scope})",
        AccountSuppressionEvent account => $"{(account.IsLifted ? "account free again" : "account suppressed")} ({account.Scope})",
        SoftOptInEvent => "address taken at a sale",
        ImpliedConsentEvent implied => $"consent implied by {implied.Kind}",
        SaleOrShareEvent sale => sale.IsOptedOut ? "opted out of sale and sharing" : "opted in to sale and sharing",
        SourceEvent source => $"data from {source.Kind}{(source.CollectedAt is { } collected ? $" of {Day(collected)}" : "")}, told",
        SourceNoticeEvent => "person told where the data came from",
        ProfileEvent => "profile told",
        ContactAccountEvent => "account told",
        _ => item.GetType().Name,
    };

    private static string Kind(ConsentEvent consent) => consent.Kind switch
    {
        ConsentEventKind.Granted when consent.AwaitsConfirmation => "asked for, confirmation awaited",
        ConsentEventKind.Granted => "given",
        var kind => kind.ToString().ToLowerInvariant(),
    };

    private static string Proof(ConsentEvent consent)
    {
        var proof = string.Join(", ", new[]
        {
            consent.Evidence?.Method is { } method ? $"by {method}" : null,
            consent.Evidence?.NoticeVersion is { } notice ? $"notice {notice}" : null,
            consent.ExpiresAt is { } end ? $"until {Day(end)}" : null,
        }.OfType<string>());
        return proof.Length == 0 ? " without proof" : $" ({proof})";
    }

    private static string Day(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
