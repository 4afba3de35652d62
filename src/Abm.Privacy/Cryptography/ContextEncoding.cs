using System.Buffers.Binary;

namespace Abm.Privacy.Cryptography;

/// <summary>
/// The context encoding of format 1, injective by construction:
/// <c>ctx(label, p1..pn) = LP(label) || n as one byte || LP(p1) .. LP(pn)</c> with <c>LP(x)</c> = length as four bytes
/// big-endian, then the bytes. Text is strict UTF-8 and never normalized.
/// </summary>
internal ref struct ContextEncoding
{
    private const int LengthPrefix = 4;

    private readonly Span<byte> _buffer;
    private int _remainingParts;

    public ContextEncoding(Span<byte> buffer, ReadOnlySpan<byte> label, byte parts)
    {
        _buffer = buffer;
        _remainingParts = parts;
        WriteBytes(label);
        _buffer[Length++] = parts;
    }

    /// <summary>How many bytes are written.</summary>
    public int Length { get; private set; }

    /// <summary>The finished encoding. Every announced part must have been written.</summary>
    public readonly ReadOnlySpan<byte> Written =>
        _remainingParts == 0 ? _buffer[..Length] : throw new InvalidOperationException($"{_remainingParts} parts are missing.");

    /// <summary>An upper bound of the encoding's size, with text counted at its greatest.</summary>
    public static int GetMaxLength(int labelLength, params ReadOnlySpan<int> partChars)
    {
        var length = LengthPrefix + labelLength + 1;
        foreach (var chars in partChars)
        {
            length += GetMaxPartLength(chars);
        }

        return length;
    }

    public static int GetMaxPartLength(int chars) => LengthPrefix + StrictUtf8.Encoding.GetMaxByteCount(chars);

    /// <summary>Writes one text part on its own; for a part that follows an encoding that is kept.</summary>
    public static int WritePart(Span<byte> destination, string text)
    {
        var written = StrictUtf8.Encoding.GetBytes(text, destination[LengthPrefix..]);
        BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)written);
        return LengthPrefix + written;
    }

    public void Add(string text)
    {
        _remainingParts--;
        Length += WritePart(_buffer[Length..], text);
    }

    public void Add(scoped ReadOnlySpan<byte> bytes)
    {
        _remainingParts--;
        WriteBytes(bytes);
    }

    public void Add(KeyId id)
    {
        Span<byte> bytes = stackalloc byte[KeyId.Size];
        id.CopyTo(bytes);
        Add(bytes);
    }

    /// <summary>The encoding up to its last part, which the caller writes with <see cref="WritePart"/>.</summary>
    public readonly ReadOnlySpan<byte> WrittenBeforeLastPart() =>
        _remainingParts == 1 ? _buffer[..Length] : throw new InvalidOperationException($"{_remainingParts} parts are missing, not 1.");

    private void WriteBytes(scoped ReadOnlySpan<byte> bytes)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_buffer[Length..], (uint)bytes.Length);
        bytes.CopyTo(_buffer[(Length + LengthPrefix)..]);
        Length += LengthPrefix + bytes.Length;
    }
}
