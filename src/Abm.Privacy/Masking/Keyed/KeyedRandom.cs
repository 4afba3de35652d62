using System.Buffers.Binary;

namespace Abm.Privacy.Masking.Keyed;

// block i = HMAC-SHA-256(K, LP(field) || "rows" || count || i), four words of 64 bits each

/// <summary>An endless row of numbers that depends on a key, a field and a count.</summary>
internal ref struct KeyedRandom(KeyedHash hash, int count, Span<byte> block)
{
    private readonly Span<byte> _block = block;
    private long _next;
    private int _used = block.Length;

    /// <summary>A number below a bound, each as likely as any other.</summary>
    public int Below(int bound)
    {
        while (true)
        {
            if (_used == _block.Length)
            {
                Fill();
            }

            var word = _block.Slice(_used, sizeof(ulong));
            _used += sizeof(ulong);
            if (UniformNumber.TryTake(word, (ulong)bound, out var number))
            {
                return (int)number;
            }
        }
    }

    private void Fill()
    {
        Span<byte> name = stackalloc byte[4 + sizeof(int) + sizeof(long)];
        "rows"u8.CopyTo(name);
        BinaryPrimitives.WriteInt32BigEndian(name[4..], count);
        BinaryPrimitives.WriteInt64BigEndian(name[8..], _next++);
        hash.Compute(name, _block);
        _used = 0;
    }
}
