using System.Buffers.Text;

namespace Abm.Privacy.Encryption;

/// <summary>The text form of an envelope, for stores without a binary type: <c>abm1.</c> and base64url without padding.</summary>
public static class EnvelopeText
{
    private const string Prefix = "abm1.";

    /// <summary>Writes an envelope as text.</summary>
    /// <param name="envelope">The envelope.</param>
    /// <returns>ASCII text, 5 characters and 4 for every 3 bytes.</returns>
    public static string Encode(ReadOnlySpan<byte> envelope) => Prefix + Base64Url.EncodeToString(envelope);

    /// <summary>Reads an envelope from its text form. That it is text of this form says nothing about what is inside.</summary>
    /// <param name="text">What <see cref="Encode"/> wrote.</param>
    /// <returns>The bytes.</returns>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.FormatUnknown"/>: any other text.</exception>
    public static byte[] Decode(ReadOnlySpan<char> text)
    {
        if (text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            try
            {
                var bytes = Base64Url.DecodeFromChars(text[Prefix.Length..]);

                // one envelope has one text: no padding, no white space, no unused bits
                if (text[Prefix.Length..].SequenceEqual(Base64Url.EncodeToString(bytes)))
                {
                    return bytes;
                }
            }
            catch (FormatException)
            {
                // falls through to the one error of this method
            }
        }

        throw new PrivacyException(
            PrivacyErrorCode.FormatUnknown,
            "The text is not an envelope. Check that the column holds what was stored and was not cut or converted.");
    }
}
