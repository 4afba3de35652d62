using System.Text;
using System.Text.Unicode;
using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Keyed;

/// <summary>
/// Masks UTF-16 and UTF-8 by one body of UTF-8, so that the two agree. The masked value is made aside: source and destination
/// may be the same memory. Empty stays empty; without a mask (the default value of a struct) a value is masked whole.
/// </summary>
internal static class KeyedMasking
{
    public const int MaxOutput = 1024;

    public static int GetMaxLength<TMask>(TMask? mask, int sourceLength)
        where TMask : class, IKeyedMask
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sourceLength);
        return Math.Max(Stars.Count, mask?.MaxOutput ?? 0);
    }

    public static bool TryMask<TMask>(TMask? mask, ReadOnlySpan<char> source, Span<char> destination, out int written)
        where TMask : class, IKeyedMask
    {
        written = 0;
        if (source.IsEmpty)
        {
            return true;
        }

        Span<byte> output = stackalloc byte[MaxOutput];
        using var value = new KeyedValue(stackalloc byte[KeyedValue.StackBytes]);
        if (mask is null || !value.TryRead(source, mask.Normalization) || !mask.TryWrite(value, output, out var length))
        {
            return Stars.TryWrite<char, Utf16Text>(destination, out written);
        }

        // counted first, so that a destination that is too small stays untouched
        if (Encoding.UTF8.GetCharCount(output[..length]) > destination.Length)
        {
            return false;
        }

        Utf8.ToUtf16(output[..length], destination, out _, out written);
        return true;
    }

    public static bool TryMask<TMask>(TMask? mask, ReadOnlySpan<byte> source, Span<byte> destination, out int written)
        where TMask : class, IKeyedMask
    {
        written = 0;
        if (source.IsEmpty)
        {
            return true;
        }

        Span<byte> output = stackalloc byte[MaxOutput];
        using var value = new KeyedValue(stackalloc byte[KeyedValue.StackBytes]);
        if (mask is null || !value.TryRead(source, mask.Normalization) || !mask.TryWrite(value, output, out var length))
        {
            return Stars.TryWrite<byte, Utf8Text>(destination, out written);
        }

        var fits = output[..length].TryCopyTo(destination);
        written = fits ? length : 0;
        return fits;
    }
}
