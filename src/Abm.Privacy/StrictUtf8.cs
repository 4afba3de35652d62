using System.Text;

namespace Abm.Privacy;

/// <summary>
/// UTF-8 that refuses damaged text instead of replacing it: two damaged texts must never become the same bytes.
/// </summary>
internal static class StrictUtf8
{
    public static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The size of a text that is to be stored.</summary>
    /// <exception cref="ArgumentException">The text holds half of a surrogate pair.</exception>
    public static int CountBytes(string text, string parameter)
    {
        try
        {
            return Encoding.GetByteCount(text);
        }
        catch (EncoderFallbackException)
        {
            throw new ArgumentException("The text holds half of a surrogate pair and would not come back as it is. Repair it first.", parameter);
        }
    }
}
