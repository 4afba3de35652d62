using System.Globalization;
using System.Text;

namespace QuickStart;

/// <summary>Makes foreign text fit for one line of a terminal.</summary>
internal static class ConsoleText
{
    private const int MaxLength = 200;

    /// <summary>Without control and format characters, which could move the cursor or start a line; at most 200 characters.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(Math.Min(text.Length, MaxLength));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length >= MaxLength)
            {
                return clean.Append('…').ToString();
            }

            var drop = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
            clean.Append(drop ? "?" : rune.ToString());
        }

        return clean.ToString();
    }

    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
