using System.Globalization;

namespace Abm.Privacy.Masking.Characters;

/// <summary>The measures of a grapheme cluster, or of several.</summary>
/// <param name="Length">Code units of the text's own encoding; 0 for a cluster that is too long to be one character.</param>
/// <param name="Runes">Code points.</param>
/// <param name="Chars">UTF-16 code units.</param>
internal readonly record struct Grapheme(int Length, int Runes, int Chars)
{
    /// <summary>
    /// Above this many UTF-16 units a cluster is a text in disguise. UAX #15 allows 30 combining characters in a row.
    /// </summary>
    public const int MaxChars = 32;

    /// <summary>So many UTF-16 units decide every cluster that is not too long: the cluster and the code point behind it.</summary>
    public const int Window = MaxChars + 2;

    public static Grapheme One => new(1, 1, 1);

    /// <summary>The length of the first cluster of a window in UTF-16 units; 0 if it is too long.</summary>
    public static int MeasureWindow(ReadOnlySpan<char> window)
    {
        var length = StringInfo.GetNextTextElementLength(window);
        return length <= MaxChars ? length : 0;
    }

    /// <summary>
    /// Whether a code point is printable ASCII, Latin up to U+02FF, or basic Cyrillic: no two of these belong to one cluster, and
    /// each is one UTF-16 unit. They make up most names.
    /// </summary>
    public static bool IsPlain(int value) =>
        IsPrintableAscii(value) || (uint)(value - 0xC0) < 0x300 - 0xC0 || (uint)(value - 0x400) < 0x80;

    /// <summary>Whether a byte starts a plain code point of two bytes.</summary>
    public static bool IsPlainLead(int value) => (uint)(value - 0xC3) <= 0xCB - 0xC3 || (uint)(value - 0xD0) <= 1;

    /// <summary>Two printable ASCII characters never belong to one cluster.</summary>
    public static bool IsPrintableAscii(int value) => (uint)(value - ' ') <= '~' - ' ';
}
