namespace Abm.Privacy.Masking.Characters;

/// <summary>What a <see cref="KeepMask"/> shows of one value.</summary>
/// <param name="First">Code units shown at the start.</param>
/// <param name="Last">Code units shown at the end.</param>
/// <param name="HiddenUnits">How many of the mask's own units are hidden.</param>
internal readonly record struct KeptParts(int First, int Last, int HiddenUnits)
{
    /// <summary>Measures any text in two passes over its grapheme clusters.</summary>
    /// <returns>False if the text is not valid, or a cluster is too long to be one character.</returns>
    public static bool TryMeasure<TUnit, TText>(ReadOnlySpan<TUnit> text, KeepMask mask, out KeptParts parts)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        if (TryMeasurePlain<TUnit, TText>(text, mask, out parts))
        {
            return true;
        }

        if (!TText.IsWellFormed(text))
        {
            return false;
        }

        var all = default(Tally);
        for (var rest = text; rest.Length > 0;)
        {
            var cluster = TText.NextGrapheme(rest);
            if (cluster.Length == 0)
            {
                return false;
            }

            all = all.Plus(cluster);
            rest = rest[cluster.Length..];
        }

        var units = all.Units(mask.Unit);
        parts = new KeptParts(0, 0, units);
        if (2L * mask.First + 2L * mask.Last > units)
        {
            return true;
        }

        // the start ends where the next cluster would exceed the count; the end starts where what is left fits into it
        Tally passed = default, first = default;
        var isStart = true;
        while (all.Units(mask.Unit) - passed.Units(mask.Unit) > mask.Last)
        {
            passed = passed.Plus(TText.NextGrapheme(text[passed.Length..]));
            isStart &= passed.Units(mask.Unit) <= mask.First;
            first = isStart ? passed : first;
        }

        var last = all.Minus(passed);
        var shown = first.Plus(last);
        if (2L * shown.Graphemes <= all.Graphemes && 2L * shown.Runes <= all.Runes && 2L * shown.Chars <= all.Chars)
        {
            parts = new KeptParts(first.Length, last.Length, units - shown.Units(mask.Unit));
        }

        return true;
    }

    /// <summary>Measures a text of plain characters alone, which are one of every unit.</summary>
    private static bool TryMeasurePlain<TUnit, TText>(ReadOnlySpan<TUnit> text, KeepMask mask, out KeptParts parts)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        parts = default;
        int count = 0, first = 0;
        for (var position = 0; position < text.Length; count++)
        {
            first = count == mask.First ? position : first;
            var length = TText.PlainLength(text, position);
            if (length == 0)
            {
                return false;
            }

            position += length;
        }

        if (2L * mask.First + 2L * mask.Last > count)
        {
            parts = new KeptParts(0, 0, count);
            return true;
        }

        // a count of characters from the end: the units that follow a lead are none
        var start = text.Length;
        for (var left = mask.Last; left > 0; left--)
        {
            start--;
            start -= TText.PlainLength(text, start) == 0 ? 1 : 0;
        }

        parts = new KeptParts(first, text.Length - start, count - mask.First - mask.Last);
        return true;
    }

    private readonly record struct Tally(int Length, int Graphemes, int Runes, int Chars)
    {
        public Tally Plus(Grapheme cluster) =>
            new(Length + cluster.Length, Graphemes + 1, Runes + cluster.Runes, Chars + cluster.Chars);

        public Tally Plus(Tally other) =>
            new(Length + other.Length, Graphemes + other.Graphemes, Runes + other.Runes, Chars + other.Chars);

        public Tally Minus(Tally other) =>
            new(Length - other.Length, Graphemes - other.Graphemes, Runes - other.Runes, Chars - other.Chars);

        public int Units(MaskUnit unit) => unit switch
        {
            MaskUnit.Rune => Runes,
            MaskUnit.CodeUnit => Chars,
            _ => Graphemes,
        };
    }
}
