using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Abm.Privacy.Masking.Checks;

/// <summary>The check digit of ISO/IEC 7812-1 annex B, which payment cards and many national numbers carry at their end.</summary>
internal static class Luhn
{
    public const int MinLength = 2;
    public const int MaxLength = 32;

    private const ulong Zeros = 0x3030303030303030;

    /// <summary>All ones in each byte of an even index.</summary>
    private const ushort Even = 0x00FF;

    /// <summary>Whether the text is 2 to 32 ASCII digits of which the last is the check digit of the others.</summary>
    public static bool IsValid(ReadOnlySpan<byte> asciiDigits)
    {
        var length = asciiDigits.Length;
        if (length - 8 is < 0 or > MaxLength - 8)
        {
            return IsValidScalar(asciiDigits);
        }

        ref var start = ref MemoryMarshal.GetReference(asciiDigits);
        if (length < 16)
        {
            // two overlapping halves; what both hold is shifted out of the first, and zeros, which count nothing, come in;
            // in two steps, for a shift by 64 bits would be one by none
            var first = Unsafe.ReadUnaligned<ulong>(ref start) ^ Zeros;
            var last = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, length - 8)) ^ Zeros;
            var digits = BitConverter.IsLittleEndian
                ? Vector128.Create(first << (8 * (15 - length)) << 8, last).AsByte()
                : Vector128.Create(first >>> (8 * (15 - length)) >>> 8, last).AsByte();
            return !Vector128.GreaterThanAny(digits, Vector128.Create((byte)9))
                && Sum(Weigh(digits, EvenIndexes)) % 10 == 0;
        }

        var zero = Vector128.Create((byte)'0');
        var tail = Vector128.LoadUnsafe(ref start, (nuint)length - 16) ^ zero;
        var sum = Sum(Weigh(tail, EvenIndexes));
        if (length > 16)
        {
            // what the tail holds too counts once; which digits are doubled depends on the distance to the end
            var head = Vector128.LoadUnsafe(ref start) ^ zero;
            tail = Vector128.Max(tail, head);
            head &= Vector128.LessThan(Vector128<byte>.Indices, Vector128.Create((byte)(length - 16)));
            sum += Sum(Weigh(head, (length & 1) == 0 ? EvenIndexes : ~EvenIndexes));
        }

        return !Vector128.GreaterThanAny(tail, Vector128.Create((byte)9)) && sum % 10 == 0;
    }

    /// <summary>The same answer for any text, one digit at a time.</summary>
    internal static bool IsValidScalar(ReadOnlySpan<byte> asciiDigits)
    {
        if (asciiDigits.Length is < MinLength or > MaxLength)
        {
            return false;
        }

        var sum = 0;
        var isDoubled = (asciiDigits.Length & 1) == 0;
        foreach (var c in asciiDigits)
        {
            var digit = c - '0';
            if ((uint)digit > 9)
            {
                return false;
            }

            sum += !isDoubled ? digit : digit < 5 ? 2 * digit : 2 * digit - 9;
            isDoubled = !isDoubled;
        }

        return sum % 10 == 0;
    }

    private static Vector128<byte> EvenIndexes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => BitConverter.IsLittleEndian ? Vector128.Create(Even).AsByte() : Vector128.Create(unchecked((ushort)~Even)).AsByte();
    }

    /// <summary>Doubles the digits under the mask, each to the sum of its two digits: 2d, less 9 from 5 on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Weigh(Vector128<byte> digits, Vector128<byte> doubled)
    {
        var nines = Vector128.GreaterThan(digits, Vector128.Create((byte)4)) & Vector128.Create((byte)9);
        return digits + ((digits - nines) & doubled);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Sum(Vector128<byte> values)
    {
        if (Sse2.IsSupported)
        {
            var halves = Sse2.SumAbsoluteDifferences(values, Vector128<byte>.Zero).AsInt32();
            return halves[0] + halves[2];
        }

        // at most 16 times 9: no overflow of a byte
        return Vector128.Sum(values);
    }
}
