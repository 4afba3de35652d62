namespace Abm.Privacy.Masking.Keyed;

// Reference: ISO 8601-1 extended format, as profiled by RFC 3339; a date alone and a time without an offset are allowed too.

/// <summary>Dates and date-times as text: <c>2024-02-29</c>, <c>2024-02-29T08:15:00Z</c>, <c>2024-02-29 08:15:00.123+01:00</c>.</summary>
internal static class IsoDateText
{
    /// <summary>Date, time to nine decimals, offset.</summary>
    public const int MaxLength = 35;

    private const int DateLength = 10;

    public static bool TryRead(ReadOnlySpan<byte> text, out DateOnly date)
    {
        date = default;
        if (text.Length is < DateLength or > MaxLength
            || !TryNumber(text, 0, 4, out var year) || text[4] != '-'
            || !TryNumber(text, 5, 2, out var month) || text[7] != '-'
            || !TryNumber(text, 8, 2, out var day)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        date = new DateOnly(year, month, day);
        return text.Length == DateLength || (text[DateLength] is (byte)'T' or (byte)'t' or (byte)' ' && IsTime(text[(DateLength + 1)..]));
    }

    private static bool IsTime(ReadOnlySpan<byte> text)
    {
        if (!IsClock(text))
        {
            return false;
        }

        text = text[5..];
        if (text is [(byte)':', ..])
        {
            if (!TryNumber(text, 1, 2, out var second) || second > 59)
            {
                return false;
            }

            text = text[3..];
            if (text is [(byte)'.', ..])
            {
                var digits = 0;
                while (digits + 1 < text.Length && text[digits + 1] is >= (byte)'0' and <= (byte)'9')
                {
                    digits++;
                }

                if (digits is 0 or > 9)
                {
                    return false;
                }

                text = text[(1 + digits)..];
            }
        }

        return text is [] or [(byte)'Z' or (byte)'z'] || (text is [(byte)'+' or (byte)'-', ..] && text.Length == 6 && IsClock(text[1..]));
    }

    /// <summary>Whether the text starts with hours and minutes.</summary>
    private static bool IsClock(ReadOnlySpan<byte> text) =>
        TryNumber(text, 0, 2, out var hour) && hour <= 23 && text.Length >= 5 && text[2] == ':' && TryNumber(text, 3, 2, out var minute) && minute <= 59;

    private static bool TryNumber(ReadOnlySpan<byte> text, int start, int digits, out int number)
    {
        number = 0;
        if (text.Length < start + digits)
        {
            return false;
        }

        foreach (var digit in text.Slice(start, digits))
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            number = 10 * number + digit - '0';
        }

        return true;
    }
}
