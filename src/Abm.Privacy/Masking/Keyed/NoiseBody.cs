using System.Buffers.Binary;

namespace Abm.Privacy.Masking.Keyed;

/// <summary>The noise of one person's numbers in one field.</summary>
internal sealed class NoiseBody(KeyedHash hash, NumberNoise noise, ReadOnlySpan<byte> random) : IKeyedMask
{
    // from -1 to 1, in steps of 2^-62
    private readonly decimal _share = (decimal)(BinaryPrimitives.ReadInt64BigEndian(random) >> 1) / (1L << 62);

    public int MaxOutput => NumberText.MaxLength;

    public MaskNormalization Normalization => MaskNormalization.Exact;

    public bool IsReversible => noise is { IsRelative: false, Min: null, Max: null };

    public bool TryWrite(scoped in KeyedValue value, Span<byte> destination, out int written)
    {
        written = 0;
        if (!NumberText.TryRead(value.Bytes, out var number, out var scale) || !TryMask(number, scale, out var masked))
        {
            return false;
        }

        written = NumberText.Write(masked, scale, destination);
        return true;
    }

    /// <summary>Adds the noise; false if the number is too large, or too small for the noise to change its last place.</summary>
    public bool TryMask(decimal number, int scale, out decimal masked)
    {
        hash.ThrowIfDisposed();
        masked = 0;
        if (Math.Abs(number) >= NumberText.Limit)
        {
            return false;
        }

        var amount = noise.IsRelative ? Math.Abs(number) * noise.Amount : noise.Amount;
        if (amount < new decimal(1, 0, 0, false, (byte)scale))
        {
            return false;
        }

        masked = decimal.Round(number + _share * amount, scale, MidpointRounding.ToEven);
        if (noise.Min is { } min && masked < min)
        {
            masked = decimal.Round(min, scale, MidpointRounding.ToPositiveInfinity);
        }

        if (noise.Max is { } max && masked > max)
        {
            masked = decimal.Round(max, scale, MidpointRounding.ToNegativeInfinity);
        }

        masked = masked == 0 ? 0 : masked; // no negative zero
        return !(masked < noise.Min) && Math.Abs(masked) < 2 * NumberText.Limit;
    }
}
