using Abm.Privacy.Classification;
using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;

namespace Abm.Privacy.Tests.Consent.Ledger;

/// <summary>Purposes and events for tests.</summary>
internal static class LedgerSamples
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 3, 12, 0, 0, TimeSpan.Zero);

    public static readonly PurposeCatalog Catalog = new(
    [
        new PurposeDefinition(Purposes.Newsletter, "Our newsletter.", [new DataClass(DataClasses.Email), new DataClass("person")], TimeSpan.FromDays(730)),
        new PurposeDefinition(Purposes.EventInvitation, "Invitations.", [new DataClass(DataClasses.Email)]),
        new PurposeDefinition(Purposes.AccountNotice, "Notices about the account.", [new DataClass(DataClasses.Email)]),
        new PurposeDefinition(Purposes.AdAudience, "Audiences of advertising platforms.", [new DataClass(DataClasses.Email)]),
    ]);

    public static readonly ConsentEvidence Proof = new()
    {
        NoticeId = "signup", NoticeVersion = "3", Language = "de", ContentHash = new string('a', 64), Method = ConsentMethods.Form, Source = "https://example.com/signup",
        ServedAt = Noon.AddDays(-400),
    };

    public static ConsentEvent Granted(PurposeScope purpose, int hours, string? key = null) => new()
    {
        Kind = ConsentEventKind.Granted, Purpose = purpose, OccurredAt = Noon.AddHours(hours), Origin = "form", IdempotencyKey = key, Evidence = Proof,
    };

    public static ConsentEvent Withdrawn(PurposeScope purpose, int hours, string? key = null) => new()
    {
        Kind = ConsentEventKind.Withdrawn, Purpose = purpose, OccurredAt = Noon.AddHours(hours), Origin = "center", IdempotencyKey = key,
    };

    public static SuppressionEvent Suppressed(SuppressionKind kind, int hours, SuppressionScope? scope = null, DateTimeOffset? until = null) => new()
    {
        Kind = kind, Scope = scope ?? SuppressionScope.Everything, OccurredAt = Noon.AddHours(hours), Origin = "esp", Until = until,
    };
}
