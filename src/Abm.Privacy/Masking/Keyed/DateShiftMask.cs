namespace Abm.Privacy.Masking.Keyed;

/// <summary>
/// Shifts the dates of one person by whole days: with a shift of 31 days <c>2024-02-29T08:15:00Z</c> becomes
/// <c>2024-03-31T08:15:00Z</c>. Made by <see cref="DateShift.For"/>.
/// </summary>
/// <remarks>
/// <para>
/// A date is <c>yyyy-MM-dd</c>, alone or followed by <c>T</c> or a space and <c>HH:mm</c>, <c>HH:mm:ss</c> or <c>HH:mm:ss.fffffffff</c>
/// with or without <c>Z</c> or an offset; the time of day and the offset stay. Anything else is masked whole as <c>***</c>: other forms, days that do not
/// exist, and dates that a shift would move out of the years 1 to 9999.
/// </para>
/// <para>The default value of this type has no key and masks every value whole.</para>
/// </remarks>
public readonly struct DateShiftMask : IMask
{
    private readonly DateShiftBody? _body;

    internal DateShiftMask(DateShiftBody body) => _body = body;

    /// <inheritdoc/>
    public MaskTraits Traits => MaskTraits.PreservesLength | MaskTraits.Deterministic | MaskTraits.Reversible;

    /// <inheritdoc/>
    public int GetMaxLength(int sourceLength) => KeyedMasking.GetMaxLength(_body, sourceLength);

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public bool TryMask(ReadOnlySpan<char> source, Span<char> destination, out int charsWritten) =>
        KeyedMasking.TryMask(_body, source, destination, out charsWritten);

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public bool TryMask(ReadOnlySpan<byte> utf8, Span<byte> destination, out int bytesWritten) =>
        KeyedMasking.TryMask(_body, utf8, destination, out bytesWritten);

    /// <summary>Shifts a date.</summary>
    /// <param name="date">The date.</param>
    /// <param name="shifted">The shifted date, or the default.</param>
    /// <returns>False if it would leave the years 1 to 9999, or the mask is the default value of its type.</returns>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public bool TryShift(DateOnly date, out DateOnly shifted)
    {
        shifted = default;
        if (_body is null || date.DayNumber + _body.Days is var day && (day < 0 || day > DateOnly.MaxValue.DayNumber))
        {
            return false;
        }

        shifted = DateOnly.FromDayNumber(day);
        return true;
    }

    /// <summary>Shifts a date and time; its kind stays.</summary>
    /// <param name="date">The date and time.</param>
    /// <param name="shifted">The shifted one, or the default.</param>
    /// <returns>As for a date.</returns>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public bool TryShift(DateTime date, out DateTime shifted)
    {
        shifted = default;
        if (_body is null || date.Ticks + _body.Ticks is var ticks && (ticks < 0 || ticks > DateTime.MaxValue.Ticks))
        {
            return false;
        }

        shifted = new DateTime(ticks, date.Kind);
        return true;
    }

    /// <summary>Shifts a date and time; its offset stays.</summary>
    /// <param name="date">The date and time.</param>
    /// <param name="shifted">The shifted one, or the default.</param>
    /// <returns>As for a date, in local time and in UTC.</returns>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public bool TryShift(DateTimeOffset date, out DateTimeOffset shifted)
    {
        shifted = default;
        if (!TryShift(date.DateTime, out var local) || !TryShift(date.UtcDateTime, out _))
        {
            return false;
        }

        shifted = new DateTimeOffset(local, date.Offset);
        return true;
    }
}
