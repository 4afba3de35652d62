using System.Collections.Frozen;

namespace Abm.Privacy.Identifiers;

/// <summary>
/// What <c>phone-v1</c> knows of a country's numbering plan; the table is part of the frozen normalizer. Sources: the
/// national numbering plans that ITU-T E.129 collects, as of 2025. Lengths count the national significant number.
/// </summary>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="CallingCode">The E.164 country code.</param>
/// <param name="Trunk">The digit before a number that is written nationally; empty where there is none.</param>
/// <param name="TrunkIsWritten">Whether a national number without the trunk digit is refused, because it may lack its area code.</param>
/// <param name="International">The prefix for calls abroad; empty where a carrier code follows it, which cannot be told from a country code.</param>
/// <param name="MinLength">The shortest number.</param>
/// <param name="MaxLength">The longest number.</param>
/// <param name="FirstDigits">The digits with which a number may start.</param>
internal sealed record PhonePlan(
    string Country, string CallingCode, string Trunk, bool TrunkIsWritten, string International, int MinLength, int MaxLength, string FirstDigits)
{
    private const string NotZero = "123456789";
    private const string From2 = "23456789";

    private static readonly PhonePlan[] All =
    [
        new("AT", "43", "0", true, "00", 5, 13, NotZero),
        new("BE", "32", "0", true, "00", 8, 9, NotZero),
        new("BR", "55", "0", false, "", 10, 11, NotZero),
        new("CA", "1", "1", false, "011", 10, 10, From2),
        new("CH", "41", "0", true, "00", 9, 9, NotZero),
        new("DE", "49", "0", true, "00", 5, 13, NotZero),
        new("DK", "45", "", false, "00", 8, 8, From2),
        new("ES", "34", "", false, "00", 9, 9, "56789"),
        new("FR", "33", "0", true, "00", 9, 9, NotZero),
        new("GB", "44", "0", true, "00", 9, 10, NotZero),
        new("IE", "353", "0", true, "00", 7, 10, NotZero),
        new("IT", "39", "", false, "00", 6, 11, "0123456789"),
        new("NL", "31", "0", true, "00", 7, 10, NotZero),
        new("NO", "47", "", false, "00", 8, 8, From2),
        new("PL", "48", "", false, "00", 9, 9, NotZero),
        new("PT", "351", "", false, "00", 9, 9, From2),
        new("SE", "46", "0", true, "00", 6, 10, NotZero),
        new("US", "1", "1", false, "011", 10, 10, From2),
    ];

    private static readonly FrozenDictionary<string, PhonePlan> ByCountry = All.ToFrozenDictionary(plan => plan.Country, StringComparer.OrdinalIgnoreCase);

    /// <summary>Every country that is supported in national form, for messages and tests.</summary>
    public static IEnumerable<PhonePlan> Plans => All;

    /// <summary>The plan of a country, or null if it is not in the table.</summary>
    public static PhonePlan? Of(string country) => ByCountry.GetValueOrDefault(country.Trim());

    /// <summary>The plan that an international number falls under, or null if its country is not in the table.</summary>
    public static PhonePlan? OfInternational(ReadOnlySpan<char> digits)
    {
        foreach (var plan in All)
        {
            if (digits.StartsWith(plan.CallingCode, StringComparison.Ordinal))
            {
                return plan;
            }
        }

        return null;
    }

    public bool Allows(ReadOnlySpan<char> nationalNumber) =>
        nationalNumber.Length >= MinLength && nationalNumber.Length <= MaxLength && FirstDigits.Contains(nationalNumber[0], StringComparison.Ordinal);
}
