namespace Abm.Privacy.Masking.Checks;

/// <summary>
/// The international bank account number of ISO 13616: its length by country and its check digits (ISO/IEC 7064, MOD
/// 97-10). The national structure behind them is not checked.
/// </summary>
internal static class Iban
{
    /// <summary>The shortest and the longest number of the registry.</summary>
    public const int MinLength = 15;
    public const int MaxLength = 33;

    private const byte Invalid = 255;

    /// <summary>Country and length of every entry of the SWIFT IBAN registry, release 100 (89 countries).</summary>
    private const string Registry =
        "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23"
        + "GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28"
        + "NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30";

    /// <summary>Lengths by the two letters, five bits each.</summary>
    private static readonly byte[] Lengths = ReadLengths();

    /// <summary>What each ASCII character counts: digits themselves, letters 10 to 35.</summary>
    private static readonly byte[] Values = CreateValues();

    /// <summary>Powers of ten modulo 97 for every decimal place that a number of letters could have.</summary>
    private static readonly byte[] Powers = CreatePowers();

    /// <summary>The registered length of a country's numbers; 0 if the two upper-case letters name no country of the registry.</summary>
    public static int LengthOf(byte c1, byte c2)
    {
        int first = c1 - 'A', second = c2 - 'A';
        return (uint)first < 26 && (uint)second < 26 ? Lengths[first << 5 | second] : 0;
    }

    /// <summary>
    /// Whether the text is a number in compact upper-case form, such as <c>DE89370400440532013000</c>: a country of the
    /// registry, its length, check digits 02 to 98 that are right.
    /// </summary>
    public static bool IsValid(ReadOnlySpan<byte> asciiUpper)
    {
        if (asciiUpper.Length < MinLength || LengthOf(asciiUpper[0], asciiUpper[1]) != asciiUpper.Length)
        {
            return false;
        }

        uint tens = (uint)asciiUpper[2] - '0', ones = (uint)asciiUpper[3] - '0';
        var check = 10 * tens + ones;
        if (tens > 9 || ones > 9 || check - 2 > 96)
        {
            return false;
        }

        // the country and the check digits count as if they stood at the end: places 5 to 0, the account's from 6 on
        byte[] values = Values, powers = Powers;
        var sum = check + values[asciiUpper[0]] * 10_000u + values[asciiUpper[1]] * 100u;
        uint place = 6, all = 0;
        for (var i = asciiUpper.Length - 1; i >= 4; i--)
        {
            uint c = asciiUpper[i];
            uint value = values[(byte)c];
            all |= value;
            sum += value * powers[(int)place & 127];

            // a letter has two decimal places; bit 6 tells letters from digits
            place += 1 + (c >> 6);
        }

        return all < 64 && sum % 97 == 1;
    }

    private static byte[] ReadLengths()
    {
        var lengths = new byte[32 * 32];
        for (var i = 0; i < Registry.Length; i += 4)
        {
            lengths[Registry[i] - 'A' << 5 | Registry[i + 1] - 'A'] = (byte)((Registry[i + 2] - '0') * 10 + Registry[i + 3] - '0');
        }

        return lengths;
    }

    private static byte[] CreateValues()
    {
        var values = new byte[256];
        Array.Fill(values, Invalid);
        for (var i = 0; i < 36; i++)
        {
            values[i < 10 ? '0' + i : 'A' + i - 10] = (byte)i;
        }

        return values;
    }

    private static byte[] CreatePowers()
    {
        var powers = new byte[128];
        for (int i = 0, power = 1; i < powers.Length; i++, power = power * 10 % 97)
        {
            powers[i] = (byte)power;
        }

        return powers;
    }
}
