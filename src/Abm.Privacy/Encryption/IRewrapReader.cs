using Abm.Privacy.Keys;

namespace Abm.Privacy.Encryption;

/// <summary>
/// Reads what a field holds before a rewrap. The usual one reads envelopes; an import has one that reads what was there
/// before, so that plaintext is never accepted by decryption.
/// </summary>
public interface IRewrapReader
{
    /// <summary>Whether a field is not yet as it should be, by its first bytes alone.</summary>
    /// <param name="stored">What is stored.</param>
    /// <param name="activeKey">The key that encrypts for the record's subject now.</param>
    /// <returns>True if the field is to be written anew.</returns>
    bool NeedsRewrap(ReadOnlySpan<byte> stored, Cryptography.KeyId activeKey);

    /// <summary>Reads the clear bytes of a field that needs a rewrap.</summary>
    /// <param name="lease">A lease that holds the subject's keys.</param>
    /// <param name="context">Where the value stands.</param>
    /// <param name="stored">What is stored.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The clear bytes in memory of their own; zeroed after use.</returns>
    /// <exception cref="PrivacyException">
    /// <see cref="PrivacyErrorCode.DecryptionFailed"/>, <see cref="PrivacyErrorCode.FormatUnknown"/> or <see cref="PrivacyErrorCode.KeyUnavailable"/>: the
    /// value cannot be read. The rewrap counts it and goes on; any other exception ends it.
    /// </exception>
    ValueTask<byte[]> ReadAsync(KeyLease lease, FieldContext context, ReadOnlyMemory<byte> stored, CancellationToken cancellationToken);
}
