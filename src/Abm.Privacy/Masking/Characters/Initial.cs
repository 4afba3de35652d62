using System.Globalization;

namespace Abm.Privacy.Masking.Characters;

/// <summary>The first grapheme cluster of a word, if it may be shown.</summary>
internal static class Initial
{
    /// <summary>
    /// The greatest initial in UTF-16 units. Not more than the run of mask characters, so that an initial is at most half
    /// of its masked form too: masking again changes nothing.
    /// </summary>
    public const int MaxChars = Stars.Count;

    /// <summary>The longest initial in any encoding: three code points of three UTF-8 bytes.</summary>
    public const int MaxLength = 9;

    /// <summary>
    /// How many code units of a well-formed word may be shown; 0 for a word of one cluster, or whose first cluster is
    /// more than half of it by clusters, code points or UTF-16 units.
    /// </summary>
    public static int Measure<TUnit, TText>(ReadOnlySpan<TUnit> word)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var initial = TText.NextGrapheme(word);
        if (initial.Chars > MaxChars || initial.Length == 0 || (initial.Length == 1 && word[0].Equals(TText.Unit(Stars.Star))))
        {
            return 0;
        }

        int restRunes = 0, restChars = 0;
        for (var rest = word[initial.Length..]; rest.Length > 0 && (restRunes < initial.Runes || restChars < initial.Chars);)
        {
            TText.DecodeRune(rest, out var rune, out var length);
            restRunes++;
            restChars += rune.Utf16SequenceLength;
            rest = rest[length..];
        }

        var atMostHalf = restRunes >= initial.Runes && restChars >= initial.Chars;
        return atMostHalf && StandsAlone<TUnit, TText>(word[..initial.Length]) ? initial.Length : 0;
    }

    /// <summary>
    /// Whether the cluster stays one between mask characters: a mark without a base would join the character before it, a
    /// prepended mark the one behind it.
    /// </summary>
    private static bool StandsAlone<TUnit, TText>(ReadOnlySpan<TUnit> cluster)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        if (TText.PlainLength(cluster, 0) == cluster.Length)
        {
            return true;
        }

        Span<char> text = stackalloc char[MaxChars + 2];
        text[0] = Stars.Star;
        var filled = 1;
        while (cluster.Length > 0)
        {
            TText.DecodeRune(cluster, out var rune, out var length);
            filled += rune.EncodeToUtf16(text[filled..]);
            cluster = cluster[length..];
        }

        text[filled] = Stars.Star;
        text = text[..(filled + 1)];
        return StringInfo.GetNextTextElementLength(text) == 1 && StringInfo.GetNextTextElementLength(text[1..]) == filled - 1;
    }
}
