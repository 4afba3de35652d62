using System.Security.Cryptography;

namespace Abm.Privacy.Cryptography;

// Reference: RFC 5649 and NIST SP 800-38F (KWP). Wrapping keys of 128, 192 or 256 bits; keys of 9 bytes and more. KWP is deterministic and binds no
// context, so it carries keys between systems and never data. Up to 8 bytes it is a single block with a weaker check: refused.

/// <summary>AES key wrap with padding, the transport of keys from and to an HSM (suite 11 of format 1).</summary>
internal static class AesKeyWrap
{
    private const int MinKeySize = 9;
    private const int MinWrappedSize = 24; // two blocks of data and the check value

    /// <summary>Wraps a key.</summary>
    public static byte[] Wrap(ReadOnlySpan<byte> wrappingKey, ReadOnlySpan<byte> key)
    {
        if (key.Length < MinKeySize)
        {
            throw new ArgumentException($"AES key wrap carries keys of at least {MinKeySize} bytes, not {key.Length}.", nameof(key));
        }

        using var aes = Create(wrappingKey);
        return aes.EncryptKeyWrapPadded(key);
    }

    /// <summary>Unwraps a key, to be zeroed by the caller.</summary>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.DecryptionFailed"/>: another key wrapped it, it was altered, or it is too short.</exception>
    public static byte[] Unwrap(ReadOnlySpan<byte> wrappingKey, ReadOnlySpan<byte> wrapped)
    {
        if (wrapped.Length < MinWrappedSize || wrapped.Length % 8 != 0)
        {
            throw Failed(null);
        }

        byte[]? key = null;
        try
        {
            using var aes = Create(wrappingKey);
            key = aes.DecryptKeyWrapPadded(wrapped);
        }
        catch (CryptographicException error)
        {
            throw Failed(error);
        }

        return key.Length >= MinKeySize ? key : throw Failed(null);
    }

    private static Aes Create(ReadOnlySpan<byte> wrappingKey)
    {
#pragma warning disable RS0030 // the platform's key wrap is a method of Aes
        var aes = Aes.Create();
#pragma warning restore RS0030
        aes.SetKey(wrappingKey);
        return aes;
    }

    private static PrivacyException Failed(Exception? error) => new(
        PrivacyErrorCode.DecryptionFailed,
        "The wrapped key does not open under AES key wrap (RFC 5649): another key wrapped it, or it was altered. Export it again with the wrapping key that is given here.",
        error);
}
