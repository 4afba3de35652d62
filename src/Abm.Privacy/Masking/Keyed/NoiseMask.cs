namespace Abm.Privacy.Masking.Keyed;

/// <summary>
/// Adds one person's noise to numbers: with a noise of 412.37 <c>52000.00</c> becomes <c>52412.37</c>. Made by
/// <see cref="NumberNoise.For"/>.
/// </summary>
/// <remarks>
/// <para>
/// A number is digits with an optional <c>-</c> before and an optional point and decimals after them: at most 18 digits before the point
/// and 9 after it, and no zero before the first digit. The masked number has as many decimals. Anything else is masked whole as <c>***</c>; so
/// is a number whose last place the greatest noise would not change, such as zero under relative noise.
/// </para>
/// <para>The default value of this type has no key and masks every value whole.</para>
/// </remarks>
public readonly struct NoiseMask : IMask
{
    private readonly NoiseBody? _body;

    internal NoiseMask(NoiseBody body) => _body = body;

    /// <inheritdoc/>
    /// <remarks>Neither keeps nor hides the length: a number stays about as large. Reversible unless it is relative or bounded.</remarks>
    public MaskTraits Traits => MaskTraits.Deterministic | (_body is { IsReversible: true } ? MaskTraits.Reversible : MaskTraits.None);

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

    /// <summary>Adds the noise to a number.</summary>
    /// <param name="number">The number.</param>
    /// <param name="decimals">How many decimals the masked number has: 0 to 9.</param>
    /// <param name="masked">The masked number, or 0.</param>
    /// <returns>
    /// False if the number has more than 18 digits before the point, the noise would not change its last place, no number of that many decimals lies
    /// within the bounds, or the mask is the default value of its type.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The number of decimals is outside 0 to 9.</exception>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public bool TryMask(decimal number, int decimals, out decimal masked)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(decimals);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decimals, NumberText.MaxScale);
        masked = 0;
        return _body is not null && _body.TryMask(number, decimals, out masked);
    }
}
