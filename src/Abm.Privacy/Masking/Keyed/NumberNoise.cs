using System.Globalization;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Masking.Keyed;

/// <summary>
/// Adds noise to the numbers of a person. The noise depends on the key, the field and the person alone, so that it is the same in
/// every export and averaging repeated exports does not remove it.
/// </summary>
/// <remarks>
/// The noise is evenly spread and bounded, which is no differential privacy: a number is known to lie within the noise of what is
/// shown, and sums over many people stay close. Numbers of one person in one field are moved by the same share, so differences
/// between them are shown. A noise that rounds to nothing leaves a number as it is; nobody can tell which.
/// </remarks>
public sealed class NumberNoise
{
    private readonly KeyedHash _hash;

    private NumberNoise(MaskingKey key, string field, decimal amount, bool isRelative, decimal? min, decimal? max)
    {
        if (min > max)
        {
            throw new ArgumentException("The least number is greater than the greatest. Exchange them.", nameof(min));
        }

        (Amount, IsRelative, Min, Max) = (amount, isRelative, min, max);
        var kind = string.Create(CultureInfo.InvariantCulture, $"v1:{(isRelative ? "relative" : "absolute")}:{amount / 1.0000000000000000000000000000m}");
        _hash = new KeyedHash(key, "noise", kind, field);
    }

    /// <summary>The greatest noise in either direction: a number, or a share of the number if <see cref="IsRelative"/>.</summary>
    public decimal Amount { get; }

    /// <summary>Whether the noise is a share of the number.</summary>
    public bool IsRelative { get; }

    /// <summary>What a masked number is never below; null for none.</summary>
    public decimal? Min { get; }

    /// <summary>What a masked number is never above; null for none.</summary>
    public decimal? Max { get; }

    /// <summary>Noise of the same size for every number.</summary>
    /// <param name="key">The key; the noise works until it is disposed.</param>
    /// <param name="field">What is masked, such as <c>salary</c>; 1 to 128 bytes of UTF-8.</param>
    /// <param name="amount">The greatest noise in either direction; above 0, at most 10^18.</param>
    /// <param name="min">What a masked number is never below.</param>
    /// <param name="max">What a masked number is never above.</param>
    /// <returns>The noise.</returns>
    /// <exception cref="ArgumentException">The field is not valid, the amount is out of range, or the bounds are exchanged.</exception>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public static NumberNoise Absolute(MaskingKey key, string field, decimal amount, decimal? min = null, decimal? max = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(amount, NumberText.Limit);
        return new NumberNoise(key, field, amount, false, min, max);
    }

    /// <summary>Noise in proportion to the number.</summary>
    /// <param name="key">The key; the noise works until it is disposed.</param>
    /// <param name="field">What is masked, such as <c>salary</c>; 1 to 128 bytes of UTF-8.</param>
    /// <param name="share">The greatest share of the number that is added or taken; above 0, at most 1. 0.1 is ten percent.</param>
    /// <param name="min">What a masked number is never below.</param>
    /// <param name="max">What a masked number is never above.</param>
    /// <returns>The noise.</returns>
    /// <exception cref="ArgumentException">The field is not valid, the share is out of range, or the bounds are exchanged.</exception>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public static NumberNoise Relative(MaskingKey key, string field, decimal share, decimal? min = null, decimal? max = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        return new NumberNoise(key, field, share, true, min, max);
    }

    /// <summary>The mask of a person's numbers.</summary>
    /// <param name="subject">The person.</param>
    /// <returns>The mask.</returns>
    /// <exception cref="InvalidOperationException">The subject was never set.</exception>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public NoiseMask For(SubjectId subject)
    {
        Span<byte> hash = stackalloc byte[KeyedHash.Size];
        _hash.Compute(subject, hash);
        return new NoiseMask(new NoiseBody(_hash, this, hash));
    }
}
