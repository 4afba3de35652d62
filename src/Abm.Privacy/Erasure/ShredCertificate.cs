namespace Abm.Privacy.Erasure;

/// <summary>A receipt, and its signature if every precondition of a certificate holds.</summary>
public sealed class ShredCertificate
{
    internal ShredCertificate(ShredReceipt receipt, ReadOnlyMemory<byte>? signed, ReadOnlyMemory<byte>? timestamp) =>
        (Receipt, Signed, Timestamp) = (receipt, signed, timestamp);

    /// <summary>What was done.</summary>
    public ShredReceipt Receipt { get; }

    /// <summary>
    /// The receipt's canonical JSON in CMS SignedData (RFC 5652); null if a precondition does not hold:
    /// <see cref="ShredReceipt.Preconditions"/> says which.
    /// </summary>
    public ReadOnlyMemory<byte>? Signed { get; }

    /// <summary>An RFC 3161 time-stamp token over <see cref="Signed"/>; null if no authority is configured.</summary>
    public ReadOnlyMemory<byte>? Timestamp { get; }

    /// <summary>Whether the receipt is certified.</summary>
    public bool IsCertified => Signed is not null;
}
