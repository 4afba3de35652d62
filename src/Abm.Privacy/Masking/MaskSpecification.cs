using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Abm.Privacy.Masking.Characters;
using Abm.Privacy.Masking.Checks;

namespace Abm.Privacy.Masking;

/// <summary>A mask as text: the one place where configuration turns into masks.</summary>
internal static class MaskSpecification
{
    public const string Clear = "clear";

    /// <summary>The longest text of a constant, in UTF-16 characters: long enough for a label in any language.</summary>
    private const int MaxConstant = 256;

    private const string Forms =
        "Write email, phone, phone:<2 to 4>, person-name, payment-card, iban, ip-address, ip-address:<0 to 24>,<0 to 64>, url, "
        + "url:<host, path, host,path or none>, postcode:<country>, postal-address, postal-address:<country>, "
        + "date:<year, quarter or month>, bucket:<width>, round:<unit>, keep-first:<1 to 64>, keep-last:<1 to 64>, "
        + "keep:<first>,<last> (with ,length=<1 to 64 or kept> ,char=<character> ,unit=<grapheme, rune or code-unit>), "
        + "constant, constant:<text>, null, erase or clear.";

    public static Treatment Parse(string? text) =>
        TryParse(text, out var treatment, out var problem) ? treatment : throw new ArgumentException(problem, nameof(text));

    /// <param name="text">For example <c>keep-last:4</c>. Names are lower case; an argument follows a colon.</param>
    /// <param name="treatment">What the text asks for.</param>
    /// <param name="problem">What is wrong and how to mend it, without the text, which may hold anything.</param>
    public static bool TryParse(
        string? text,
        [NotNullWhen(true)] out Treatment? treatment,
        [NotNullWhen(false)] out string? problem)
    {
        treatment = null;
        problem = null;
        var colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        var name = colon < 0 ? text : text![..colon];
        var argument = colon < 0 ? null : text![(colon + 1)..];
        switch (name)
        {
            case "email" when argument is null:
                treatment = Treatment.Of(Mask.Email);
                break;
            case "phone" when argument is null:
                treatment = Treatment.Of(Mask.Phone);
                break;
            case "phone" when TryParseNumber(argument, PhoneMask.DefaultLastDigits, PhoneMask.MaxLastDigits, out var digits):
                treatment = Treatment.Of(new PhoneMask((int)digits));
                break;
            case "person-name" when argument is null:
                treatment = Treatment.Of(Mask.PersonName);
                break;
            case "payment-card" when argument is null:
                treatment = Treatment.Of(Mask.PaymentCard);
                break;
            case "iban" when argument is null:
                treatment = Treatment.Of(Mask.Iban);
                break;
            case "ip-address" when argument is null:
                treatment = Treatment.Of(Mask.IpAddress);
                break;
            case "ip-address" when TryParseNumbers(argument, IpAddressMask.DefaultIPv4Bits, IpAddressMask.MaxIPv6Bits, out var v4, out var v6):
                treatment = Treatment.Of(new IpAddressMask(v4, v6));
                break;
            case "url" when argument is null or "host" or "path" or "host,path" or "none":
                treatment = Treatment.Of(new UrlMask { HideHost = argument is "path" or "none", ShowPath = argument is "path" or "host,path" });
                break;
            case "postcode" when PostcodeRule.IsCountry(argument):
                treatment = Treatment.Of(Mask.Postcode(argument!));
                break;
            case "postal-address" when argument is null:
                treatment = Treatment.Of(Mask.PostalAddress);
                break;
            case "postal-address" when PostcodeRule.IsCountry(argument):
                treatment = Treatment.Of(new PostalAddressMask(argument!));
                break;
            case "date" when argument is "year" or "quarter" or "month":
                treatment = Treatment.Of(Mask.Date(argument == "year" ? DatePrecision.Year : argument == "month" ? DatePrecision.Month : DatePrecision.Quarter));
                break;
            case "bucket" when TryParseNumber(argument, NumberMask.MinWidth, NumberMask.MaxWidth, out var width):
                treatment = Treatment.Of(Mask.Bucket(width));
                break;
            case "round" when TryParseNumber(argument, NumberMask.MinWidth, NumberMask.MaxWidth, out var unit):
                treatment = Treatment.Of(Mask.Round(unit));
                break;
            case "keep-first" or "keep-last" or "keep" when KeepSpecification.TryParse(name, argument, out var keep):
                treatment = Treatment.Of(keep);
                break;
            case "null" when argument is null:
                treatment = Treatment.Of(Mask.Null);
                break;
            case "constant" when argument is null:
                treatment = Treatment.Of(Mask.Hide);
                break;
            case "constant" when argument.Length <= MaxConstant && Utf16Text.IsWellFormed(argument):
                treatment = Treatment.Of(Mask.Constant(argument));
                break;
            case "constant":
                problem = $"The text of a constant must be valid Unicode of at most {MaxConstant} characters. Shorten or correct it.";
                break;
            case "erase" when argument is null:
                treatment = Treatment.Erase;
                break;
            case Clear when argument is null:
                treatment = new ClearTreatment();
                break;
            case "email" or "person-name" or "payment-card" or "iban" or "null" or "erase" or Clear:
                problem = $"'{name}' takes nothing after a colon. {Forms}";
                break;
            case "phone" or "ip-address" or "bucket" or "round" or "keep-first" or "keep-last" or "keep":
                problem = $"'{name}' needs other numbers. {Forms}";
                break;
            case "url" or "postcode" or "postal-address" or "date":
                problem = $"'{name}' needs other words behind the colon. {Forms}";
                break;
            default:
                problem = $"This is not a mask. {Forms}";
                break;
        }

        return treatment is not null;
    }

    private static bool TryParseNumber(ReadOnlySpan<char> text, long min, long max, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= min && number <= max;

    private static bool TryParseNumbers(string? text, int maxFirst, int maxSecond, out int first, out int second)
    {
        first = second = 0;
        var comma = text?.IndexOf(',', StringComparison.Ordinal) ?? -1;
        if (comma <= 0 || !TryParseNumber(text.AsSpan(0, comma), 0, maxFirst, out var one) || !TryParseNumber(text.AsSpan(comma + 1), 0, maxSecond, out var two))
        {
            return false;
        }

        (first, second) = ((int)one, (int)two);
        return true;
    }
}
