using System.Globalization;

namespace Abm.Privacy.Masking;

/// <summary>A <see cref="KeepMask"/> as text: its numbers, then its options, for example <c>0,4,unit=rune,length=kept</c>.</summary>
internal static class KeepSpecification
{
    /// <summary>The greatest number of characters to keep: above it a value is no longer masked in any useful sense.</summary>
    private const int MaxKeep = 64;

    /// <param name="name"><c>keep</c>, <c>keep-first</c> or <c>keep-last</c>.</param>
    /// <param name="argument">What follows the colon.</param>
    /// <param name="mask">The mask.</param>
    public static bool TryParse(string name, string? argument, out KeepMask mask)
    {
        mask = default;
        var parts = argument?.Split(',') ?? [];
        var numbers = name == "keep" ? 2 : 1;
        if (parts.Length < numbers || !TryParseNumber(parts[0], name == "keep" ? 0 : 1, MaxKeep, out var first))
        {
            return false;
        }

        var last = 0;
        if (name == "keep" && !TryParseNumber(parts[1], 0, MaxKeep, out last))
        {
            return false;
        }

        mask = name == "keep-last" ? new KeepMask(0, first) : new KeepMask(first, last);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in parts[numbers..])
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || !seen.Add(part[..equals]) || !TrySet(part[..equals], part[(equals + 1)..], ref mask))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TrySet(string option, string value, ref KeepMask mask)
    {
        switch (option)
        {
            case "length" when value == "kept":
                mask = mask with { PreserveLength = true };
                return true;
            case "length" when TryParseNumber(value, 1, KeepMask.MaxMaskLength, out var length):
                mask = mask with { MaskLength = length };
                return true;
            case "char" when value is [> ' ' and <= '~']:
                mask = mask with { MaskCharacter = value[0] };
                return true;
            case "unit" when value is "grapheme" or "rune" or "code-unit":
                mask = mask with { Unit = value == "rune" ? MaskUnit.Rune : value == "code-unit" ? MaskUnit.CodeUnit : MaskUnit.Grapheme };
                return true;
            default:
                return false;
        }
    }

    private static bool TryParseNumber(string text, int min, int max, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= min && number <= max;
}
