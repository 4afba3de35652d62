namespace Abm.Privacy.Cryptography;

/// <summary>
/// The layout of format 1: magic and version (1 byte), suite (1), flags (1), key id (16); then for AES-256-GCM a nonce
/// (12), the ciphertext and a tag (16), for AES-256-SIV the synthetic IV (16) and the ciphertext. The header is always part
/// of what is authenticated.
/// </summary>
internal readonly record struct EnvelopeHeader(byte Suite, byte Flags, KeyId KeyId)
{
    /// <summary>Magic and version in one: a UTF-8 continuation byte, so no text in UTF-8 starts with it.</summary>
    public const byte Magic = 0xA1;

    public const byte SuiteAesGcm = 0x01;

    public const byte SuiteAesSiv = 0x02;

    public const byte SuiteAesGcmKeyWrap = 0x10;

    public const byte SuiteRecordSeal = 0x20;

    /// <summary>The plaintext was filled up before encryption; suite 01 alone has it.</summary>
    public const byte FlagPadded = 0x01;

    public const int Size = 3 + KeyId.Size;

    public const int NonceSize = 12;

    public const int TagSize = 16;

    /// <summary>What an AES-256-GCM envelope adds to its plaintext.</summary>
    public const int GcmOverhead = Size + NonceSize + TagSize;

    /// <summary>What an AES-256-SIV envelope adds to its plaintext, which is never empty.</summary>
    public const int SivOverhead = Size + AesSiv.IvSize;

    /// <summary>What a record seal has behind its header: an HMAC-SHA-256.</summary>
    public const int SealTagSize = 32;

    public bool IsPadded => (Flags & FlagPadded) != 0;

    public void Write(Span<byte> destination)
    {
        destination[0] = Magic;
        destination[1] = Suite;
        destination[2] = Flags;
        KeyId.CopyTo(destination[3..Size]);
    }

    /// <summary>Reads a header of the wanted suite with no flags but those that the suite knows.</summary>
    public static bool TryRead(ReadOnlySpan<byte> envelope, byte suite, out EnvelopeHeader header)
    {
        var known = envelope.Length >= MinLength(suite) && envelope[0] == Magic && envelope[1] == suite
            && (envelope[2] == 0 || (envelope[2] == FlagPadded && suite == SuiteAesGcm));
        header = known ? new EnvelopeHeader(suite, envelope[2], new KeyId(envelope[3..Size])) : default;
        return known;
    }

    /// <summary>Reads a header of the wanted suite with no flags but those that the suite knows.</summary>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.FormatUnknown"/>: anything else.</exception>
    public static EnvelopeHeader Read(ReadOnlySpan<byte> envelope, byte suite) => TryRead(envelope, suite, out var header)
        ? header
        : throw new PrivacyException(
            PrivacyErrorCode.FormatUnknown,
            "The bytes are not an envelope that this version reads. Check that the column holds envelopes and was not cut or converted.");

    private static int MinLength(byte suite) => suite switch
    {
        SuiteAesSiv => SivOverhead + 1,
        SuiteRecordSeal => Size + SealTagSize,
        _ => GcmOverhead,
    };
}
