namespace Abm.Privacy.Keys;

/// <summary>What a key may still do.</summary>
public enum KeyState
{
    /// <summary>Stored ahead of use: known to every process before anything is encrypted under it.</summary>
    PreActive = 1,

    /// <summary>Encrypts and decrypts. Exactly one version of a key is active.</summary>
    Active = 2,

    /// <summary>Decrypts what it encrypted before.</summary>
    DecryptOnly = 3,

    /// <summary>Kept, but refused for every use.</summary>
    Disabled = 4,

    /// <summary>Destroyed for good; what is left is a tombstone without key material.</summary>
    Destroyed = 5,
}
