using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking;

/// <summary>
/// Masks a payment card number: <c>4111 1111 1111 1111</c> becomes <c>4111 11** **** 1111</c>. Length and separators stay.
/// </summary>
/// <remarks>
/// Shown are the first 6 and the last 4 digits, the most that PCI DSS lets be displayed of a number of any brand. A
/// number of 12 or 13 digits shows 4 or 5 at its start, so that at least 4 digits stay hidden: the check digit would give
/// back a smaller gap. A card number has 12 to 19 digits with at most one space or hyphen between two of them; anything
/// else is masked whole as <c>***</c>. The check digit is not verified: a mistyped number is as confidential.
/// </remarks>
public readonly struct PaymentCardMask : IMask
{
    private const int MinDigits = 12;
    private const int MaxDigits = 19;
    private const int MaxFirst = 6;
    private const int Last = 4;
    private const int MinHidden = 4;

    /// <inheritdoc/>
    public MaskTraits Traits => MaskTraits.PreservesLength | MaskTraits.Deterministic;

    /// <inheritdoc/>
    public int GetMaxLength(int sourceLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sourceLength);
        return Math.Clamp(sourceLength, Stars.Count, MaxDigits + MaxDigits - 1);
    }

    /// <inheritdoc/>
    public bool TryMask(ReadOnlySpan<char> source, Span<char> destination, out int charsWritten) =>
        TryMask<char, Utf16Text>(source, destination, out charsWritten);

    /// <inheritdoc/>
    public bool TryMask(ReadOnlySpan<byte> utf8, Span<byte> destination, out int bytesWritten) =>
        TryMask<byte, Utf8Text>(utf8, destination, out bytesWritten);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryMask<TUnit, TText>(ReadOnlySpan<TUnit> source, Span<TUnit> destination, out int written)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        written = 0;
        var hidden = FindHidden<TUnit, TText>(source);
        if (hidden == 0)
        {
            return source.IsEmpty || Stars.TryWrite<TUnit, TText>(destination, out written);
        }

        if (!source.TryCopyTo(destination))
        {
            return false;
        }

        for (; hidden != 0; hidden &= hidden - 1)
        {
            destination[BitOperations.TrailingZeroCount(hidden)] = TText.Unit(Stars.Star);
        }

        written = source.Length;
        return true;
    }

    /// <summary>One bit for each digit to hide; 0 if the text is not a card number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong FindHidden<TUnit, TText>(ReadOnlySpan<TUnit> text)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        if (text.Length is < MinDigits or > MaxDigits + MaxDigits - 1)
        {
            return 0;
        }

        var head = AsciiBlock.Load<TUnit, TText>(in MemoryMarshal.GetReference(text), Math.Min(text.Length, AsciiBlock.MaxLength));
        ulong digits = Digits(head);
        ulong separators = Separators(head);
        if (text.Length > AsciiBlock.MaxLength)
        {
            var shift = text.Length - AsciiBlock.MaxLength;
            var tail = AsciiBlock.Load<TUnit, TText>(in text[shift], AsciiBlock.MaxLength);
            digits |= (ulong)Digits(tail) << shift;
            separators |= (ulong)Separators(tail) << shift;
        }

        // a separator stands neither at an end nor beside another
        var count = BitOperations.PopCount(digits);
        var ends = 1UL | 1UL << (text.Length - 1);
        if ((digits | separators) != AsciiBlock.All(text.Length) || (separators & (ends | separators << 1)) != 0 || count is < MinDigits or > MaxDigits)
        {
            return 0;
        }

        var first = Math.Min(MaxFirst, count - Last - MinHidden);
        return Bmi2.X64.IsSupported
            ? Bmi2.X64.ParallelBitDeposit(((1UL << (count - first - Last)) - 1) << first, digits)
            : DropEnds(digits, first, Last);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Digits(Vector256<byte> block) =>
        Vector256.LessThanOrEqual(block - Vector256.Create((byte)'0'), Vector256.Create((byte)9)).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Separators(Vector256<byte> block) =>
        (Vector256.Equals(block, Vector256.Create((byte)' ')) | Vector256.Equals(block, Vector256.Create((byte)'-'))).ExtractMostSignificantBits();

    /// <summary>Clears the first and the last of the bits that are set.</summary>
    internal static ulong DropEnds(ulong bits, int first, int last)
    {
        for (; first > 0; first--)
        {
            bits &= bits - 1;
        }

        for (; last > 0; last--)
        {
            bits ^= 1UL << (63 - BitOperations.LeadingZeroCount(bits));
        }

        return bits;
    }
}
