using System.Text.RegularExpressions;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>An application's own pattern: matched in time linear in the text, whatever the pattern.</summary>
internal static class TextPattern
{
    public static Regex Compile(string pattern) =>
        new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>What is wrong with a pattern, or null.</summary>
    public static string? FindFault(string? pattern)
    {
        if (string.IsNullOrEmpty(pattern))
        {
            return "It is empty. Write a regular expression, or remove it.";
        }

        try
        {
            return Compile(pattern).IsMatch("") ? "It matches the empty text, so it would match everywhere. Make a part of it required." : null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return "It is no regular expression that runs in linear time: look-around, backreferences and atomic groups are not. Write it without them.";
        }
    }
}
