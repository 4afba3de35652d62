using System.Buffers.Binary;

namespace Abm.Privacy.Consent.Records;

/// <summary>Reads the parts of a record; whatever does not fit is one typed error.</summary>
internal ref struct RecordReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public byte Byte() => Bytes(1)[0];

    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (_rest.Length < count)
        {
            throw Invalid();
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    public Guid Guid() => new(Bytes(16), bigEndian: true);

    public long Moment()
    {
        Span<byte> all = stackalloc byte[8];
        all.Clear();
        Bytes(6).CopyTo(all[2..]);
        return BinaryPrimitives.ReadInt64BigEndian(all);
    }

    public ulong Word() => BinaryPrimitives.ReadUInt64BigEndian(Bytes(sizeof(ulong)));

    public long Signed()
    {
        var value = Number();
        var signed = (long)(value >> 1) ^ -(long)(value & 1);
        return signed is > -(1L << 48) and < (1L << 48) ? signed : throw Invalid();
    }

    public int Int() => Number() is var value and <= int.MaxValue ? (int)value : throw Invalid();

    /// <summary>Any 32 bits.</summary>
    public int Bits() => Number() is var value and <= uint.MaxValue ? (int)(uint)value : throw Invalid();

    public static DateTimeOffset Instant(long milliseconds) =>
        milliseconds is >= 0 and <= FactDefinition.LatestInstant ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : throw Invalid();

    public static PrivacyException Invalid() => new(
        PrivacyErrorCode.DecisionRecordInvalid, "The bytes are not a decision record of a known version, or were altered. Take the record from where it was written.");

    private ulong Number()
    {
        ulong value = 0;
        for (var shift = 0; shift < 63; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Invalid();
    }
}
