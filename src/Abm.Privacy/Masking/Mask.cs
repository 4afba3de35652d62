using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking;

/// <summary>
/// The built-in masks by name, and the two ways to use one on a string: <c>Mask.Apply(address, Mask.Email)</c> gives a
/// string, <c>$"{Mask.Lazy(address, Mask.Email)}"</c> writes into the text that is being formatted, without allocation.
/// </summary>
public static class Mask
{
    /// <summary>Shows the first character of the local part, and the domain.</summary>
    public static EmailMask Email => default;

    /// <summary>Shows the last two digits of a phone number.</summary>
    public static PhoneMask Phone => default;

    /// <summary>Shows the initials of a person's name.</summary>
    public static PersonNameMask PersonName => default;

    /// <summary>Shows the first six and the last four digits of a payment card number.</summary>
    public static PaymentCardMask PaymentCard => default;

    /// <summary>Shows the country and the last four characters of an international bank account number.</summary>
    public static IbanMask Iban => default;

    /// <summary>Shows the network of an IP address: 24 bits of IPv4, 48 bits of IPv6.</summary>
    public static IpAddressMask IpAddress => default;

    /// <summary>Shows the scheme and the host of a URL.</summary>
    public static UrlMask Url => default;

    /// <summary>Shows nothing of a postal address.</summary>
    public static PostalAddressMask PostalAddress => default;

    /// <summary>Shows nothing: null in JSON and in objects, the empty text in texts.</summary>
    public static NullMask Null => default;

    /// <summary>Shows nothing: the empty text for every value.</summary>
    public static EraseMask Erase => default;

    /// <summary>Shows nothing: <c>***</c> for every value.</summary>
    public static ConstantMask Hide => default;

    /// <summary>Shows nothing: one text for every value.</summary>
    /// <param name="text">The text to write.</param>
    /// <returns>The mask.</returns>
    /// <exception cref="ArgumentException">The text holds half a surrogate pair.</exception>
    public static ConstantMask Constant(string text) => new(text);

    /// <summary>Shows the area of a postcode.</summary>
    /// <param name="country">The country, as its two letters of ISO 3166-1.</param>
    /// <returns>The mask; it shows nothing for a country without a rule.</returns>
    /// <exception cref="ArgumentException">These are not two letters.</exception>
    public static PostcodeMask Postcode(string country) => new(country);

    /// <summary>Shows the year, quarter or month of a date.</summary>
    /// <param name="precision">Which of them.</param>
    /// <returns>The mask.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is not one of the enumeration.</exception>
    public static DateMask Date(DatePrecision precision) => new(precision);

    /// <summary>Shows the range in which a number lies.</summary>
    /// <param name="width">The width of the ranges, which start at its multiples: 2 to 1,000,000,000,000.</param>
    /// <returns>The mask.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The width is outside its range.</exception>
    public static NumberMask Bucket(long width) => new(width, NumberForm.Range);

    /// <summary>Shows a number rounded to a multiple.</summary>
    /// <param name="unit">The unit: 2 to 1,000,000,000,000.</param>
    /// <returns>The mask.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The unit is outside its range.</exception>
    public static NumberMask Round(long unit) => new(unit, NumberForm.Rounded);

    /// <summary>Shows the first and last characters of a value that has at least twice as many.</summary>
    /// <param name="first">How many grapheme clusters to show at the start.</param>
    /// <param name="last">How many grapheme clusters to show at the end.</param>
    /// <returns>The mask.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public static KeepMask Keep(int first, int last) => new(first, last);

    /// <summary>Shows the first characters of a value that has at least twice as many.</summary>
    /// <param name="count">How many grapheme clusters to show.</param>
    /// <returns>The mask.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public static KeepMask KeepFirst(int count) => new(count, 0);

    /// <summary>Shows the last characters of a value that has at least twice as many.</summary>
    /// <param name="count">How many grapheme clusters to show.</param>
    /// <returns>The mask.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public static KeepMask KeepLast(int count) => new(0, count);

    /// <summary>Masks a value.</summary>
    /// <typeparam name="TMask">The mask.</typeparam>
    /// <param name="value">The value; null is treated as empty.</param>
    /// <param name="mask">How to mask it.</param>
    /// <returns>The masked value, never null.</returns>
    public static string Apply<TMask>(string? value, TMask mask)
        where TMask : struct, IMask =>
        Apply(value.AsSpan(), mask);

    /// <summary>Masks a value.</summary>
    /// <typeparam name="TMask">The mask.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="mask">How to mask it.</param>
    /// <returns>The masked value.</returns>
    public static string Apply<TMask>(ReadOnlySpan<char> value, TMask mask)
        where TMask : struct, IMask
    {
        using var buffer = new MaskBuffer(stackalloc char[MaskBuffer.StackLength]);
        return new string(buffer.Mask(value, mask));
    }

    /// <summary>Masks a value when it is formatted, into the text that is being written.</summary>
    /// <typeparam name="TMask">The mask.</typeparam>
    /// <param name="value">The value; null is treated as empty.</param>
    /// <param name="mask">How to mask it.</param>
    /// <returns>Something to put into an interpolated string or a log call.</returns>
    public static Masked<TMask> Lazy<TMask>(string? value, TMask mask)
        where TMask : struct, IMask =>
        new(value.AsMemory(), mask);

    /// <summary>Masks a value when it is formatted, into the text that is being written.</summary>
    /// <typeparam name="TMask">The mask.</typeparam>
    /// <param name="value">The value; its memory must not change before it is formatted.</param>
    /// <param name="mask">How to mask it.</param>
    /// <returns>Something to put into an interpolated string or a log call.</returns>
    public static Masked<TMask> Lazy<TMask>(ReadOnlyMemory<char> value, TMask mask)
        where TMask : struct, IMask =>
        new(value, mask);
}
