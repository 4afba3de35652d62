using System.Numerics;
using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Masking.Keyed;

/// <summary>
/// A keyed permutation of the numbers below a bound: FF1 over the bits of the next power of two, repeated while the result is not below the
/// bound (cycle walking), which takes less than two rounds on average.
/// </summary>
internal sealed class NumberPermutation(Ff1 cipher, long count)
{
    private readonly int _bits = BitsOf(count);

    public static int BitsOf(long count) => 64 - BitOperations.LeadingZeroCount((ulong)(count - 1));

    public long Permute(long number)
    {
        Span<byte> bits = stackalloc byte[64];
        bits = bits[.._bits];
        do
        {
            for (var i = 0; i < bits.Length; i++)
            {
                bits[bits.Length - 1 - i] = (byte)(number >> i & 1);
            }

            cipher.Encrypt(bits);
            number = 0;
            foreach (var bit in bits)
            {
                number = number << 1 | bit;
            }
        }
        while (number >= count);
        return number;
    }
}
