using System.Security.Cryptography;

namespace Abm.Privacy.Encryption;

/// <summary>
/// Hides the length of a value: it is filled up inside the encryption to the next multiple of a bucket (ISO/IEC 7816-4: one
/// byte 80, then zeroes). Without it an envelope shows its value's length, and so tells <c>yes</c> from <c>no</c>. The
/// default value is <see cref="None"/>.
/// </summary>
public readonly record struct Padding
{
    /// <summary>The greatest bucket in bytes.</summary>
    public const int MaxBucket = 65_536;

    private const byte Mark = 0x80;

    private Padding(int bucket) => Bucket = bucket;

    /// <summary>No padding: the envelope shows how long the value is.</summary>
    public static Padding None => default;

    /// <summary>The bucket in bytes; 0 for <see cref="None"/>.</summary>
    public int Bucket { get; }

    /// <summary>Fills a value up to the next multiple; at least one byte is added.</summary>
    /// <param name="bucket">The bucket in bytes, from 2 to <see cref="MaxBucket"/>: larger than most values of the field.</param>
    /// <returns>The padding.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The bucket is out of range.</exception>
    public static Padding ToMultipleOf(int bucket)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bucket, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bucket, MaxBucket);
        return new Padding(bucket);
    }

    /// <summary>The length of a value with its padding.</summary>
    /// <param name="length">The value's length in bytes.</param>
    /// <returns>The length in bytes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    public int GetPaddedLength(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return Bucket == 0 ? length : checked(((length / Bucket) + 1) * Bucket);
    }

    /// <summary>Writes a value and its padding, which fills the rest of the destination.</summary>
    internal static void Fill(ReadOnlySpan<byte> value, Span<byte> destination)
    {
        value.CopyTo(destination);
        destination[value.Length] = Mark;
        destination[(value.Length + 1)..].Clear();
    }

    /// <summary>Finds and clears the padding.</summary>
    /// <returns>The value's length; -1 for bytes that are not padded, all of which are cleared then.</returns>
    internal static int Remove(Span<byte> padded)
    {
        var mark = padded.LastIndexOfAnyExcept((byte)0);
        if (mark >= 0 && padded[mark] == Mark)
        {
            padded[mark] = 0;
            return mark;
        }

        CryptographicOperations.ZeroMemory(padded);
        return -1;
    }
}
