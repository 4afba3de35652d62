namespace Abm.Privacy.Masking;

/// <summary>
/// Leaves no value: a JSON document or an object gets null in its place, for which <see cref="MaskTraits.WritesNull"/>
/// stands; a text, which knows no null, gets the empty text.
/// </summary>
public readonly struct NullMask : IMask
{
    /// <inheritdoc/>
    public MaskTraits Traits => MaskTraits.HidesLength | MaskTraits.Deterministic | MaskTraits.Idempotent | MaskTraits.WritesNull;

    /// <inheritdoc/>
    public int GetMaxLength(int sourceLength) => Mask.Erase.GetMaxLength(sourceLength);

    /// <inheritdoc/>
    public bool TryMask(ReadOnlySpan<char> source, Span<char> destination, out int charsWritten) =>
        Mask.Erase.TryMask(source, destination, out charsWritten);

    /// <inheritdoc/>
    public bool TryMask(ReadOnlySpan<byte> utf8, Span<byte> destination, out int bytesWritten) =>
        Mask.Erase.TryMask(utf8, destination, out bytesWritten);
}
