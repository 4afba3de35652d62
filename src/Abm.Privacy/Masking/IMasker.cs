using Abm.Privacy.Classification;

namespace Abm.Privacy.Masking;

/// <summary>
/// Masks a value by what it is: the mask of its data class, else that of the nearest class above it, else erased. A class
/// that nobody declared is erased; it is never shown.
/// </summary>
public interface IMasker
{
    /// <summary>Masks a value.</summary>
    /// <param name="dataClass">What the value is.</param>
    /// <param name="value">The value; null is treated as empty.</param>
    /// <returns>The masked value, never null.</returns>
    string Mask(DataClass dataClass, string? value);

    /// <summary>The greatest length that a masked value of a class can have.</summary>
    /// <param name="dataClass">What the value is.</param>
    /// <param name="sourceLength">The value's length in UTF-16 characters or in UTF-8 bytes.</param>
    /// <returns>The bound, in the same unit as the length.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    int GetMaxLength(DataClass dataClass, int sourceLength);

    /// <summary>Masks a UTF-16 value.</summary>
    /// <param name="dataClass">What the value is.</param>
    /// <param name="source">The value.</param>
    /// <param name="destination">Receives the masked value; it may be the source's own memory from the same start.</param>
    /// <param name="charsWritten">The number of characters written.</param>
    /// <returns>False if the destination is too small; then nothing is written.</returns>
    bool TryMask(DataClass dataClass, ReadOnlySpan<char> source, Span<char> destination, out int charsWritten);

    /// <summary>Masks a UTF-8 value.</summary>
    /// <param name="dataClass">What the value is.</param>
    /// <param name="utf8">The value.</param>
    /// <param name="destination">Receives the masked value; it may be the source's own memory from the same start.</param>
    /// <param name="bytesWritten">The number of bytes written.</param>
    /// <returns>False if the destination is too small; then nothing is written.</returns>
    bool TryMask(DataClass dataClass, ReadOnlySpan<byte> utf8, Span<byte> destination, out int bytesWritten);
}
