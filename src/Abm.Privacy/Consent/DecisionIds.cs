using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Abm.Privacy.Consent;

/// <summary>Ids of decisions: UUIDs of version 7 (RFC 9562). The random bits are drawn in blocks, as one call for each costs more than the decision.</summary>
internal static class DecisionIds
{
    private const int RandomBytes = 10;

    [ThreadStatic]
    private static byte[]? _block;

    [ThreadStatic]
    private static int _used;

    public static Guid Next(DateTimeOffset moment)
    {
        var block = _block ??= new byte[RandomBytes * 100];
        if (_used == 0)
        {
            RandomNumberGenerator.Fill(block);
        }

        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(id, moment.ToUnixTimeMilliseconds() << 16);
        block.AsSpan(_used, RandomBytes).CopyTo(id[6..]);
        id[6] = (byte)(0x70 | (id[6] & 0x0F));
        id[8] = (byte)(0x80 | (id[8] & 0x3F));
        _used = (_used + RandomBytes) % block.Length;
        return new Guid(id, bigEndian: true);
    }
}
