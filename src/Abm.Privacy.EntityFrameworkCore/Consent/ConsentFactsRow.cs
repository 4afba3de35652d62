namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>
/// The facts of a contact point and a purpose, always the fold of the contact point's history; a purpose without a row is not known. The target list and
/// cap of the account stand in its own row, and sent messages are counted. Never tracked by a context.
/// </summary>
internal sealed class ConsentFactsRow
{
    public required string Tenant { get; init; }

    public required Guid ContactPoint { get; init; }

    public required string Purpose { get; init; }

    public int Channel { get; init; }

    public string? Account { get; init; }

    /// <summary>From when on the row, or what a campaign adds to it, is stricter than the truth, because a suppression has ended; null for never.</summary>
    public long? StaleAfter { get; init; }

    public string? Jurisdiction { get; init; }

    public required string ConsentStatus { get; init; }

    public bool ConsentDemonstrable { get; init; }

    public bool ConsentSpecific { get; init; }

    public bool ConsentExplicit { get; init; }

    public bool ConsentWritten { get; init; }

    public bool ConsentOtherScope { get; init; }

    public long? ConsentGrantedAt { get; init; }

    public long? ConsentExpiresAt { get; init; }

    public string? ConsentMethod { get; init; }

    public bool? ConsentParental { get; init; }

    public long? ObjectionAt { get; init; }

    public bool Restricted { get; init; }

    public bool SuppressedMarketing { get; init; }

    public bool SuppressedAll { get; init; }

    public bool SuppressedUndeliverable { get; init; }

    public bool AccountSuppressed { get; init; }

    public bool SaleShareOptedOut { get; init; }

    public long? SaleShareOptedOutAt { get; init; }

    public bool SignalGpc { get; init; }

    public bool SensitiveLimited { get; init; }

    public bool SoftRecorded { get; init; }

    public bool? SoftSaleContext { get; init; }

    public bool? SoftOwnProducts { get; init; }

    public bool? SoftSimilar { get; init; }

    public bool? SoftOptOutOffered { get; init; }

    public bool LegitimateInterestAssessed { get; init; }

    public bool Contract { get; init; }

    public string? SubscriberType { get; init; }

    public int? SubjectAge { get; init; }

    public bool? BusinessRelated { get; init; }

    public string? SourceKind { get; init; }

    public long? SourceCollectedAt { get; init; }

    public long? SourceNoticeAt { get; init; }

    public string? ImpliedKind { get; init; }

    public long? ImpliedAt { get; init; }

    public bool? ImpliedRelevantToRole { get; init; }

    public bool? ImpliedNoSolicitation { get; init; }

    public bool? ContactRoleAddress { get; init; }

    public string? ContactZone { get; init; }

    public bool? ContactDncListed { get; init; }

    public long? PreferencePausedUntil { get; init; }

    public bool? PreferenceTopicWanted { get; init; }

    public bool? PreferenceChannelWanted { get; init; }

    public bool PreferencePersonalizationRefused { get; init; }

    public int? CapsContact { get; init; }

    public int FactErrors { get; init; }
}
