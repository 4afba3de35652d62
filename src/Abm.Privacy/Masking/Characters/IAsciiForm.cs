namespace Abm.Privacy.Masking.Characters;

/// <summary>A mask whose values are short printable ASCII: written once over bytes, it serves both encodings.</summary>
internal interface IAsciiForm
{
    /// <summary>Masks a value of 1 to <see cref="AsciiForm.MaxLength"/> printable ASCII characters.</summary>
    /// <param name="value">The value.</param>
    /// <param name="masked">Room for <see cref="AsciiForm.MaxLength"/> characters; apart from the value.</param>
    /// <param name="length">How many were written.</param>
    /// <returns>False if the value is not of the mask's kind.</returns>
    bool TryWrite(ReadOnlySpan<byte> value, Span<byte> masked, out int length);
}
