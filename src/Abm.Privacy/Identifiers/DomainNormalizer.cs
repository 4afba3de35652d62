using System.Buffers;
using System.Globalization;
using System.Text;

namespace Abm.Privacy.Identifiers;

/// <summary>
/// The frozen rule <c>domain-v1</c>: trim, invariant lower case, every label that is not ASCII to its IDNA A-label
/// (UTS 46, non-transitional), one trailing dot removed. Then 2 or more labels of 1 to 63 letters, digits and hyphens
/// (no hyphen at the ends), at most 253 characters, last label not all digits. An <c>xn--</c> label must be the exact
/// A-label of what it decodes to. Everything else is refused.
/// </summary>
internal static class DomainNormalizer
{
    public const string Name = "domain-v1";

    /// <summary>Longer text is refused unread; no valid input comes near it.</summary>
    public const int MaxInput = 1024;

    private const int MaxLength = 253;
    private const int MaxLabel = 63;
    private const string EncodedLabel = "xn--";

    // the full stop and the three characters that IDNA treats as one (RFC 3490 section 3.1)
    private static readonly char[] Dots = ['.', '\u3002', '\uFF0E', '\uFF61'];

    private static readonly SearchValues<char> LabelCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private static readonly IdnMapping Idna = new() { AllowUnassigned = false, UseStd3AsciiRules = false };

    // without the platform's Unicode data the same domain would get another A-label, and so another index and pseudonym
    private static readonly Lazy<bool> HasUnicodeData = new(() => Encode("B\u00DCCHER") == "xn--bcher-kva" && Encode("fa\u00DF") == "xn--fa-hia");

    /// <summary>Gives the normal form, or null and what is wrong.</summary>
    public static string? Normalize(string text, out string? fault) => NormalizeTrimmed(text.Trim(), out fault);

    /// <summary>The same for a text in which white space is already a fault.</summary>
    public static string? NormalizeTrimmed(string text, out string? fault)
    {
        if (text.Length > MaxInput)
        {
            fault = "It is too long for a domain name.";
            return null;
        }

        var labels = text.ToLowerInvariant().Split(Dots).AsSpan();
        if (labels.Length > 1 && labels[^1].Length == 0)
        {
            labels = labels[..^1];
        }

        fault = labels.Length < 2 ? "A domain name needs at least two labels, for example 'example.com'." : null;
        for (var i = 0; i < labels.Length && fault is null; i++)
        {
            fault = NormalizeLabel(ref labels[i]);
        }

        if (fault is not null)
        {
            return null;
        }

        var domain = string.Join('.', labels!);
        fault = domain.Length > MaxLength ? $"A domain name has at most {MaxLength} characters."
            : labels[^1].AsSpan().ContainsAnyExceptInRange('0', '9') ? null
            : "The last label of a domain name is not a number.";
        return fault is null ? domain : null;
    }

    private static string? NormalizeLabel(ref string label)
    {
        if (!Ascii.IsValid(label))
        {
            RequireUnicodeData();
            label = Encode(label) ?? "";
            if (label.Length == 0)
            {
                return "A label of the domain name has no IDNA form.";
            }
        }

        if (label.Length is 0 or > MaxLabel)
        {
            return $"A label of a domain name has 1 to {MaxLabel} characters.";
        }

        if (label.AsSpan().ContainsAnyExcept(LabelCharacters) || label[0] == '-' || label[^1] == '-')
        {
            return "A label of a domain name holds letters, digits and hyphens, with no hyphen at its ends.";
        }

        return label.StartsWith(EncodedLabel, StringComparison.Ordinal) && !IsExactEncoding(label)
            ? "A label that starts with 'xn--' is not valid IDNA."
            : null;
    }

    private static bool IsExactEncoding(string label)
    {
        RequireUnicodeData();
        try
        {
            return Encode(Idna.GetUnicode(label)) == label;
        }
        catch (ArgumentException)
        {
            return false; // the platform's way to say that the label does not decode
        }
    }

    private static string? Encode(string label)
    {
        try
        {
            return Idna.GetAscii(label);
        }
        catch (ArgumentException)
        {
            return null; // the platform's way to say that the label has no A-label
        }
    }

    private static void RequireUnicodeData()
    {
        if (!HasUnicodeData.Value)
        {
            throw new PlatformNotSupportedException("International domain names need the platform's Unicode data (ICU). Install ICU and do not set InvariantGlobalization; otherwise the same domain would get different normal forms on different machines.");
        }
    }
}
