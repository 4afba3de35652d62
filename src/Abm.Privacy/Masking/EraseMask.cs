namespace Abm.Privacy.Masking;

/// <summary>Leaves nothing of a value: every value becomes the empty text. The treatment of an unknown data class.</summary>
public readonly struct EraseMask : IMask
{
    /// <inheritdoc/>
    public MaskTraits Traits => MaskTraits.HidesLength | MaskTraits.Deterministic | MaskTraits.Idempotent;

    /// <inheritdoc/>
    public int GetMaxLength(int sourceLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sourceLength);
        return 0;
    }

    /// <inheritdoc/>
    public bool TryMask(ReadOnlySpan<char> source, Span<char> destination, out int charsWritten)
    {
        charsWritten = 0;
        return true;
    }

    /// <inheritdoc/>
    public bool TryMask(ReadOnlySpan<byte> utf8, Span<byte> destination, out int bytesWritten)
    {
        bytesWritten = 0;
        return true;
    }
}
