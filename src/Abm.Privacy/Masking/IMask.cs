namespace Abm.Privacy.Masking;

/// <summary>
/// How one kind of value is made safe to show. Implement it as a readonly struct: the runtime then compiles each use
/// without a virtual call or an allocation.
/// </summary>
/// <remarks>
/// What every mask keeps: the same text gives the same result in UTF-16 and UTF-8; a value that is invalid, too short
/// or not of the mask's kind is masked whole; no grapheme cluster is cut and no lone surrogate is written; nothing is
/// shown beyond what the mask states. A mask that shows a part of the value gives empty for empty, which tells no more
/// than that there is no value.
/// </remarks>
public interface IMask
{
    /// <summary>What a caller may rely on.</summary>
    MaskTraits Traits { get; }

    /// <summary>The greatest length that a masked value can have: a destination this long is never too small.</summary>
    /// <param name="sourceLength">The value's length in UTF-16 characters or in UTF-8 bytes.</param>
    /// <returns>The bound, in the same unit as the length; at most <see cref="Array.MaxLength"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    int GetMaxLength(int sourceLength);

    /// <summary>Masks a UTF-16 value.</summary>
    /// <param name="source">The value.</param>
    /// <param name="destination">
    /// Receives the masked value. It may be the source's own memory from the same start; any other overlap gives a
    /// masked text that is not defined further.
    /// </param>
    /// <param name="charsWritten">The number of characters written.</param>
    /// <returns>False if the destination is too small; then nothing is written.</returns>
    bool TryMask(ReadOnlySpan<char> source, Span<char> destination, out int charsWritten);

    /// <summary>Masks a UTF-8 value.</summary>
    /// <param name="utf8">The value.</param>
    /// <param name="destination">Receives the masked value; overlap as in the UTF-16 form.</param>
    /// <param name="bytesWritten">The number of bytes written.</param>
    /// <returns>False if the destination is too small; then nothing is written.</returns>
    bool TryMask(ReadOnlySpan<byte> utf8, Span<byte> destination, out int bytesWritten);
}
