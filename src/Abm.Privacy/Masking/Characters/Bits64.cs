using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ArmAes = System.Runtime.Intrinsics.Arm.Aes;

namespace Abm.Privacy.Masking.Characters;

/// <summary>What is worked out on the bits of 64 bytes at once.</summary>
internal static class Bits64
{
    private const ulong EvenBits = 0x5555_5555_5555_5555;

    /// <summary>Ones from the first bit up to a bit, itself included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong UpTo(int bit) => ulong.MaxValue >>> (63 - bit);

    /// <summary>Each bit becomes the parity of itself and all bits below: what lies between two ones, the first included, is set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong PrefixXor(ulong bits)
    {
        // a carry-less product with all ones is the parity of all bits below
        if (Pclmulqdq.IsSupported)
        {
            return Pclmulqdq.CarrylessMultiply(Vector128.CreateScalar(bits), Vector128<ulong>.AllBitsSet, 0).ToScalar();
        }

        if (ArmAes.IsSupported)
        {
            return ArmAes.PolynomialMultiplyWideningLower(Vector64.CreateScalar(bits), Vector64<ulong>.AllBitsSet).ToScalar();
        }

        return PrefixXorByShifts(bits);
    }

    public static ulong PrefixXorByShifts(ulong bits)
    {
        for (var shift = 1; shift < 64; shift <<= 1)
        {
            bits ^= bits << shift;
        }

        return bits;
    }

    /// <summary>The characters that an escape character stands before: those after an odd run of escape characters.</summary>
    /// <param name="escapes">The escape characters.</param>
    /// <param name="carry">1 if the first character is escaped by the block before; then the same for the next block.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Escaped(ulong escapes, ref ulong carry)
    {
        if (escapes == 0)
        {
            var first = carry;
            carry = 0;
            return first;
        }

        // an escape character that is escaped itself starts no run. A run that starts on an odd bit is added up to the bit behind
        // it: there, the meaning of odd and even bits is the other way round
        escapes &= ~carry;
        var behind = escapes << 1 | carry;
        var oddStarts = escapes & ~EvenBits & ~behind;
        var sum = unchecked(oddStarts + escapes);
        carry = sum < oddStarts ? 1UL : 0;
        return (EvenBits ^ sum << 1) & behind;
    }

    /// <summary>
    /// Moves each mark that stands on a gap to the first bit behind the gap. A mark inside a gap, not at its start, is not moved right.
    /// </summary>
    /// <param name="marks">The marks.</param>
    /// <param name="gaps">The gaps, runs of ones.</param>
    /// <param name="carry">Becomes 1 if a mark moves out of the block, that is, onto the first bit of the next one; else stays.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong SkipGaps(ulong marks, ulong gaps, ref ulong carry)
    {
        // an addition carries a one through a run of ones
        var sum = unchecked((marks & gaps) + gaps);
        carry |= sum < gaps ? 1UL : 0;
        return (sum | marks) & ~gaps;
    }
}
