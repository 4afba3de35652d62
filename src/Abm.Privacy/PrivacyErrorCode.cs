namespace Abm.Privacy;

/// <summary>
/// What went wrong, as a stable code that an application may branch on. Numbers never change their meaning.
/// </summary>
public enum PrivacyErrorCode
{
    /// <summary>No code was given.</summary>
    None = 0,

    /// <summary>The bytes are not an envelope of a known version, suite and flags.</summary>
    FormatUnknown = 100,

    /// <summary>
    /// The envelope does not open: wrong key, wrong context or tampering. The cases are deliberately not told apart.
    /// </summary>
    DecryptionFailed = 101,

    /// <summary>The key that the envelope names is not in the tenant's key ring.</summary>
    KeyUnavailable = 102,

    /// <summary>The subject's keys were destroyed on purpose; the value is gone for good.</summary>
    SubjectErased = 103,

    /// <summary>The key has encrypted as many messages as it safely may. Rotate it.</summary>
    KeyExhausted = 104,

    /// <summary>A record is not the one that was sealed: a field was dropped, added or put back, or the version is another.</summary>
    RecordAltered = 105,

    /// <summary>The root key cannot be used: its file or password is missing or wrong.</summary>
    RootKeyUnavailable = 200,

    /// <summary>A new root key was refused because it would replace one that still protects keys.</summary>
    RootKeyRefused = 201,

    /// <summary>A key store's content is truncated or altered.</summary>
    KeyStoreDamaged = 202,

    /// <summary>Another process holds the key store's lock for too long.</summary>
    KeyStoreLocked = 203,

    /// <summary>The key store has reached the number of subjects that it is made for.</summary>
    KeyStoreFull = 204,

    /// <summary>A key store cannot be read or written: no rights, no room, no locks, a fault of the device.</summary>
    KeyStoreUnavailable = 205,

    /// <summary>A key was to be stored under a tenant key that was retired meanwhile. The key ring asks for the new one by itself.</summary>
    TenantKeyRetired = 206,

    /// <summary>A certificate cannot be used: its file, password or private key is missing or wrong, or its kind of key does not fit.</summary>
    CertificateUnavailable = 220,

    /// <summary>A certificate may not be used for new work: it is expired, not yet valid or revoked. What it protects already stays readable.</summary>
    CertificateRefused = 221,

    /// <summary>A signature is not by a pinned certificate, or what was signed was altered.</summary>
    SignatureInvalid = 222,

    /// <summary>A time stamp is not by the pinned authority, or not over these bytes.</summary>
    TimestampInvalid = 223,

    /// <summary>The time-stamp authority did not answer, or refused.</summary>
    TimestampUnavailable = 224,

    /// <summary>A text is not an identifier of the wanted type: e-mail address, phone number, domain name.</summary>
    IdentifierInvalid = 300,

    /// <summary>A consent policy cannot be loaded.</summary>
    PolicyInvalid = 400,

    /// <summary>An event of the consent ledger may not be stored: its parts contradict each other, or it does not belong to the stream.</summary>
    LedgerEventRefused = 420,

    /// <summary>An event of the consent ledger lies in the future, by more than clocks may differ.</summary>
    LedgerEventFromFuture = 421,

    /// <summary>Another event with the same origin and idempotency key is in the ledger already, and it says something else.</summary>
    LedgerEventConflict = 422,

    /// <summary>A stored event of the consent ledger cannot be read: its kind or a member is not known to this version.</summary>
    LedgerEventUnreadable = 423,

    /// <summary>A purpose is used that the purpose catalog does not declare.</summary>
    PurposeUnknown = 424,

    /// <summary>There is no such contact point in the consent ledger.</summary>
    ContactPointUnknown = 425,

    /// <summary>An account would become its own parent.</summary>
    AccountCycle = 426,

    /// <summary>Data was asked for that its purpose does not list.</summary>
    DataNotNeeded = 427,

    /// <summary>A suppression list cannot be imported: a line is malformed, or of another tenant's keys.</summary>
    SuppressionListInvalid = 428,

    /// <summary>The consent ledger cannot be read or written.</summary>
    LedgerUnavailable = 429,

    /// <summary>The id of a message was used before for another one: for another purpose, channel or campaign.</summary>
    SendIdConflict = 430,

    /// <summary>A message may not be sent: its decision is no permit, is old or about something else, or an obligation is not met.</summary>
    MessageRefused = 440,

    /// <summary>The bytes are not a decision record of a known version, or were altered.</summary>
    DecisionRecordInvalid = 441,

    /// <summary>The archive of policies cannot be read or written.</summary>
    PolicyArchiveUnavailable = 442,

    /// <summary>A policy in the archive is not the one that it is named after.</summary>
    PolicyArchiveDamaged = 443,

    /// <summary>A retention schedule cannot be loaded.</summary>
    ScheduleInvalid = 500,

    /// <summary>A text is not a calendar period.</summary>
    PeriodInvalid = 600,

    /// <summary>A receipt is altered, not signed by the expected signer, or not one of this version.</summary>
    ReceiptInvalid = 700,

    /// <summary>A plan no longer tells what would be destroyed. Make a new one.</summary>
    PlanOutdated = 701,

    /// <summary>A document cannot be masked: it is not well formed, not UTF-8 or nested too deep.</summary>
    DocumentMalformed = 800,

    /// <summary>A document or line to be masked is larger than the options allow.</summary>
    DocumentTooLarge = 801,

    /// <summary>A masked copy of a database is refused: its plan has faults or is not the approved one, or the target is not empty or is the source.</summary>
    MaskedCopyRefused = 820,
}
