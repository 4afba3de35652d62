using System.Text;

namespace Abm.Privacy.Identifiers;

/// <summary>The one rule for ids that enter cryptographic contexts: 1 to 128 bytes of strict UTF-8.</summary>
internal static class OpaqueId
{
    private const int MaxBytes = 128;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void ThrowIfInvalid(string value, string parameter)
    {
        ArgumentException.ThrowIfNullOrEmpty(value, parameter);
        int bytes;
        try
        {
            bytes = StrictUtf8.GetByteCount(value);
        }
        catch (EncoderFallbackException)
        {
            throw new ArgumentException("The id holds half of a surrogate pair. Use valid Unicode text.", parameter);
        }

        if (bytes > MaxBytes)
        {
            throw new ArgumentException($"The id is {bytes} bytes long; at most {MaxBytes} bytes of UTF-8 are allowed.", parameter);
        }
    }
}
