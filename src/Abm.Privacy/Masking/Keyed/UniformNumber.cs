using System.Buffers.Binary;

namespace Abm.Privacy.Masking.Keyed;

/// <summary>Numbers below a bound out of random bytes, without the bias of a remainder: what lies above the last multiple of the bound is rejected.</summary>
internal static class UniformNumber
{
    /// <summary>The random bytes that one attempt or two take.</summary>
    public const int Bytes = 16;

    public static bool TryTake(ReadOnlySpan<byte> random, ulong bound, out ulong number)
    {
        var rejected = (0 - bound) % bound; // 2^64 modulo the bound
        for (; random.Length >= sizeof(ulong); random = random[sizeof(ulong)..])
        {
            var word = BinaryPrimitives.ReadUInt64BigEndian(random);
            if (word >= rejected)
            {
                number = word % bound;
                return true;
            }
        }

        number = 0;
        return false;
    }
}
