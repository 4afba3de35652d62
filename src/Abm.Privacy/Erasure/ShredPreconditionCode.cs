namespace Abm.Privacy.Erasure;

/// <summary>
/// What must hold before destroying keys counts as erasing data (after NIST SP 800-88, section 2.6 on cryptographic
/// erase). The order and numbers are stable.
/// </summary>
public enum ShredPreconditionCode
{
    /// <summary>The subject's data was encrypted since it was first written.</summary>
    EncryptedSinceFirstWrite = 1,

    /// <summary>Every key in scope protects this subject alone.</summary>
    KeyScopeIsSubject = 2,

    /// <summary>Every key store acknowledged the destruction, and every key backup states when it expires.</summary>
    KeyCopiesAccounted = 3,

    /// <summary>No clear copy is left in a registered place.</summary>
    NoClearCopies = 4,
}
