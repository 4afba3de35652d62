namespace Abm.Privacy.Masking.Keyed;

/// <summary>The shift of one person's dates.</summary>
internal sealed class DateShiftBody(KeyedHash hash, int days) : IKeyedMask
{
    public int MaxOutput => IsoDateText.MaxLength;

    public MaskNormalization Normalization => MaskNormalization.Exact;

    public long Ticks
    {
        get
        {
            hash.ThrowIfDisposed();
            return days * TimeSpan.TicksPerDay;
        }
    }

    public int Days
    {
        get
        {
            hash.ThrowIfDisposed();
            return days;
        }
    }

    public bool TryWrite(scoped in KeyedValue value, Span<byte> destination, out int written)
    {
        written = 0;
        var text = value.Bytes;
        if (!IsoDateText.TryRead(text, out var date)
            || date.DayNumber + Days is var shifted && (shifted < DateOnly.MinValue.DayNumber || shifted > DateOnly.MaxValue.DayNumber))
        {
            return false;
        }

        text.CopyTo(destination);
        DateOnly.FromDayNumber(shifted).TryFormat(destination, out _, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        written = text.Length;
        return true;
    }
}
