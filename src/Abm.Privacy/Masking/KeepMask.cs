using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking;

/// <summary>
/// Shows the first and last characters of a value: with 0 and 4, <c>customer-70215</c> becomes <c>***0215</c>.
/// </summary>
/// <remarks>
/// A value of which the wanted characters would be more than half is masked whole; so is one in which the shown part is
/// more than half by grapheme clusters, code points or UTF-16 units, that is not valid Unicode, or that holds a grapheme
/// cluster of more than 32 UTF-16 units. The default value of this type shows nothing.
/// </remarks>
public readonly struct KeepMask : IMask
{
    /// <summary>How many mask characters can stand for what is hidden.</summary>
    public const int MaxMaskLength = 64;

    private readonly bool _preservesLength;
    private readonly bool _isCustom;
    private readonly MaskUnit _unit;
    private readonly byte _maskLength;
    private readonly byte _maskCharacter;

    /// <summary>Creates a mask.</summary>
    /// <param name="first">How many units to show at the start.</param>
    /// <param name="last">How many units to show at the end.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public KeepMask(int first, int last)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(last);
        First = first;
        Last = last;
    }

    /// <summary>How many units are shown at the start.</summary>
    public int First { get; }

    /// <summary>How many units are shown at the end.</summary>
    public int Last { get; }

    /// <summary>What the two numbers count. The default is <see cref="MaskUnit.Grapheme"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not one of the enumeration.</exception>
    public MaskUnit Unit
    {
        get => _unit;
        init => _unit = value is >= MaskUnit.Grapheme and <= MaskUnit.CodeUnit
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Choose Grapheme, Rune or CodeUnit.");
    }

    /// <summary>
    /// Whether one mask character is written for each hidden unit, which shows the length. The default is false:
    /// <see cref="MaskLength"/> of them, whatever they hide. A value that is not valid Unicode becomes that many in both cases.
    /// </summary>
    public bool PreserveLength
    {
        get => _preservesLength;
        init => _preservesLength = value;
    }

    /// <summary>
    /// How many mask characters stand for what is hidden, unless <see cref="PreserveLength"/> is set. The default is 3.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside 1 to <see cref="MaxMaskLength"/>.</exception>
    public int MaskLength
    {
        get => _maskLength == 0 ? Stars.Count : _maskLength;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxMaskLength);
            _maskLength = (byte)value;
            _isCustom = true;
        }
    }

    /// <summary>The mask character. The default is <c>*</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The character is not printable ASCII, or is a space.</exception>
    public char MaskCharacter
    {
        get => _maskCharacter == 0 ? Stars.Star : (char)_maskCharacter;
        init
        {
            _maskCharacter = value is > ' ' and <= '~'
                ? (byte)value
                : throw new ArgumentOutOfRangeException(nameof(value), "Choose a printable ASCII character other than the space.");
            _isCustom = true;
        }
    }

    /// <inheritdoc/>
    public MaskTraits Traits => MaskTraits.Deterministic | (_preservesLength ? MaskTraits.PreservesLength : MaskTraits.HidesLength);

    /// <inheritdoc/>
    public int GetMaxLength(int sourceLength) => Stars.Bound(sourceLength, MaskLength);

    /// <inheritdoc/>
    public bool TryMask(ReadOnlySpan<char> source, Span<char> destination, out int charsWritten) =>
        TryMask<char, Utf16Text>(source, destination, out charsWritten);

    /// <inheritdoc/>
    public bool TryMask(ReadOnlySpan<byte> utf8, Span<byte> destination, out int bytesWritten) =>
        TryMask<byte, Utf8Text>(utf8, destination, out bytesWritten);

    private bool TryMask<TUnit, TText>(ReadOnlySpan<TUnit> source, Span<TUnit> destination, out int written)
        where TUnit : unmanaged, IEquatable<TUnit>, IComparable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        if (!IsPrintable<TUnit, TText>(source) || _preservesLength || _isCustom || 2L * First + 2L * Last > source.Length)
        {
            return TryMaskUnusual<TUnit, TText>(source, destination, out written);
        }

        // printable ASCII: every unit is a cluster
        var total = First + Stars.Count + Last;
        if (source.IsEmpty || destination.Length < total)
        {
            written = 0;
            return source.IsEmpty;
        }

        // the end moves first: source and destination may be the same memory
        if (Last > 0)
        {
            source[^Last..].CopyTo(destination[(First + Stars.Count)..]);
        }

        if (First == 1)
        {
            destination[0] = source[0];
        }
        else if (First > 0)
        {
            source[..First].CopyTo(destination);
        }

        Stars.Write<TUnit, TText>(destination[First..]);
        written = total;
        return true;
    }

    /// <summary>Whether a text is printable ASCII; of short ones all units are looked at at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsPrintable<TUnit, TText>(ReadOnlySpan<TUnit> text)
        where TUnit : unmanaged, IEquatable<TUnit>, IComparable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        if ((uint)(text.Length - AsciiBlock.MinLength) <= AsciiBlock.MaxLength - AsciiBlock.MinLength)
        {
            var block = AsciiBlock.Load<TUnit, TText>(in MemoryMarshal.GetReference(text), text.Length);
            var printable = Vector256.LessThanOrEqual(block - Vector256.Create((byte)' '), Vector256.Create((byte)('~' - ' '))).ExtractMostSignificantBits();
            return (~printable & (uint)AsciiBlock.All(text.Length)) == 0;
        }

        if (typeof(TUnit) == typeof(byte) && text.Length is >= sizeof(uint) and < AsciiBlock.MinLength)
        {
            // two loads overlap. A byte below the space borrows from the high bit of its own or of the next one
            const ulong Each = 0x0101_0101_0101_0101;
            var bytes = MemoryMarshal.AsBytes(text);
            var all = MemoryMarshal.Read<uint>(bytes) | (ulong)MemoryMarshal.Read<uint>(bytes[^sizeof(uint)..]) << 32;
            return ((all | (all - ' ' * Each) | (all + Each)) & (0x80 * Each)) == 0;
        }

        return text.IndexOfAnyExceptInRange(TText.Unit(' '), TText.Unit('~')) < 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryMaskUnusual<TUnit, TText>(ReadOnlySpan<TUnit> source, Span<TUnit> destination, out int written)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        if (!KeptParts.TryMeasure<TUnit, TText>(source, this, out var parts))
        {
            written = destination.Length < MaskLength ? 0 : MaskLength;
            destination[..written].Fill(TText.Unit(MaskCharacter));
            return written > 0;
        }

        var hidden = source.IsEmpty ? 0 : _preservesLength ? parts.HiddenUnits : MaskLength;
        var total = parts.First + hidden + parts.Last;
        if (destination.Length < total)
        {
            written = 0;
            return false;
        }

        source[^parts.Last..].CopyTo(destination[(parts.First + hidden)..]);
        source[..parts.First].CopyTo(destination);
        destination.Slice(parts.First, hidden).Fill(TText.Unit(MaskCharacter));
        written = total;
        return true;
    }
}
