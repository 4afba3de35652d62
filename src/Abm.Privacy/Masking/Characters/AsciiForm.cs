namespace Abm.Privacy.Masking.Characters;

/// <summary>Runs an <see cref="IAsciiForm"/> on a text in either encoding.</summary>
internal static class AsciiForm
{
    /// <summary>The longest value, and the longest masked value, that a form handles.</summary>
    public const int MaxLength = 64;

    /// <summary>The text is narrowed and masked aside, so that source and destination may be the same memory.</summary>
    public static bool TryMask<TUnit, TText, TForm>(ReadOnlySpan<TUnit> source, Span<TUnit> destination, in TForm form, out int written)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
        where TForm : struct, IAsciiForm
    {
        written = 0;
        if (source.IsEmpty)
        {
            return true;
        }

        Span<byte> value = stackalloc byte[MaxLength];
        Span<byte> masked = stackalloc byte[MaxLength];
        if (!TryNarrow<TUnit, TText>(source, value) || !form.TryWrite(value[..source.Length], masked, out var length))
        {
            return Stars.TryWrite<TUnit, TText>(destination, out written);
        }

        if (destination.Length < length)
        {
            return false;
        }

        for (var i = 0; i < length; i++)
        {
            destination[i] = TText.Unit((char)masked[i]);
        }

        written = length;
        return true;
    }

    /// <summary>Copies printable ASCII; false for any other text and for one that is too long.</summary>
    public static bool TryNarrow<TUnit, TText>(ReadOnlySpan<TUnit> source, Span<byte> ascii)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        if (source.Length > ascii.Length)
        {
            return false;
        }

        for (var i = 0; i < source.Length; i++)
        {
            var c = TText.Value(source[i]);
            if (!Grapheme.IsPrintableAscii(c))
            {
                return false;
            }

            ascii[i] = (byte)c;
        }

        return true;
    }

    /// <summary>The bound of a form that writes at most so many characters.</summary>
    public static int Bound(int sourceLength, int longest)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sourceLength);
        return Math.Max(longest, Stars.Count);
    }

    /// <summary>Writes the fixed run of mask characters.</summary>
    public static void WriteStars(Span<byte> masked) => "***"u8.CopyTo(masked);

    public static byte ToUpper(byte c) => (byte)char.ToUpperInvariant((char)c);

    public static bool IsDigit(byte c) => char.IsAsciiDigit((char)c);
}
