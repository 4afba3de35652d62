using System.Text;

namespace Abm.Privacy;

/// <summary>
/// UTF-8 that refuses damaged text instead of replacing it: two damaged texts must never become the same bytes.
/// </summary>
internal static class StrictUtf8
{
    public static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
