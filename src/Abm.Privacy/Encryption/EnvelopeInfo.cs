using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Encryption;

/// <summary>What an envelope's header says, read without any key. It never means that the envelope is authentic.</summary>
public readonly struct EnvelopeInfo
{
    private EnvelopeInfo(EnvelopeHeader header, int contentLength)
    {
        Suite = (EncryptionSuite)header.Suite;
        KeyId = header.KeyId;
        ContentLength = contentLength;
    }

    /// <summary>How the envelope was made.</summary>
    public EncryptionSuite Suite { get; }

    /// <summary>The key that opens the envelope. It is the same for all values of a subject, so envelopes are linkable.</summary>
    public KeyId KeyId { get; }

    /// <summary>The size of what is encrypted, in bytes.</summary>
    public int ContentLength { get; }

    /// <summary>Reads a header.</summary>
    /// <param name="envelope">The bytes.</param>
    /// <param name="info">The facts, or the default.</param>
    /// <returns>Whether the bytes have the form of an envelope of a known version and suite.</returns>
    public static bool TryRead(ReadOnlySpan<byte> envelope, out EnvelopeInfo info)
    {
        var known = EnvelopeHeader.TryRead(envelope, EnvelopeHeader.SuiteAesGcm, out var header);
        info = known ? new EnvelopeInfo(header, envelope.Length - EnvelopeHeader.GcmOverhead) : default;
        return known;
    }
}
