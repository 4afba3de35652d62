namespace Abm.Privacy.Consent.Ledger;

/// <summary>The person was told where the data came from (GDPR Article 14). It counts for data that was obtained before.</summary>
public sealed record SourceNoticeEvent : LedgerEvent
{
    /// <summary>The notice's version; 1 to 128 bytes. Default: not recorded.</summary>
    public string? NoticeVersion { get; init => field = LedgerCheck.OptionalText(value, LedgerEvent.MaxName, nameof(NoticeVersion)); }
}
