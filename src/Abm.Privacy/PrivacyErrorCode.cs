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

    /// <summary>A text is not an identifier of the wanted type: e-mail address, phone number, domain name.</summary>
    IdentifierInvalid = 300,

    /// <summary>A consent policy cannot be loaded.</summary>
    PolicyInvalid = 400,

    /// <summary>A retention schedule cannot be loaded.</summary>
    ScheduleInvalid = 500,

    /// <summary>A text is not a calendar period.</summary>
    PeriodInvalid = 600,
}
