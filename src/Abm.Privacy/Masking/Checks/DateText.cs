using System.Buffers;

namespace Abm.Privacy.Masking.Checks;

/// <summary>What a text tells of a date, as far as a mask may show it.</summary>
/// <param name="Year">1800 to 2199.</param>
/// <param name="Quarter">1 to 4; 0 if only the year is known.</param>
/// <param name="Month">1 to 12; 0 if it is not known.</param>
/// <param name="IsAmbiguous">Whether the day and the month could stand in either order; then neither is told.</param>
internal readonly record struct DateText(int Year, int Quarter, int Month, bool IsAmbiguous)
{
    private const int MinYear = 1800;
    private const int MaxYear = 2199;

    private static readonly SearchValues<byte> TimeCharacters = SearchValues.Create("0123456789:.+-Zz AMPamp"u8);

    /// <summary>Reads the forms that <see cref="DateMask"/> lists.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateText date)
    {
        date = default;
        var rest = text;
        var digits = TakeDigits(ref rest, out var first);
        return digits switch
        {
            8 => EndsWithTime(rest) && TryDate(first / 10_000, first / 100 % 100, first % 100, out date),
            4 => TryParseYearFirst(rest, first, out date),
            1 or 2 => TryParseDayFirst(rest, first, out date),
            0 => TryParseMonthFirst(rest, out date),
            _ => false,
        };
    }

    private static bool TryParseYearFirst(ReadOnlySpan<byte> rest, int year, out DateText date)
    {
        date = new DateText(year, 0, 0, false);
        if (rest.IsEmpty)
        {
            return year is >= MinYear and <= MaxYear;
        }

        var separator = rest[0];
        if (separator is not ((byte)'-' or (byte)'/' or (byte)'.'))
        {
            return false;
        }

        rest = rest[1..];
        if (separator == '-' && rest.Length == 2 && rest[0] is (byte)'Q' or (byte)'q' && rest[1] is >= (byte)'1' and <= (byte)'4')
        {
            date = new DateText(year, rest[1] - '0', 0, false);
            return year is >= MinYear and <= MaxYear;
        }

        var digits = TakeDigits(ref rest, out var month);
        if (rest.IsEmpty)
        {
            return separator == '-' && digits == 2 && TryDate(year, month, 1, out date);
        }

        return digits is 1 or 2 && Take(ref rest, separator) && TakeDigits(ref rest, out var day) is 1 or 2
            && EndsWithTime(rest) && TryDate(year, month, day, out date);
    }

    private static bool TryParseDayFirst(ReadOnlySpan<byte> rest, int first, out DateText date)
    {
        date = default;
        if (rest.IsEmpty)
        {
            return false;
        }

        var separator = rest[0];
        rest = rest[1..];
        if (separator == '.' && rest.Length > 0 && rest[0] == ' ')
        {
            separator = (byte)' ';
            rest = rest[1..];
        }

        if (separator is (byte)' ' or (byte)'-' && TakeMonth(ref rest) is var named and > 0)
        {
            return Take(ref rest, separator) && TakeDigits(ref rest, out var ofNamed) == 4
                && EndsWithTime(rest) && TryDate(ofNamed, named, first, out date);
        }

        if (separator is not ((byte)'.' or (byte)'/' or (byte)'-') || TakeDigits(ref rest, out var second) is not (1 or 2)
            || !Take(ref rest, separator) || TakeDigits(ref rest, out var year) != 4 || !EndsWithTime(rest))
        {
            return false;
        }

        // dots are used day first everywhere; the others differ by country
        var dayFirst = TryDate(year, second, first, out date);
        if (separator == '.' || first == second)
        {
            return dayFirst;
        }

        var monthFirst = TryDate(year, first, second, out var other);
        date = !monthFirst ? date : !dayFirst ? other : new DateText(year, 0, 0, true);
        return dayFirst || monthFirst;
    }

    private static bool TryParseMonthFirst(ReadOnlySpan<byte> rest, out DateText date)
    {
        date = default;
        var month = TakeMonth(ref rest);
        if (month == 0 || !Take(ref rest, (byte)' ') || TakeDigits(ref rest, out var day) is not (1 or 2))
        {
            return false;
        }

        Take(ref rest, (byte)',');
        return Take(ref rest, (byte)' ') && TakeDigits(ref rest, out var year) == 4 && EndsWithTime(rest) && TryDate(year, month, day, out date);
    }

    private static bool TryDate(int year, int month, int day, out DateText date)
    {
        var exists = year is >= MinYear and <= MaxYear && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        date = exists ? new DateText(year, (month + 2) / 3, month, false) : default;
        return exists;
    }

    /// <summary>Whether nothing follows, or what looks like a time of day: none of it is shown.</summary>
    private static bool EndsWithTime(ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty)
        {
            return true;
        }

        Take(ref rest, (byte)',');
        return (Take(ref rest, (byte)' ') || Take(ref rest, (byte)'T') || Take(ref rest, (byte)'t'))
            && rest.Length >= 4 && char.IsAsciiDigit((char)rest[0]) && !rest.ContainsAnyExcept(TimeCharacters);
    }

    private static bool Take(ref ReadOnlySpan<byte> text, byte c)
    {
        var isThere = !text.IsEmpty && text[0] == c;
        text = isThere ? text[1..] : text;
        return isThere;
    }

    /// <summary>Takes the digits at the start.</summary>
    /// <returns>How many there were; more than eight, whose number is not computed, are none of any date.</returns>
    private static int TakeDigits(ref ReadOnlySpan<byte> text, out int number)
    {
        var digits = 0;
        number = 0;
        while (digits < text.Length && char.IsAsciiDigit((char)text[digits]))
        {
            number = digits < 8 ? number * 10 + text[digits] - '0' : 0;
            digits++;
        }

        text = text[digits..];
        return digits;
    }

    /// <summary>Takes an English month's name, or its first three letters, in any case.</summary>
    private static int TakeMonth(ref ReadOnlySpan<byte> text)
    {
        var length = 0;
        while (length < text.Length && char.IsAsciiLetter((char)text[length]))
        {
            length++;
        }

        for (var month = 1; month <= 12 && length > 0; month++)
        {
            var name = NameOf(month);
            if ((length == 3 || length == name.Length) && System.Text.Ascii.EqualsIgnoreCase(text[..length], name[..Math.Min(length, name.Length)]))
            {
                text = text[length..];
                return month;
            }
        }

        return 0;
    }

    private static ReadOnlySpan<byte> NameOf(int month) => month switch
    {
        1 => "january"u8,
        2 => "february"u8,
        3 => "march"u8,
        4 => "april"u8,
        5 => "may"u8,
        6 => "june"u8,
        7 => "july"u8,
        8 => "august"u8,
        9 => "september"u8,
        10 => "october"u8,
        11 => "november"u8,
        _ => "december"u8,
    };
}
