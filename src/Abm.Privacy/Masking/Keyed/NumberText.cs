using System.Globalization;

namespace Abm.Privacy.Masking.Keyed;

/// <summary>Numbers as text: <c>-1234.50</c>, with at most 18 digits before the point and 9 after it, without zeroes before the first digit.</summary>
internal static class NumberText
{
    public const decimal Limit = 1_000_000_000_000_000_000;

    public const int MaxScale = 9;

    /// <summary>Sign, 19 digits that noise may make of 18, point, decimals.</summary>
    public const int MaxLength = 30;

    public static bool TryRead(ReadOnlySpan<byte> text, out decimal number, out int scale)
    {
        (number, scale) = (0, 0);
        var digits = text is [(byte)'-', ..] ? text[1..] : text;
        var point = digits.IndexOf((byte)'.');
        var whole = point < 0 ? digits : digits[..point];
        var decimals = point < 0 ? [] : digits[(point + 1)..];
        scale = decimals.Length;
        return whole.Length is >= 1 and <= 18
            && (whole is [_] || whole[0] != '0')
            && (point < 0 || scale is >= 1 and <= MaxScale)
            && !whole.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && !decimals.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }

    public static int Write(decimal number, int scale, Span<byte> destination)
    {
        Span<char> format = ['F', (char)('0' + scale)];
        number.TryFormat(destination, out var written, format, CultureInfo.InvariantCulture);
        return written;
    }
}
