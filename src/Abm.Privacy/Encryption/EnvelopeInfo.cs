using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Encryption;

/// <summary>What an envelope's header says, read without any key. It never means that the envelope is authentic.</summary>
public readonly struct EnvelopeInfo
{
    private EnvelopeInfo(EnvelopeHeader header, int contentLength)
    {
        Suite = (EncryptionSuite)header.Suite;
        IsPadded = header.IsPadded;
        KeyId = header.KeyId;
        ContentLength = contentLength;
    }

    /// <summary>How the envelope was made.</summary>
    public EncryptionSuite Suite { get; }

    /// <summary>Whether the value was filled up to hide its length; see <see cref="Padding"/>.</summary>
    public bool IsPadded { get; }

    /// <summary>The key that opens the envelope. It is the same for all values of a subject, so envelopes are linkable.</summary>
    public KeyId KeyId { get; }

    /// <summary>The size of what is encrypted, in bytes: the value's size, padding included.</summary>
    public int ContentLength { get; }

    /// <summary>Reads a header.</summary>
    /// <param name="envelope">The bytes.</param>
    /// <param name="info">The facts, or the default.</param>
    /// <returns>Whether the bytes have the form of an envelope of a known version and suite.</returns>
    public static bool TryRead(ReadOnlySpan<byte> envelope, out EnvelopeInfo info)
    {
        if (EnvelopeHeader.TryRead(envelope, EnvelopeHeader.SuiteAesGcm, out var header))
        {
            info = new EnvelopeInfo(header, envelope.Length - EnvelopeHeader.GcmOverhead);
            return true;
        }

        var known = EnvelopeHeader.TryRead(envelope, EnvelopeHeader.SuiteAesSiv, out header);
        info = known ? new EnvelopeInfo(header, envelope.Length - EnvelopeHeader.SivOverhead) : default;
        return known;
    }

    /// <summary>
    /// Whether the envelope is another one than encryption would write today: under another key, of another suite or,
    /// where it is asked for, with other padding. Answered from the header alone.
    /// </summary>
    /// <param name="activeKey">The key that encrypts now.</param>
    /// <param name="suite">The suite that is wanted.</param>
    /// <param name="padding">The padding that is wanted. The default is null: padding is left as it is.</param>
    /// <returns>Whether it is to be decrypted and encrypted again. The default value of this type always is.</returns>
    public bool NeedsRewrap(KeyId activeKey, EncryptionSuite suite = EncryptionSuite.AesGcm, Padding? padding = null) =>
        Suite != suite || KeyId != activeKey || (padding is { } wanted && !IsPaddedAs(wanted));

    private bool IsPaddedAs(Padding padding) =>
        padding.Bucket == 0 ? !IsPadded : IsPadded && ContentLength % padding.Bucket == 0;
}
