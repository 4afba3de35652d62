using System.Buffers.Text;
using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking;

/// <summary>
/// Masks a number down to its range, or rounds it: with a width of 10, <c>47</c> becomes <c>40..49</c>, or <c>50</c>.
/// </summary>
/// <remarks>
/// A range <c>40..49</c> holds every number from 40 up to, but not including, 50; ranges start at the multiples of the width.
/// Rounding goes to the nearest multiple, from halfway away from zero. A number is up to 15 decimal digits without
/// leading zeros, perhaps a leading <c>-</c>, and perhaps a point with up to 15 more digits. Anything else, thousands
/// separators and exponents included, is masked whole as <c>***</c>; so is what would round to more than 15 digits. The
/// default value of this type shows nothing.
/// </remarks>
public readonly struct NumberMask : IMask, IAsciiForm
{
    internal const long MinWidth = 2;
    internal const long MaxWidth = 1_000_000_000_000;

    private const int MaxDigits = 15;
    // the start of a negative range may have a digit more than the number, and its sign
    private const int MaxMasked = 2 * (MaxDigits + 2) + 2;
    private const long Limit = 1_000_000_000_000_000;

    /// <summary>Creates a mask.</summary>
    /// <param name="width">The width of a range, or the unit to round to: 2 to 1,000,000,000,000.</param>
    /// <param name="form">What to show.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is outside its range, or the form is not one of the enumeration.</exception>
    public NumberMask(long width, NumberForm form)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, MinWidth);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, MaxWidth);
        Form = form is NumberForm.Range or NumberForm.Rounded
            ? form
            : throw new ArgumentOutOfRangeException(nameof(form), form, "Choose Range or Rounded.");
        Width = width;
    }

    /// <summary>The width of a range, or the unit to round to; 0 in the default value of this type.</summary>
    public long Width { get; }

    /// <summary>What is shown.</summary>
    public NumberForm Form { get; }

    /// <inheritdoc/>
    public MaskTraits Traits => MaskTraits.HidesLength | MaskTraits.Deterministic | (Form == NumberForm.Rounded ? MaskTraits.Idempotent : MaskTraits.None);

    /// <inheritdoc/>
    public int GetMaxLength(int sourceLength) => AsciiForm.Bound(sourceLength, MaxMasked);

    /// <inheritdoc/>
    public bool TryMask(ReadOnlySpan<char> source, Span<char> destination, out int charsWritten) =>
        AsciiForm.TryMask<char, Utf16Text, NumberMask>(source, destination, this, out charsWritten);

    /// <inheritdoc/>
    public bool TryMask(ReadOnlySpan<byte> utf8, Span<byte> destination, out int bytesWritten) =>
        AsciiForm.TryMask<byte, Utf8Text, NumberMask>(utf8, destination, this, out bytesWritten);

    bool IAsciiForm.TryWrite(ReadOnlySpan<byte> value, Span<byte> masked, out int length)
    {
        length = 0;
        var isNegative = value[0] == '-';
        if (Width == 0 || !TryParse(isNegative ? value[1..] : value, out var whole, out var fraction))
        {
            return false;
        }

        // the multiple at or below the number's amount
        var rest = whole % Width;
        var start = whole - rest;
        if (Form == NumberForm.Rounded)
        {
            start += 2 * rest + (!fraction.IsEmpty && fraction[0] >= '5' ? 1 : 0) >= Width ? Width : 0;
            return start < Limit && Utf8Formatter.TryFormat(isNegative ? -start : start, masked, out length);
        }

        if (isNegative)
        {
            start = rest == 0 && !fraction.ContainsAnyExcept((byte)'0') ? -start : -start - Width;
        }

        Utf8Formatter.TryFormat(start, masked, out length);
        ".."u8.CopyTo(masked[length..]);
        Utf8Formatter.TryFormat(start + Width - 1, masked[(length + 2)..], out var end);
        length += 2 + end;
        return true;
    }

    private static bool TryParse(ReadOnlySpan<byte> text, out long whole, out ReadOnlySpan<byte> fraction)
    {
        whole = 0;
        var point = text.IndexOf((byte)'.');
        var digits = point < 0 ? text : text[..point];
        fraction = point < 0 ? default : text[(point + 1)..];
        if (digits.Length is 0 or > MaxDigits || (digits[0] == '0' && digits.Length > 1)
            || (point >= 0 && fraction.Length is 0 or > MaxDigits)
            || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9') || fraction.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return false;
        }

        foreach (var digit in digits)
        {
            whole = whole * 10 + digit - '0';
        }

        return true;
    }
}
