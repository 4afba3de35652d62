namespace QuickStart;

/// <summary>The primitives that a step uses: only those of the chosen steps are registered, so a step alone asks for no more files than it needs.</summary>
[Flags]
internal enum Primitives
{
    None = 0,
    Masking = 1,
    Encryption = 2,
    Pseudonymization = 4,
    Consent = 8,
    Retention = 16,

    /// <summary>The erasure of one person, over the keys of encryption and the pseudonyms of receipts.</summary>
    Erasure = 32,

    /// <summary>The legal holds.</summary>
    Holds = 64,

    /// <summary>Masks under a key, over the keys of encryption.</summary>
    KeyedMasking = 128,
}
