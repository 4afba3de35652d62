using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking;

/// <summary>
/// Masks an e-mail address: <c>jane.doe@example.com</c> becomes <c>j***@example.com</c>.
/// </summary>
/// <remarks>
/// <para>
/// Shown are the first grapheme cluster of the local part, if it is at most half of it (a local part of one character is
/// hidden whole), and the domain, which in account-based marketing names the account. Where a domain itself may name a
/// person, choose another mask.
/// </para>
/// <para>
/// An address is <c>local@domain</c> with exactly one <c>@</c>; a local part of RFC 5321 atoms, or of RFC 6531 with other
/// Unicode characters; a domain of at most 253 characters with at least one dot, whose labels are letters, digits and
/// hyphens and whose last label starts with a letter. Anything else is masked whole as <c>***</c>.
/// </para>
/// </remarks>
public readonly struct EmailMask : IMask
{
    private const int MaxDomainChars = 253;
    private const int InitialLength = 1 + Stars.Count;
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private static readonly AsciiSet LocalSet = new(Letters + "0123456789!#$%&'*+-/=?^_`{|}~.");
    private static readonly AsciiSet DomainSet = new(Letters + "0123456789-.");

    /// <inheritdoc/>
    public MaskTraits Traits => MaskTraits.HidesLength | MaskTraits.Deterministic | MaskTraits.Idempotent;

    /// <inheritdoc/>
    public int GetMaxLength(int sourceLength) => Stars.Bound(sourceLength, Stars.Count);

    /// <inheritdoc/>
    public bool TryMask(ReadOnlySpan<char> source, Span<char> destination, out int charsWritten) =>
        TryMask<char, Utf16Text>(source, destination, out charsWritten);

    /// <inheritdoc/>
    public bool TryMask(ReadOnlySpan<byte> utf8, Span<byte> destination, out int bytesWritten) =>
        TryMask<byte, Utf8Text>(utf8, destination, out bytesWritten);

    /// <summary>
    /// Where the <c>@</c> of an ASCII address of 8 to 64 units stands; 0 or -1 for every other text, address or not.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int FindAtFast<TUnit, TText>(ReadOnlySpan<TUnit> text)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        if ((uint)(text.Length - AsciiBlock.MinLength) > AsciiBlock.MaxLength - AsciiBlock.MinLength)
        {
            return FindAtOfLong<TUnit, TText>(text);
        }

        var block = AsciiBlock.Load<TUnit, TText>(in MemoryMarshal.GetReference(text), text.Length);
        return CheckForm<TUnit, TText>(text, LocalSet.Misses(block), DomainSet.Misses(block), Dots(block));
    }

    private static int FindAtOfLong<TUnit, TText>(ReadOnlySpan<TUnit> text)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        if (text.Length is <= AsciiBlock.MaxLength or > 2 * AsciiBlock.MaxLength)
        {
            return -1;
        }

        var shift = text.Length - AsciiBlock.MaxLength;
        var head = AsciiBlock.Load<TUnit, TText>(in text[0], AsciiBlock.MaxLength);
        var tail = AsciiBlock.Load<TUnit, TText>(in text[shift], AsciiBlock.MaxLength);
        return CheckForm<TUnit, TText>(
            text,
            LocalSet.Misses(head) | (ulong)LocalSet.Misses(tail) << shift,
            DomainSet.Misses(head) | (ulong)DomainSet.Misses(tail) << shift,
            Dots(head) | (ulong)Dots(tail) << shift);
    }

    /// <param name="text">The text.</param>
    /// <param name="notLocal">The units that no local part has; the <c>@</c> among them.</param>
    /// <param name="notDomain">The units that no domain has.</param>
    /// <param name="dots">The dots.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int CheckForm<TUnit, TText>(ReadOnlySpan<TUnit> text, ulong notLocal, ulong notDomain, ulong dots)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        // if one bit is set, what it and the bits below it are taken from is the domain; if none is, nothing is left
        var all = AsciiBlock.All(text.Length);
        notLocal &= all;
        var below = notLocal - 1;
        var inDomain = all & ~(notLocal ^ below);
        dots &= inDomain;
        var faults = (notLocal & below) | (inDomain & notDomain) | (dots & ((dots | notLocal) << 1));
        if (faults != 0 || dots == 0)
        {
            return -1;
        }

        // both places lie in the text: a bit is set in each
        ref var start = ref MemoryMarshal.GetReference(text);
        var at = BitOperations.TrailingZeroCount(notLocal);
        var lastDot = 63 ^ BitOperations.LeadingZeroCount(dots);
        return TText.Value(Unsafe.Add(ref start, at)) == '@'
            && lastDot < text.Length - 1
            && (uint)((TText.Value(Unsafe.Add(ref start, lastDot + 1)) | 0x20) - 'a') <= 'z' - 'a'
                ? at
                : -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Dots(Vector256<byte> block) => Vector256.Equals(block, Vector256.Create((byte)'.')).ExtractMostSignificantBits();

    /// <summary>Where the <c>@</c> stands; -1 if the text is not an address. Decides every text.</summary>
    internal static int FindAt<TUnit, TText>(ReadOnlySpan<TUnit> text)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        int at = -1, domainChars = 0, previous = '@';
        bool hasDot = false, lastLabelIsName = false;
        for (var position = 0; position < text.Length;)
        {
            if (TText.DecodeRune(text[position..], out var rune, out var length) != OperationStatus.Done)
            {
                return -1;
            }

            if (rune.Value == '@')
            {
                if (at >= 0 || position == 0)
                {
                    return -1;
                }

                at = position;
            }
            else if (at < 0)
            {
                if (!IsLocal(rune))
                {
                    return -1;
                }
            }
            else
            {
                domainChars += rune.Utf16SequenceLength;
                if (!IsDomain(rune) || domainChars > MaxDomainChars || (rune.Value == '.' && previous is '.' or '@'))
                {
                    return -1;
                }

                lastLabelIsName = previous == '.' ? !Rune.IsDigit(rune) && rune.Value != '-' : lastLabelIsName;
                hasDot |= rune.Value == '.';
            }

            previous = rune.Value;
            position += length;
        }

        return hasDot && previous != '.' && lastLabelIsName && StartsCluster<TUnit, TText>(text, at) ? at : -1;
    }

    /// <summary>Masks what fits into one block without a call, so that no register is saved and restored.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryMask<TUnit, TText>(ReadOnlySpan<TUnit> source, Span<TUnit> destination, out int written)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        if ((uint)(source.Length - AsciiBlock.MinLength) > AsciiBlock.MaxLength - AsciiBlock.MinLength)
        {
            return TryMaskUnusual<TUnit, TText>(source, destination, out written);
        }

        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(destination);
        var block = AsciiBlock.Load<TUnit, TText>(in from, source.Length);
        var at = CheckForm<TUnit, TText>(source, LocalSet.Misses(block), DomainSet.Misses(block), Dots(block));
        if (at <= 1 || TText.Value(from) == Stars.Star)
        {
            return TryMaskUnusual<TUnit, TText>(source, destination, out written);
        }

        var domain = source.Length - at;
        if (destination.Length < InitialLength + domain)
        {
            written = 0;
            return false;
        }

        // the domain moves first: source and destination may be the same memory
        written = InitialLength + domain;
        var initial = from;
        ShortCopy.Block(ref Unsafe.Add(ref from, at), ref Unsafe.Add(ref to, InitialLength), domain);
        TText.WriteInitial(ref to, initial);
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryMaskUnusual<TUnit, TText>(ReadOnlySpan<TUnit> source, Span<TUnit> destination, out int written)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        written = 0;
        var at = FindAtFast<TUnit, TText>(source);
        at = at > 0 ? at : FindAt<TUnit, TText>(source);
        if (at < 0)
        {
            return source.IsEmpty || Stars.TryWrite<TUnit, TText>(destination, out written);
        }

        var initial = Initial.Measure<TUnit, TText>(source[..at]);
        var total = initial + Stars.Count + source.Length - at;
        if (destination.Length < total)
        {
            return false;
        }

        source[at..].CopyTo(destination[(initial + Stars.Count)..]);
        source[..initial].CopyTo(destination);
        Stars.Write<TUnit, TText>(destination[initial..]);
        written = total;
        return true;
    }

    private static bool IsLocal(Rune rune) =>
        rune.IsAscii ? LocalSet.Contains(rune.Value) : !Rune.IsControl(rune) && !Rune.IsWhiteSpace(rune);

    private static bool IsDomain(Rune rune) =>
        rune.IsAscii
            ? DomainSet.Contains(rune.Value)
            : Rune.GetUnicodeCategory(rune) is <= UnicodeCategory.DecimalDigitNumber;

    /// <summary>A mark before or after the <c>@</c> would be torn from it.</summary>
    private static bool StartsCluster<TUnit, TText>(ReadOnlySpan<TUnit> text, int at)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var position = 0;
        while (position < at)
        {
            var length = TText.NextGrapheme(text[position..]).Length;
            position = length == 0 ? text.Length : position + length;
        }

        return position == at && TText.NextGrapheme(text[at..]).Length == 1;
    }
}
