using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
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

    /// <summary>Where the <c>@</c> of a usual ASCII address stands; -1 for every other text, well formed or not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int FindAtFast<TUnit, TText>(ReadOnlySpan<TUnit> text)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        if (!AsciiBlock.CanLoad(text.Length))
        {
            return -1;
        }

        var block = AsciiBlock.Load<TUnit, TText>(text);
        var notLocal = block.NotIn(LocalSet);
        var at = BitOperations.TrailingZeroCount(notLocal);
        if (at == 0 || !BitOperations.IsPow2(notLocal) || !text[at].Equals(TText.Unit('@')))
        {
            return -1;
        }

        // every bit at or below the @ is taken out of sight
        var inDomain = block.All & ~((2UL << at) - 1);
        var dots = block.Are('.') & inDomain;
        var lastLabel = 64 - BitOperations.LeadingZeroCount(dots);
        var wellFormed = (inDomain & block.NotIn(DomainSet)) == 0
            && dots != 0
            && (dots & ((dots | notLocal) << 1)) == 0
            && (uint)lastLabel < (uint)text.Length
            && char.IsAsciiLetter((char)TText.Value(text[lastLabel]));
        return wellFormed ? at : -1;
    }

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

    private static bool TryMask<TUnit, TText>(ReadOnlySpan<TUnit> source, Span<TUnit> destination, out int written)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var at = FindAtFast<TUnit, TText>(source);
        if (at < 0)
        {
            return TryMaskUnusual<TUnit, TText>(source, destination, out written);
        }

        var initial = at > 1 && !source[0].Equals(TText.Unit(Stars.Star)) ? 1 : 0;
        var total = initial + Stars.Count + source.Length - at;
        if (destination.Length < total)
        {
            written = 0;
            return false;
        }

        // the domain moves first: source and destination may be the same memory
        ShortCopy.To(source[at..], destination[(initial + Stars.Count)..]);
        destination[0] = source[0];
        Stars.Write<TUnit, TText>(destination[initial..]);
        written = total;
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryMaskUnusual<TUnit, TText>(ReadOnlySpan<TUnit> source, Span<TUnit> destination, out int written)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        written = 0;
        var at = FindAt<TUnit, TText>(source);
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
