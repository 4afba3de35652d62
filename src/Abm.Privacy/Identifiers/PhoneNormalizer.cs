namespace Abm.Privacy.Identifiers;

/// <summary>
/// The frozen rule <c>phone-v1</c>. Space, no-break space, dot, hyphen, slash and parentheses are separators. With
/// <c>+</c>: country code and number. Without it a country must be stated, and the number is read as dialed there:
/// the country's international prefix, or its trunk digit and the number (<see cref="PhonePlan"/>). The result is
/// <c>+</c> and 7 to 15 digits, the first of them 1 to 9; a number of a country in the table must also fit its plan.
/// A <c>(0)</c> right after the country code is dropped where 0 is the trunk digit. Everything else is refused:
/// letters, extensions, other digits than ASCII, numbers without area or country.
/// </summary>
internal static class PhoneNormalizer
{
    public const string Name = "phone-v1";

    private const int MinDigits = 7;
    private const int MaxDigits = 15;
    private const int MaxInput = 64;
    private const string OptionalZero = "(0)";
    private const string DoesNotFit = "The number does not fit the numbering plan of its country: check its length, and that no trunk '0' follows the country code.";

    /// <summary>Gives the normal form, or null and what is wrong.</summary>
    public static string? Normalize(string text, string? country, out string? fault)
    {
        Span<char> buffer = stackalloc char[MaxInput];
        fault = Read(text, buffer, out var length, out var plus, out var zeroAt);
        if (fault is not null)
        {
            return null;
        }

        ReadOnlySpan<char> digits = buffer[..length];
        if (plus)
        {
            return International(digits, zeroAt, out fault);
        }

        if (string.IsNullOrWhiteSpace(country))
        {
            fault = "A phone number without '+' needs a stated country. Write '+' and the country code, or state the country (ISO 3166, two letters).";
            return null;
        }

        if (PhonePlan.Of(country) is not { } plan)
        {
            fault = "The stated country is not in the table of national formats. Write '+' and the country code.";
            return null;
        }

        if (plan.International.Length > 0 && digits.StartsWith(plan.International, StringComparison.Ordinal))
        {
            return International(digits[plan.International.Length..], zeroAt - plan.International.Length, out fault);
        }

        return National(digits, plan, zeroAt, out fault);
    }

    private static string? Read(string text, Span<char> digits, out int length, out bool plus, out int zeroAt)
    {
        (length, plus, zeroAt) = (0, false, -1);
        var span = text.AsSpan().Trim();
        if (span.Length > digits.Length)
        {
            return "It is too long for a phone number.";
        }

        for (var i = 0; i < span.Length; i++)
        {
            if (span[i..].StartsWith(OptionalZero, StringComparison.Ordinal) && length > 0)
            {
                if (zeroAt >= 0)
                {
                    return "A phone number holds '(0)' at most once.";
                }

                (zeroAt, i) = (length, i + OptionalZero.Length - 1);
            }
            else if (char.IsAsciiDigit(span[i]))
            {
                digits[length++] = span[i];
            }
            else if (span[i] == '+' && !plus && length == 0)
            {
                plus = true;
            }
            else if (span[i] is not (' ' or '\u00A0' or '.' or '-' or '/' or '(' or ')'))
            {
                return "A phone number holds digits, separators and a leading '+', and no letters or extension.";
            }
        }

        return length == 0 ? "A phone number holds digits." : null;
    }

    private static string? International(ReadOnlySpan<char> digits, int zeroAt, out string? fault)
    {
        if (digits.Length is < MinDigits or > MaxDigits || digits[0] == '0')
        {
            fault = $"An international phone number has {MinDigits} to {MaxDigits} digits, country code first, and no country code starts with 0.";
            return null;
        }

        var plan = PhonePlan.OfInternational(digits);
        if (zeroAt >= 0 && (plan is not { Trunk: "0" } || zeroAt != plan.CallingCode.Length))
        {
            fault = "'(0)' has no meaning there. Write the number without it.";
            return null;
        }

        fault = plan is null || plan.Allows(digits[plan.CallingCode.Length..]) ? null : DoesNotFit;
        return fault is null ? string.Concat("+", digits) : null;
    }

    private static string? National(ReadOnlySpan<char> digits, PhonePlan plan, int zeroAt, out string? fault)
    {
        var hasTrunk = plan.Trunk.Length > 0 && digits.StartsWith(plan.Trunk, StringComparison.Ordinal);
        if (zeroAt >= 0 || (plan.TrunkIsWritten && !hasTrunk))
        {
            fault = "A national phone number is written as it is dialed in its country, with trunk digit and area code.";
            return null;
        }

        var number = hasTrunk ? digits[plan.Trunk.Length..] : digits;
        fault = !number.IsEmpty && plan.Allows(number) ? null : DoesNotFit;
        return fault is null ? string.Concat("+", plan.CallingCode, number) : null;
    }
}
