namespace Abm.Privacy.Masking.Keyed;

/// <summary>What a keyed mask does with a value in UTF-8; <see cref="KeyedMasking"/> makes a mask of both encodings of it.</summary>
internal interface IKeyedMask
{
    /// <summary>The greatest number of bytes that is written for any value; at most <see cref="KeyedMasking.MaxOutput"/>.</summary>
    int MaxOutput { get; }

    MaskNormalization Normalization { get; }

    /// <summary>Writes the masked value as well-formed UTF-8; false if the value is to be masked whole.</summary>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    bool TryWrite(scoped in KeyedValue value, Span<byte> destination, out int written);
}
