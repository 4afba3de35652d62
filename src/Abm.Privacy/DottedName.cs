using System.Diagnostics.CodeAnalysis;

namespace Abm.Privacy;

/// <summary>
/// The one rule for dotted lower-case names such as <c>contact.email</c>: parts joined by dots; a part starts with a
/// letter and holds <c>a</c> to <c>z</c>, digits and hyphens.
/// </summary>
internal static class DottedName
{
    public const int MaxLength = 128;

    public static bool IsValid([NotNullWhen(true)] string? name)
    {
        if (string.IsNullOrEmpty(name) || name.Length > MaxLength)
        {
            return false;
        }

        var startOfPart = true;
        foreach (var c in name)
        {
            var valid = startOfPart ? char.IsAsciiLetterLower(c) : char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.';
            if (!valid)
            {
                return false;
            }

            startOfPart = c == '.';
        }

        return !startOfPart;
    }

    /// <summary>Whether the other name is this one or lies below it: <c>contact</c> covers <c>contact.email</c>, <c>cont</c> does not.</summary>
    public static bool Covers(string name, string other) => Covers(name, other, '.');

    public static bool Covers(string name, string other, char separator) =>
        other.StartsWith(name, StringComparison.Ordinal) && (other.Length == name.Length || other[name.Length] == separator);
}
