using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Encryption;

/// <summary>What an envelope's header says, read without any key. It never means that the envelope is authentic.</summary>
/// <param name="KeyId">The key that opens the envelope. The same for all values of a subject, so envelopes are linkable.</param>
/// <param name="PlaintextLength">The size of the plaintext in bytes.</param>
public readonly record struct EnvelopeInfo(KeyId KeyId, int PlaintextLength)
{
    /// <summary>Reads a header.</summary>
    /// <param name="envelope">The bytes.</param>
    /// <param name="info">The facts, or the default.</param>
    /// <returns>Whether the bytes have the form of an envelope of a known version and suite.</returns>
    public static bool TryRead(ReadOnlySpan<byte> envelope, out EnvelopeInfo info)
    {
        var known = EnvelopeHeader.TryRead(envelope, EnvelopeHeader.SuiteAesGcm, out var header);
        info = known ? new EnvelopeInfo(header.KeyId, envelope.Length - EnvelopeHeader.GcmOverhead) : default;
        return known;
    }
}
