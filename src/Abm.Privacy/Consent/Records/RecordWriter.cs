using System.Buffers.Binary;

namespace Abm.Privacy.Consent.Records;

/// <summary>Writes the parts of a record.</summary>
internal ref struct RecordWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;

    public int Length { get; private set; }

    public void Byte(byte value) => _buffer[Length++] = value;

    public void Bytes(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer[Length..]);
        Length += bytes.Length;
    }

    public void Guid(Guid value)
    {
        value.TryWriteBytes(_buffer[Length..], bigEndian: true, out var written);
        Length += written;
    }

    /// <summary>Unix milliseconds in 6 bytes, enough for 8,900 years.</summary>
    public void Moment(long milliseconds)
    {
        if (milliseconds < 0 || milliseconds >> 48 != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(milliseconds), "A record holds moments after 1970.");
        }

        Span<byte> all = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(all, milliseconds);
        Bytes(all[2..]);
    }

    public void Word(ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(_buffer[Length..], value);
        Length += sizeof(ulong);
    }

    public void Signed(long value) => Number((ulong)((value << 1) ^ (value >> 63)));

    public void Number(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            Byte((byte)(value | 0x80));
        }

        Byte((byte)value);
    }
}
