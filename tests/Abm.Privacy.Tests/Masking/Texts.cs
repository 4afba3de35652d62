using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Abm.Privacy.Tests.Masking;

/// <summary>Random Unicode that meets what breaks maskers: clusters of many code points, half pairs, marks without a base.</summary>
internal static class Texts
{
    private const string Family = "\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466";

    private static readonly string[] Valid =
    [
        "a", "b", "J", "Z", "0", "7", "9", "@", "@example.com", "@m\u00FCller.de", ".", "-", "_", "+", " ", "  ", "*", "***", "\t", "\r", "\n", "\r\n", "\0",
        "4111 1111", "1111-1111", "+49 170 ", "1234567", "jane.doe", "Jane ", "\u00E9", "e\u0301", "\u0301", "\u00DF", "\u6F22", "\u03A9", "\u0416",
        Family, "\U0001F44D\U0001F3FD", "\U0001F1E9\U0001F1EA", "\U0001F1E9", "\u2764\uFE0F", "\U0001D400", "\U0001D7D8",
        "\u1112", "\u1161", "\u11AB", "\uAC01", "\u0915\u094D\u0937\u093F", "\u0600", "\u0D4E", "\u200D", "\u200C", "\uFE0F", "\u2028", "\u200B", "\uFFFD",
        "x" + new string('\u0301', 31), "x" + new string('\u0301', 32), "\U000E0067\U000E0062",
    ];

    private static readonly string[] Halves = ["\uD83D", "\uDC68", "\uDBFF", "\uDFFF"];

    public static Gen<string> WellFormed { get; } = Joined(Gen.Elements(Valid));

    public static Gen<string> Any { get; } = Joined(Gen.Frequency((12, Gen.Elements(Valid)), (1, Gen.Elements(Halves))));

    public static Gen<string> Invalid { get; } =
        from start in WellFormed
        from half in Gen.Elements(Halves)
        from end in WellFormed
        where !IsWellFormed(start + half + end)
        select start + half + end;

    /// <summary>Bytes that are mostly UTF-8, cut and joined anywhere.</summary>
    public static Gen<byte[]> Bytes { get; } =
        from text in WellFormed
        from byteValue in Gen.Choose(0x80, 0xFF)
        from place in Gen.Choose(0, 40)
        select Insert(Encoding.UTF8.GetBytes(text), place, (byte)byteValue);

    public static bool IsWellFormed(string text) => text.Contains('\uFFFD', StringComparison.Ordinal)
        ? IsWellFormed(text.Replace("\uFFFD", "", StringComparison.Ordinal))
        : !text.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar);

    public static string[] Clusters(string text)
    {
        var starts = StringInfo.ParseCombiningCharacters(text);
        return [.. starts.Select((start, i) => text[start..(i + 1 < starts.Length ? starts[i + 1] : text.Length)])];
    }

    /// <summary>Tests a law on random values, the same ones in every run.</summary>
    public static void ForAll<T>(Gen<T> values, Action<T> law, int count = 2_000) =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(count).WithEndSize(40).WithReplay(new Replay(new Rnd(20_261_121, 7), null)),
            Prop.ForAll(Arb.From(values), law));

    private static Gen<string> Joined(Gen<string> parts) => Gen.ArrayOf(parts).Select(string.Concat);

    private static byte[] Insert(byte[] bytes, int place, byte value)
    {
        place = Math.Min(place, bytes.Length);
        return [.. bytes[..place], value, .. bytes[place..]];
    }
}
