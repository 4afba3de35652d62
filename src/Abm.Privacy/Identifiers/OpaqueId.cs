using System.Text;

namespace Abm.Privacy.Identifiers;

/// <summary>The one rule for texts that enter cryptographic contexts: strict UTF-8, not empty, 1 to 128 bytes unless stated.</summary>
internal static class OpaqueId
{
    /// <summary>The greatest length of an id or name, in bytes of UTF-8, and so in characters too.</summary>
    public const int MaxBytes = 128;

    public static void ThrowIfInvalid(string value, string parameter, int maxBytes = MaxBytes)
    {
        ArgumentException.ThrowIfNullOrEmpty(value, parameter);
        int bytes;
        try
        {
            bytes = StrictUtf8.Encoding.GetByteCount(value);
        }
        catch (EncoderFallbackException)
        {
            throw new ArgumentException("The text holds half of a surrogate pair. Use valid Unicode text.", parameter);
        }

        if (bytes > maxBytes)
        {
            throw new ArgumentException($"The text is {bytes} bytes long; at most {maxBytes} bytes of UTF-8 are allowed.", parameter);
        }
    }
}
