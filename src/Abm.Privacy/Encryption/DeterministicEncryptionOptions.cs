namespace Abm.Privacy.Encryption;

/// <summary>On what ground deterministic encryption is used at all.</summary>
public sealed class DeterministicEncryptionOptions
{
    /// <summary>
    /// Why it is accepted that equal values are seen to be equal: whoever reads the column counts how often each value
    /// occurs and links the records that share one, and shredding a subject does not erase these values. Written for whoever
    /// reviews the application, as a sentence of at least five words.
    /// </summary>
    /// <value>The default is null, which is refused.</value>
    public string? LeakageAccepted { get; set; }
}
