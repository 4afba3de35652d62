using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Checks;

/// <summary>One form of a country's postcodes.</summary>
/// <param name="Form"><c>9</c> is a digit, <c>A</c> a letter, <c>X</c> either; a space or a hyphen may be there or not.</param>
/// <param name="Shown">How many characters at the start name an area that is large enough to show.</param>
/// <param name="Hides">Areas that are too small all the same, joined by spaces.</param>
internal sealed record PostcodeRule(string Form, int Shown, string Hides = "")
{
    /// <summary>The longest masked postcode.</summary>
    public const int MaxMasked = 3 + Stars.Count;

    /// <summary>The longest postcode with its separator.</summary>
    public const int MaxLength = 10;

    /// <summary>The three-digit areas of fewer than 20,000 people in the census of 2000 or in that of 2010.</summary>
    private const string SmallUsAreas = "036 059 063 102 202 203 204 205 369 556 692 753 772 790 821 823 830 831 878 879 884 890 893";

    private static readonly FrozenDictionary<string, PostcodeRule[]> Rules = new Dictionary<string, PostcodeRule[]>(StringComparer.OrdinalIgnoreCase)
    {
        // four digits, of which the second may already name one town
        ["AT"] = [new("9999", 1)],
        ["AU"] = [new("9999", 1)],
        ["BE"] = [new("9999", 1)],
        ["BG"] = [new("9999", 1)],
        ["CH"] = [new("9999", 1)],
        ["DK"] = [new("9999", 1)],
        ["HU"] = [new("9999", 1)],
        ["LU"] = [new("9999", 1)],
        ["NO"] = [new("9999", 1)],
        ["NZ"] = [new("9999", 1)],
        ["SI"] = [new("9999", 1)],

        // a routing region, province, county or state in two digits
        ["BR"] = [new("99999-999", 2)],
        ["CZ"] = [new("999 99", 2)],
        ["DE"] = [new("99999", 2)],
        ["ES"] = [new("99999", 2)],
        ["FI"] = [new("99999", 2)],
        ["FR"] = [new("99999", 2)],
        ["GR"] = [new("999 99", 2)],
        ["HR"] = [new("99999", 2)],
        ["IN"] = [new("999 999", 2)],
        ["IT"] = [new("99999", 2)],
        ["JP"] = [new("999-9999", 2)],
        ["MX"] = [new("99999", 2)],
        ["NL"] = [new("9999 AA", 2)],
        ["PL"] = [new("99-999", 2)],
        ["PT"] = [new("9999-999", 2)],
        ["RO"] = [new("999999", 2)],
        ["SE"] = [new("999 99", 2)],
        ["SK"] = [new("999 99", 2)],
        ["TR"] = [new("99999", 2)],

        // the letter of a province; the next two characters may be one village
        ["CA"] = [new("A9A 9A9", 1)],
        ["IE"] = [new("A99 XXXX", 1), new("A9A XXXX", 1)],

        // the letters of a postcode area; a district may have a few hundred people
        ["GB"] =
        [
            new("A9 9AA", 1), new("A99 9AA", 1), new("A9A 9AA", 1),
            new("AA9 9AA", 2), new("AA99 9AA", 2), new("AA9A 9AA", 2),
        ],
        ["US"] = [new("99999", 3, SmallUsAreas), new("99999-9999", 3, SmallUsAreas)],
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The forms of a country; null if it has no rule.</summary>
    /// <exception cref="ArgumentException">These are not two letters.</exception>
    public static PostcodeRule[]? Find(string country)
    {
        ArgumentNullException.ThrowIfNull(country);
        return IsCountry(country)
            ? Rules.GetValueOrDefault(country.Equals("UK", StringComparison.OrdinalIgnoreCase) ? "GB" : country)
            : throw new ArgumentException("This is not a country. Write the two letters of ISO 3166-1, for example 'DE'.", nameof(country));
    }

    public static bool IsCountry(ReadOnlySpan<char> country) =>
        country.Length == 2 && char.IsAsciiLetter(country[0]) && char.IsAsciiLetter(country[1]);

    /// <summary>Writes the area of a text that is a postcode in one of the forms.</summary>
    public static bool TryWriteArea(PostcodeRule[]? rules, ReadOnlySpan<byte> text, Span<byte> masked, out int length)
    {
        length = 0;
        return Fits(rules, text, out var rule) && rule.TryWrite(text, masked, out length);
    }

    /// <summary>Finds the form that a whole text has.</summary>
    public static bool Fits(PostcodeRule[]? rules, ReadOnlySpan<byte> text, [NotNullWhen(true)] out PostcodeRule? rule)
    {
        foreach (var candidate in rules ?? [])
        {
            if (candidate.Fits(text))
            {
                rule = candidate;
                return true;
            }
        }

        rule = null;
        return false;
    }

    /// <summary>Writes the area of a postcode in this form; false if the area is too small to show.</summary>
    public bool TryWrite(ReadOnlySpan<byte> text, Span<byte> masked, out int length)
    {
        Span<char> area = stackalloc char[Shown];
        for (var i = 0; i < Shown; i++)
        {
            masked[i] = AsciiForm.ToUpper(text[i]);
            area[i] = (char)masked[i];
        }

        AsciiForm.WriteStars(masked[Shown..]);
        length = Shown + Stars.Count;
        return Hides.Length == 0 || !Hides.AsSpan().Contains(area, StringComparison.Ordinal);
    }

    private bool Fits(ReadOnlySpan<byte> text)
    {
        var position = 0;
        foreach (var place in Form)
        {
            var c = position < text.Length ? (char)text[position] : '\0';
            var isTaken = place switch
            {
                '9' => char.IsAsciiDigit(c),
                'A' => char.IsAsciiLetter(c),
                'X' => char.IsAsciiLetterOrDigit(c),
                _ => c == place,
            };
            if (!isTaken && place is not (' ' or '-'))
            {
                return false;
            }

            position += isTaken ? 1 : 0;
        }

        return position == text.Length;
    }
}
