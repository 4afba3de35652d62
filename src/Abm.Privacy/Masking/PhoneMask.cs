using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking;

/// <summary>
/// Masks a phone number down to its last digits: <c>+49 170 1234567</c> becomes <c>***67</c>. The country is hidden too.
/// </summary>
/// <remarks>
/// A number has 7 to 18 digits (15 of E.164 and a dialed prefix), perhaps a leading <c>+</c>, and between the digits
/// spaces, hyphens, dots, slashes and parentheses. Anything else, letters and extensions included, is masked whole as
/// <c>***</c>; so is a number of which the shown digits would be more than half.
/// </remarks>
public readonly struct PhoneMask : IMask
{
    /// <summary>How many digits are shown by default.</summary>
    public const int DefaultLastDigits = 2;

    /// <summary>How many digits can be shown at most.</summary>
    public const int MaxLastDigits = 4;

    private const int MinDigits = 7;
    private const int MaxDigits = 18;
    private static readonly AsciiSet SeparatorSet = new(" -./()");
    private readonly int _lastDigits;

    /// <summary>Creates a mask that shows the last <see cref="DefaultLastDigits"/> digits.</summary>
    public PhoneMask()
        : this(DefaultLastDigits)
    {
    }

    /// <summary>Creates a mask.</summary>
    /// <param name="lastDigits">How many digits to show at the end: 2 to <see cref="MaxLastDigits"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside 2 to 4.</exception>
    public PhoneMask(int lastDigits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lastDigits, DefaultLastDigits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lastDigits, MaxLastDigits);
        _lastDigits = lastDigits;
    }

    /// <summary>How many digits are shown at the end.</summary>
    public int LastDigits => _lastDigits == 0 ? DefaultLastDigits : _lastDigits;

    /// <inheritdoc/>
    public MaskTraits Traits => MaskTraits.HidesLength | MaskTraits.Deterministic;

    /// <inheritdoc/>
    public int GetMaxLength(int sourceLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sourceLength);
        return Stars.Count + LastDigits;
    }

    /// <inheritdoc/>
    public bool TryMask(ReadOnlySpan<char> source, Span<char> destination, out int charsWritten) =>
        TryMask<char, Utf16Text>(source, destination, out charsWritten);

    /// <inheritdoc/>
    public bool TryMask(ReadOnlySpan<byte> utf8, Span<byte> destination, out int bytesWritten) =>
        TryMask<byte, Utf8Text>(utf8, destination, out bytesWritten);

    private bool TryMask<TUnit, TText>(ReadOnlySpan<TUnit> source, Span<TUnit> destination, out int written)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        if ((uint)(source.Length - AsciiBlock.MinLength) > AsciiBlock.MaxLength - AsciiBlock.MinLength)
        {
            return TryMaskUnusual<TUnit, TText>(source, destination, out written);
        }

        ref var from = ref MemoryMarshal.GetReference(source);
        var block = AsciiBlock.Load<TUnit, TText>(in from, source.Length);
        var all = (uint)AsciiBlock.All(source.Length);
        var digits = Vector256.LessThanOrEqual(block - Vector256.Create((byte)'0'), Vector256.Create((byte)9)).ExtractMostSignificantBits() & all;
        var others = SeparatorSet.Misses(block) & all & ~digits & ~(TText.Value(from) == '+' ? 1u : 0);
        var (count, shown) = (BitOperations.PopCount(digits), LastDigits);
        if (others != 0 || count is < MinDigits or > MaxDigits || count < 2 * shown)
        {
            return Stars.TryWrite<TUnit, TText>(destination, out written);
        }

        if (destination.Length < Stars.Count + shown)
        {
            written = 0;
            return false;
        }

        // the digits are read before anything is written: source and destination may be the same memory
        Span<TUnit> last = stackalloc TUnit[MaxLastDigits];
        for (var i = shown; i > 0; i--)
        {
            var highest = 31 ^ BitOperations.LeadingZeroCount(digits);
            last[i - 1] = Unsafe.Add(ref from, highest);
            digits ^= 1u << highest;
        }

        written = Stars.Count + shown;
        for (var i = 0; i < shown; i++)
        {
            destination[Stars.Count + i] = last[i];
        }

        Stars.Write<TUnit, TText>(destination);
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryMaskUnusual<TUnit, TText>(ReadOnlySpan<TUnit> source, Span<TUnit> destination, out int written)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        Span<TUnit> last = stackalloc TUnit[MaxLastDigits];
        last = last[..LastDigits];
        var digits = 0;
        for (var i = source.Length - 1; i >= 0 && digits <= MaxDigits; i--)
        {
            var value = TText.Value(source[i]);
            if (value is >= '0' and <= '9')
            {
                if (digits < last.Length)
                {
                    last[last.Length - 1 - digits] = source[i];
                }

                digits++;
            }
            else if (!SeparatorSet.Contains(value) && !(value == '+' && i == 0))
            {
                digits = -1;
                break;
            }
        }

        if (digits is < MinDigits or > MaxDigits || digits < 2 * last.Length)
        {
            written = 0;
            return source.IsEmpty || Stars.TryWrite<TUnit, TText>(destination, out written);
        }

        written = 0;
        if (destination.Length < Stars.Count + last.Length)
        {
            return false;
        }

        Stars.Write<TUnit, TText>(destination);
        last.CopyTo(destination[Stars.Count..]);
        written = Stars.Count + last.Length;
        return true;
    }
}
