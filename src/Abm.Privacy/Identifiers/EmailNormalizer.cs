using System.Buffers;
using System.Globalization;
using System.Text;

namespace Abm.Privacy.Identifiers;

/// <summary>
/// The frozen rule <c>email-v1</c>: trim, invariant lower case, domain by <c>domain-v1</c>. No provider rules (dots and
/// plus tags stay) and no Unicode normalization. The local part is a dot-atom (RFC 5321, with the non-ASCII characters
/// of RFC 6531) of 1 to 64 bytes of UTF-8; the whole is at most 254 bytes. Refused: quoted local parts, comments,
/// display names, address literals, and characters that are invisible, private or not yet assigned (a character whose
/// case a later Unicode version may define would change the value).
/// </summary>
internal static class EmailNormalizer
{
    public const string Name = "email-v1";

    private const int MaxLocalBytes = 64;
    private const int MaxBytes = 254;

    private static readonly SearchValues<char> AsciiCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~.");

    /// <summary>Gives the normal form, or null and what is wrong.</summary>
    public static string? Normalize(string text, out string? fault)
    {
        if (text.Length > DomainNormalizer.MaxInput)
        {
            fault = "It is too long for an e-mail address.";
            return null;
        }

        var address = text.Trim().ToLowerInvariant();
        var at = address.IndexOf('@', StringComparison.Ordinal);
        if (at < 0 || at != address.LastIndexOf('@'))
        {
            fault = "An e-mail address holds exactly one '@'.";
            return null;
        }

        fault = FaultOfLocalPart(address.AsSpan(0, at));
        if (fault is not null || DomainNormalizer.NormalizeTrimmed(address[(at + 1)..], out fault) is not { } domain)
        {
            return null;
        }

        var value = string.Concat(address.AsSpan(0, at + 1), domain);
        fault = Encoding.UTF8.GetByteCount(value) > MaxBytes ? $"An e-mail address has at most {MaxBytes} bytes." : null;
        return fault is null ? value : null;
    }

    private static string? FaultOfLocalPart(ReadOnlySpan<char> local)
    {
        if (local.IsEmpty || Encoding.UTF8.GetByteCount(local) > MaxLocalBytes)
        {
            return $"The part before '@' has 1 to {MaxLocalBytes} bytes.";
        }

        if (local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal))
        {
            return "The part before '@' has a dot at its start or end, or two in a row.";
        }

        foreach (var rune in local.EnumerateRunes())
        {
            if (rune.IsAscii ? !AsciiCharacters.Contains((char)rune.Value) : IsUnstable(rune))
            {
                return "The part before '@' holds a character that is not allowed there (space, quote, bracket, comma, an invisible or a damaged character).";
            }
        }

        return null;
    }

    // half a surrogate pair is enumerated as the replacement character, which also marks a file read in a wrong encoding
    private static bool IsUnstable(Rune rune) =>
        rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune) is
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
