using System.Buffers;
using System.Text;
using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking;

/// <summary>
/// Masks a person's name down to initials: <c>Jane van Doe</c> becomes <c>J*** v*** D***</c>.
/// </summary>
/// <remarks>
/// Of each word the first grapheme cluster is shown if it is at most half of the word and at most three UTF-16 units;
/// a word of one character is hidden whole. The number of words is shown. A text of more than ten words, or one that is
/// not valid Unicode, is masked whole as <c>***</c>.
/// </remarks>
public readonly struct PersonNameMask : IMask
{
    private const int MaxWords = 10;
    private const int MaxWordLength = Initial.MaxLength + Stars.Count;
    private const int MaxTotal = MaxWords * MaxWordLength + MaxWords - 1;

    /// <inheritdoc/>
    public MaskTraits Traits => MaskTraits.HidesLength | MaskTraits.Deterministic | MaskTraits.Idempotent;

    /// <inheritdoc/>
    public int GetMaxLength(int sourceLength) =>
        Math.Min(Stars.Bound(sourceLength, MaxWords * (Stars.Count + 1)), MaxTotal);

    /// <inheritdoc/>
    public bool TryMask(ReadOnlySpan<char> source, Span<char> destination, out int charsWritten) =>
        TryMask<char, Utf16Text>(source, destination, out charsWritten);

    /// <inheritdoc/>
    public bool TryMask(ReadOnlySpan<byte> utf8, Span<byte> destination, out int bytesWritten) =>
        TryMask<byte, Utf8Text>(utf8, destination, out bytesWritten);

    private static bool TryMask<TUnit, TText>(ReadOnlySpan<TUnit> source, Span<TUnit> destination, out int written)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        // a masked name may be longer than the name, so it is made aside: source and destination may be the same memory
        Span<TUnit> masked = stackalloc TUnit[MaxTotal];
        var total = 0;
        if (!source.IsEmpty && !TryWritePlain<TUnit, TText>(source, masked, out total) && !TryWriteInitials<TUnit, TText>(source, masked, out total))
        {
            return Stars.TryWrite<TUnit, TText>(destination, out written);
        }

        written = masked[..total].TryCopyTo(destination) ? total : 0;
        return written == total;
    }

    /// <summary>Writes the initials of up to ten words of plain characters, with no white space but spaces; false for any other text.</summary>
    private static bool TryWritePlain<TUnit, TText>(ReadOnlySpan<TUnit> name, Span<TUnit> masked, out int total)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        int words = 0, inWord = 0;
        total = 0;
        for (var position = 0; position < name.Length;)
        {
            var length = TText.PlainLength(name, position);
            if (length == 0)
            {
                return false;
            }

            inWord = TText.Value(name[position]) == ' ' ? 0 : inWord + 1;
            if (inWord == 1)
            {
                if (++words > MaxWords)
                {
                    return false;
                }

                masked[total] = TText.Unit(' ');
                total += words > 1 ? 1 : 0;
                Stars.Write<TUnit, TText>(masked[total..]);
                total += Stars.Count;
            }
            else if (inWord == 2 && TText.Value(name[position - 1]) != Stars.Star)
            {
                // a second character: the first one may be shown
                var initial = TText.PlainLength(name, position - 1) == 0 ? 2 : 1;
                name.Slice(position - initial, initial).CopyTo(masked[(total - Stars.Count)..]);
                Stars.Write<TUnit, TText>(masked[(total - Stars.Count + initial)..]);
                total += initial;
            }

            position += length;
        }

        return words > 0;
    }

    private static bool TryWriteInitials<TUnit, TText>(ReadOnlySpan<TUnit> name, Span<TUnit> masked, out int total)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        total = 0;
        if (!TText.IsWellFormed(name))
        {
            return false;
        }

        var words = 0;
        for (var position = 0; position < name.Length;)
        {
            var start = position;
            while (position < name.Length && !IsSpace<TUnit, TText>(name[position..], out var length))
            {
                if (length == 0)
                {
                    return false;
                }

                position += length;
            }

            if (position > start)
            {
                if (++words > MaxWords)
                {
                    return false;
                }

                Append<TUnit, TText>(name[start..position], masked, ref total);
            }
            else
            {
                IsSpace<TUnit, TText>(name[position..], out var length);
                position += length;
            }
        }

        return words > 0;
    }

    private static void Append<TUnit, TText>(ReadOnlySpan<TUnit> word, Span<TUnit> masked, ref int total)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        if (total > 0)
        {
            masked[total++] = TText.Unit(' ');
        }

        var initial = Initial.Measure<TUnit, TText>(word);
        word[..initial].CopyTo(masked[total..]);
        Stars.Write<TUnit, TText>(masked[(total + initial)..]);
        total += initial + Stars.Count;
    }

    /// <summary>Whether the text starts with a grapheme cluster of white space alone.</summary>
    /// <param name="text">A text that is not empty.</param>
    /// <param name="length">The cluster's length; 0 if it is too long.</param>
    private static bool IsSpace<TUnit, TText>(ReadOnlySpan<TUnit> text, out int length)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        length = TText.NextGrapheme(text).Length;
        for (var rest = text[..length]; rest.Length > 0;)
        {
            if (TText.DecodeRune(rest, out var rune, out var consumed) != OperationStatus.Done || !Rune.IsWhiteSpace(rune))
            {
                return false;
            }

            rest = rest[consumed..];
        }

        return length > 0;
    }
}
