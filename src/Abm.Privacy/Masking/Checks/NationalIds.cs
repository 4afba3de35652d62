namespace Abm.Privacy.Masking.Checks;

/// <summary>
/// The published check digits of national identifiers, over their compact ASCII form in upper case. Every method takes a
/// text of exactly the identifier's length and characters.
/// </summary>
internal static class NationalIds
{
    private const string SpanishLetters = "TRWAGMYFPDXBNJZSQVHLCKE";

    /// <summary>Areas, groups and serials that were never issued, and the numbers that advertisements made known.</summary>
    public static bool IsSsn(ReadOnlySpan<byte> digits)
    {
        var (area, group, serial) = (Value(digits[..3]), Value(digits[3..5]), Value(digits[5..]));
        return area is not (0 or 666 or >= 900) && group != 0 && serial != 0 && !(area == 78 && group == 5 && serial == 1120) && !IsOneDigit(digits);
    }

    /// <summary>Prefix letters that were issued (HMRC NIM39110) and a suffix of A to D.</summary>
    public static bool IsNino(ReadOnlySpan<byte> text)
    {
        var (first, second, suffix) = ((char)text[0], (char)text[1], (char)text[8]);
        return !"DFIQUV".Contains(first, StringComparison.Ordinal)
            && !"DFIQUVO".Contains(second, StringComparison.Ordinal)
            && (first, second) is not (('B', 'G') or ('G', 'B') or ('K', 'N') or ('N', 'K') or ('N', 'T') or ('T', 'N') or ('Z', 'Z'))
            && suffix is >= 'A' and <= 'D';
    }

    /// <summary>ISO 7064 MOD 11,10, and at most one digit repeated, at most three times, among the first ten.</summary>
    public static bool IsDeTaxId(ReadOnlySpan<byte> digits)
    {
        if (digits[0] == '0')
        {
            return false;
        }

        Span<byte> counts = stackalloc byte[10];
        counts.Clear();
        var product = 10;
        foreach (var digit in digits[..10])
        {
            counts[digit - '0']++;
            var sum = (digit - '0' + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }

        var repeated = 0;
        foreach (var count in counts)
        {
            if (count > 3)
            {
                return false;
            }

            repeated += count > 1 ? 1 : 0;
        }

        return repeated <= 1 && (11 - product) % 10 == digits[10] - '0';
    }

    /// <summary>The key is 97 minus the number modulo 97; the letters of Corsica count as 19 and 18.</summary>
    public static bool IsNir(ReadOnlySpan<byte> text)
    {
        if (text[0] is not ((byte)'1' or (byte)'2' or (byte)'3' or (byte)'4' or (byte)'7' or (byte)'8'))
        {
            return false;
        }

        var month = Value(text[3..5]);
        if (month is not ((>= 1 and <= 12) or (>= 20 and <= 42) or (>= 50 and <= 99)))
        {
            return false;
        }

        long number = 0;
        for (var i = 0; i < 13; i++)
        {
            // the department 2A or 2B as a whole counts as 19 or 18
            number = text[i] switch
            {
                (byte)'A' => number / 10 * 100 + 19,
                (byte)'B' => number / 10 * 100 + 18,
                var digit => number * 10 + digit - '0',
            };
        }

        return 97 - number % 97 == Value(text[13..15]);
    }

    /// <summary>Weights 1, 3, 7, 9; the date of birth holds the century in its month.</summary>
    public static bool IsPesel(ReadOnlySpan<byte> digits)
    {
        ReadOnlySpan<byte> weights = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1];
        var month = Value(digits[2..4]) % 20;
        var day = Value(digits[4..6]);
        return month is >= 1 and <= 12 && day is >= 1 and <= 31 && Sum(digits, weights) % 10 == 0;
    }

    public static bool IsNip(ReadOnlySpan<byte> digits)
    {
        ReadOnlySpan<byte> weights = [6, 5, 7, 2, 3, 4, 5, 6, 7];
        return Sum(digits[..9], weights) % 11 == digits[9] - '0' && !IsOneDigit(digits);
    }

    /// <summary>A DNI of eight digits and its letter, or a NIE that begins with X, Y or Z.</summary>
    public static bool IsDni(ReadOnlySpan<byte> text)
    {
        var number = text[0] is >= (byte)'X' and <= (byte)'Z' ? (text[0] - 'X') * 10_000_000 + Value(text[1..8]) : Value(text[..8]);
        return text[8] == SpanishLetters[number % 23];
    }

    /// <summary>The shape of a codice fiscale: letters, and digits that omocodia may have replaced by L M N P Q R S T U V.</summary>
    public static bool IsFiscalCodeShape(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < 16; i++)
        {
            var isDigitPlace = i is 6 or 7 or 9 or 10 or 12 or 13 or 14;
            var isLetter = text[i] is >= (byte)'A' and <= (byte)'Z';
            if (isDigitPlace ? !(text[i] is >= (byte)'0' and <= (byte)'9' || "LMNPQRSTUV".Contains((char)text[i], StringComparison.Ordinal)) : !isLetter)
            {
                return false;
            }
        }

        return "ABCDEHLMPRST".Contains((char)text[8], StringComparison.Ordinal);
    }

    /// <summary>The check letter of a codice fiscale (decree of 12 March 1974).</summary>
    public static bool IsFiscalCode(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
        var sum = 0;
        for (var i = 0; i < 15; i++)
        {
            var value = text[i] <= '9' ? text[i] - '0' : text[i] - 'A';
            sum += i % 2 == 0 ? odd[value] : value;
        }

        return IsFiscalCodeShape(text) && sum % 26 == text[15] - 'A';
    }

    public static bool IsCpf(ReadOnlySpan<byte> digits)
    {
        int first = 0, second = 0;
        for (var i = 0; i < 9; i++)
        {
            first += (digits[i] - '0') * (10 - i);
            second += (digits[i] - '0') * (11 - i);
        }

        first = first * 10 % 11 % 10;
        second = (second + first * 2) * 10 % 11 % 10;
        return first == digits[9] - '0' && second == digits[10] - '0' && !IsOneDigit(digits);
    }

    /// <summary>Letters count as their ASCII value less 48 (Instrução Normativa RFB 2.229 of 2024); the check digits are digits.</summary>
    public static bool IsCnpj(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> weights = [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2];
        var first = Check(Sum(text[..12], weights[1..]));
        var second = Check(Sum(text[..12], weights[..12]) + 2 * first);
        return first == text[12] - '0' && second == text[13] - '0' && !IsOneDigit(text);

        static int Check(int sum) => sum % 11 < 2 ? 0 : 11 - sum % 11;
    }

    public static bool IsSin(ReadOnlySpan<byte> digits) => digits[0] != '8' && Luhn.IsValid(digits) && !IsOneDigit(digits);

    private static int Sum(ReadOnlySpan<byte> text, ReadOnlySpan<byte> weights)
    {
        var sum = 0;
        for (var i = 0; i < text.Length; i++)
        {
            sum += (text[i] - '0') * weights[i];
        }

        return sum;
    }

    private static int Value(ReadOnlySpan<byte> digits)
    {
        var value = 0;
        foreach (var digit in digits)
        {
            value = value * 10 + digit - '0';
        }

        return value;
    }

    private static bool IsOneDigit(ReadOnlySpan<byte> text) => !text.ContainsAnyExcept(text[0]);
}
