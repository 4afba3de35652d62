using Abm.Privacy.Masking.Characters;
using Abm.Privacy.Masking.Checks;

namespace Abm.Privacy.Masking;

/// <summary>
/// Masks a date down to its year, quarter or month: <c>1984-07-15</c> becomes <c>1984</c>, <c>1984-Q3</c> or <c>1984-07</c>.
/// </summary>
/// <remarks>
/// <para>
/// A date is <c>1984-07-15</c>, <c>1984/7/15</c>, <c>1984.07.15</c> or <c>19840715</c>; <c>15.07.1984</c>; <c>15/07/1984</c> and
/// <c>07/15/1984</c>, also with hyphens; <c>15 July 1984</c>, <c>15-Jul-1984</c> or <c>July 15, 1984</c>; each of them perhaps
/// with a time of day behind it, which is hidden. What is already as coarse (<c>1984</c>, <c>1984-Q3</c>, <c>1984-07</c>) stays or becomes coarser.
/// </para>
/// <para>
/// Anything else is masked whole as <c>***</c>: a day that does not exist, a year outside 1800 to 2199 or of two digits, and,
/// unless only the year is shown, a date such as <c>03/04/1984</c> whose order is not known. The year of birth of a very old person
/// may still tell who it is.
/// </para>
/// </remarks>
public readonly struct DateMask : IMask, IAsciiForm
{
    private const int YearDigits = 4;

    /// <summary>Creates a mask.</summary>
    /// <param name="precision">What to show.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is not one of the enumeration.</exception>
    public DateMask(DatePrecision precision) =>
        Precision = precision is >= DatePrecision.Year and <= DatePrecision.Month
            ? precision
            : throw new ArgumentOutOfRangeException(nameof(precision), precision, "Choose Year, Quarter or Month.");

    /// <summary>What is shown. The default is the year.</summary>
    public DatePrecision Precision { get; }

    /// <inheritdoc/>
    public MaskTraits Traits => MaskTraits.HidesLength | MaskTraits.Deterministic | MaskTraits.Idempotent;

    /// <inheritdoc/>
    public int GetMaxLength(int sourceLength) => AsciiForm.Bound(sourceLength, YearDigits + 3);

    /// <inheritdoc/>
    public bool TryMask(ReadOnlySpan<char> source, Span<char> destination, out int charsWritten) =>
        AsciiForm.TryMask<char, Utf16Text, DateMask>(source, destination, this, out charsWritten);

    /// <inheritdoc/>
    public bool TryMask(ReadOnlySpan<byte> utf8, Span<byte> destination, out int bytesWritten) =>
        AsciiForm.TryMask<byte, Utf8Text, DateMask>(utf8, destination, this, out bytesWritten);

    bool IAsciiForm.TryWrite(ReadOnlySpan<byte> value, Span<byte> masked, out int length)
    {
        length = 0;
        if (!DateText.TryParse(value, out var date) || (date.IsAmbiguous && Precision != DatePrecision.Year))
        {
            return false;
        }

        WriteNumber(masked, date.Year, YearDigits);
        length = YearDigits;
        if (Precision == DatePrecision.Month && date.Month > 0)
        {
            masked[length] = (byte)'-';
            WriteNumber(masked[(length + 1)..], date.Month, 2);
            length += 3;
        }
        else if (Precision != DatePrecision.Year && date.Quarter > 0)
        {
            "-Q"u8.CopyTo(masked[length..]);
            WriteNumber(masked[(length + 2)..], date.Quarter, 1);
            length += 3;
        }

        return true;
    }

    private static void WriteNumber(Span<byte> text, int number, int digits)
    {
        for (; digits > 0; number /= 10)
        {
            text[--digits] = (byte)('0' + number % 10);
        }
    }
}
