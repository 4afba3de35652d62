using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking;

/// <summary>A mask as text: the one place where configuration turns into masks.</summary>
internal static class MaskSpecification
{
    public const string Clear = "clear";

    /// <summary>The longest text of a constant, in UTF-16 characters: long enough for a label in any language.</summary>
    private const int MaxConstant = 256;

    /// <summary>The greatest number of characters to keep: above it a value is no longer masked in any useful sense.</summary>
    private const int MaxKeep = 64;

    private const string Forms =
        "Write email, phone, phone:<2 to 4>, person-name, payment-card, keep-first:<1 to 64>, keep-last:<1 to 64>, "
        + "keep:<first>,<last>, constant, constant:<text>, erase or clear.";

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
                treatment = Treatment.Of(new PhoneMask(digits));
                break;
            case "person-name" when argument is null:
                treatment = Treatment.Of(Mask.PersonName);
                break;
            case "payment-card" when argument is null:
                treatment = Treatment.Of(Mask.PaymentCard);
                break;
            case "keep-first" when TryParseNumber(argument, 1, MaxKeep, out var first):
                treatment = Treatment.Of(Mask.KeepFirst(first));
                break;
            case "keep-last" when TryParseNumber(argument, 1, MaxKeep, out var last):
                treatment = Treatment.Of(Mask.KeepLast(last));
                break;
            case "keep" when TryParseNumbers(argument, out var first, out var last):
                treatment = Treatment.Of(Mask.Keep(first, last));
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
            case "email" or "person-name" or "payment-card" or "erase" or Clear:
                problem = $"'{name}' takes nothing after a colon. {Forms}";
                break;
            case "phone" or "keep-first" or "keep-last" or "keep":
                problem = $"'{name}' needs other numbers. {Forms}";
                break;
            default:
                problem = $"This is not a mask. {Forms}";
                break;
        }

        return treatment is not null;
    }

    private static bool TryParseNumber(ReadOnlySpan<char> text, int min, int max, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= min && number <= max;

    private static bool TryParseNumbers(string? text, out int first, out int last)
    {
        first = last = 0;
        var comma = text?.IndexOf(',', StringComparison.Ordinal) ?? -1;
        return comma > 0
            && TryParseNumber(text.AsSpan(0, comma), 0, MaxKeep, out first)
            && TryParseNumber(text.AsSpan(comma + 1), 0, MaxKeep, out last);
    }
}
