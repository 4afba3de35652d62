using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Json.Engines;

/// <summary>
/// Checks the UTF-8 of 64 bytes at once, by the faults that two bytes in a row can show: each pair of halves of bytes has a set
/// of faults in a table, and what is in three sets at once is a fault (Keiser and Lemire, "Validating UTF-8 in less than one
/// instruction per byte", 2021).
/// </summary>
internal static class Utf8Block
{
    /// <summary>The bytes before a block that a character of it may start in.</summary>
    private const int Before = 3;

    private const byte TooShort = 1;
    private const byte TooLong = 2;
    private const byte Overlong3 = 4;
    private const byte TooLarge = 8;
    private const byte Surrogate = 16;
    private const byte Overlong2 = 32;
    private const byte TooLarge1000 = 64;
    private const byte Overlong4 = 64;
    private const byte TwoContinuations = 128;
    private const byte Carry = TooShort | TooLong | TwoContinuations;
    private const byte Beyond = Carry | TooLarge | TooLarge1000;

    private static readonly Vector512<byte> FirstHigh = AsciiSet64.Wide(
    [
        TooLong, TooLong, TooLong, TooLong, TooLong, TooLong, TooLong, TooLong,
        TwoContinuations, TwoContinuations, TwoContinuations, TwoContinuations,
        TooShort | Overlong2, TooShort, TooShort | Overlong3 | Surrogate, TooShort | TooLarge | TooLarge1000 | Overlong4,
    ]);

    private static readonly Vector512<byte> FirstLow = AsciiSet64.Wide(
    [
        Carry | Overlong3 | Overlong2 | Overlong4, Carry | Overlong2, Carry, Carry, Carry | TooLarge, Beyond, Beyond, Beyond,
        Beyond, Beyond, Beyond, Beyond, Beyond, Beyond | Surrogate, Beyond, Beyond,
    ]);

    private static readonly Vector512<byte> SecondHigh = AsciiSet64.Wide(
    [
        TooShort, TooShort, TooShort, TooShort, TooShort, TooShort, TooShort, TooShort,
        TooLong | Overlong2 | TwoContinuations | Overlong3 | TooLarge1000 | Overlong4,
        TooLong | Overlong2 | TwoContinuations | Overlong3 | TooLarge,
        TooLong | Overlong2 | TwoContinuations | Surrogate | TooLarge,
        TooLong | Overlong2 | TwoContinuations | Surrogate | TooLarge,
        TooShort, TooShort, TooShort, TooShort,
    ]);

    /// <summary>
    /// Whether the characters that end in a block are valid, and those that end in its neighbor before it start well. A character
    /// that is cut off by the end of the block shows in the next one; one that is cut off by the end of the document, here.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool IsValid(ReadOnlySpan<byte> document, int position)
    {
        if (position >= Before && document.Length - position >= Block64.Length)
        {
            return IsValid(in Unsafe.Add(ref MemoryMarshal.GetReference(document), position));
        }

        Span<byte> padded = stackalloc byte[Before + Block64.Length];
        padded.Fill((byte)' ');
        var from = Math.Max(0, position - Before);
        document[from..Math.Min(document.Length, position + Block64.Length)].CopyTo(padded[(Before - (position - from))..]);
        return IsValid(in padded[Before]);
    }

    /// <summary>The byte at which the fault of a block shows.</summary>
    public static int FindFault(ReadOnlySpan<byte> document, int position)
    {
        var from = position;
        for (var back = 1; back <= Before && back <= position; back++)
        {
            // the start of the character that reaches into the block
            from = document[position - back] >= 0xC0 ? position - back : from;
        }

        return from + InvalidUtf8.Find(document[from..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsValid(ref readonly byte start)
    {
        ref var bytes = ref Unsafe.AsRef(in start);
        var block = Vector512.LoadUnsafe(ref bytes);
        var first = Vector512.LoadUnsafe(ref Unsafe.Subtract(ref bytes, 1));
        var half = Vector512.Create((byte)15);
        var faults = Block64.LookUp(FirstHigh, High(first)) & Block64.LookUp(FirstLow, first & half) & Block64.LookUp(SecondHigh, High(block));

        // two continuations in a row are right where a third or fourth byte is due, and only there
        var third = Vector512.SubtractSaturate(Vector512.LoadUnsafe(ref Unsafe.Subtract(ref bytes, 2)), Vector512.Create((byte)(0xE0 - 0x80)));
        var fourth = Vector512.SubtractSaturate(Vector512.LoadUnsafe(ref Unsafe.Subtract(ref bytes, 3)), Vector512.Create((byte)(0xF0 - 0x80)));
        return ((third | fourth) & Vector512.Create((byte)0x80)) == faults;

        static Vector512<byte> High(Vector512<byte> bytes) => (bytes.AsUInt16() >>> 4).AsByte() & Vector512.Create((byte)15);
    }
}
