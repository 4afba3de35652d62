using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>
/// The text around a candidate, as detectors see it: any index may be read, and what lies outside of the text is NUL. A
/// detector that looks behind the end of a text that is not complete yet is told so afterwards: its answer does not count.
/// </summary>
internal ref struct TextWindow<TUnit, TText>(ReadOnlySpan<TUnit> text, bool isComplete)
    where TUnit : unmanaged, IEquatable<TUnit>
    where TText : struct, ITextEncoding<TUnit>
{
    private readonly ReadOnlySpan<TUnit> _text = text;
    private readonly bool _isComplete = isComplete;
    private int _limit = text.Length;

    /// <summary>How far behind a candidate detectors see: a longer match continues as a further one.</summary>
    public const int Sight = 1 << 16;

    /// <summary>Where the last match ended: no other match begins before it.</summary>
    public int Floor;

    /// <summary>Whether a detector needed what has not arrived yet.</summary>
    public bool IsStarved;

    public readonly ReadOnlySpan<TUnit> Text => _text;

    public readonly int Length => _text.Length;

    /// <summary>Where detectors see the end of the text.</summary>
    public readonly int Limit => _limit;

    /// <summary>The unit's value; NUL outside of the text.</summary>
    public int this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (uint)index < (uint)_limit ? TText.Value(_text[index]) : Outside(index);
    }

    /// <summary>The unit's value if a match may begin there, else NUL.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Behind(int index) => index < Floor ? 0 : this[index];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsDigit(int index) => (uint)(this[index] - '0') <= 9;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsLetterOrDigit(int index) => Ascii.IsLetterOrDigit(this[index]);

    /// <summary>Whether a letter or digit of ASCII stands at the index. Others end a number: many scripts part no words.</summary>
    public bool IsWordAt(int index) => IsLetterOrDigit(index);

    /// <summary>Whether a letter or digit of ASCII ends before the index, which is no part of an escape of JSON.</summary>
    public bool IsWordBefore(int index) => IsLetterOrDigit(index - 1) && EscapeBefore(index) == 0;

    /// <summary>The length of an escape such as <c>\n</c> or <c>\u0022</c> that ends before the index; 0 if none does.</summary>
    public int EscapeBefore(int index)
    {
        if (this[index - 2] == '\\' && this[index - 1] is 'n' or 'r' or 't' or 'b' or 'f')
        {
            return 2;
        }

        return this[index - 6] == '\\' && this[index - 5] == 'u' && IsHexDigits(index - 4, index) ? 6 : 0;
    }

    /// <summary>The first of the backslashes in a row that go up to an index where one stands.</summary>
    public int StartOfEscapes(int index)
    {
        while (Behind(index - 1) == '\\')
        {
            index--;
        }

        return index;
    }

    public bool StartsWith(int index, string ascii)
    {
        for (var i = 0; i < ascii.Length; i++)
        {
            if (this[index + i] != ascii[i])
            {
                return false;
            }
        }

        return true;
    }

    private bool IsHexDigits(int start, int end)
    {
        while (start < end && Ascii.IsHexDigit(this[start]))
        {
            start++;
        }

        return start == end;
    }

    /// <summary>Begins with a candidate.</summary>
    public void Approach(int position) => _limit = (int)Math.Min((long)position + Sight, _text.Length);

    public Rune RuneAt(int index, out int length)
    {
        if (index < _limit)
        {
            // the rest of a code point may not be there yet
            var status = TText.DecodeRune(_text[index.._limit], out var rune, out length);
            IsStarved |= !_isComplete && _limit == _text.Length && status == System.Buffers.OperationStatus.NeedMoreData;
            return rune;
        }

        Outside(index);
        length = 0;
        return default;
    }

    public readonly Rune RuneBefore(int index, out int length)
    {
        if (index <= 0)
        {
            length = 0;
            return default;
        }

        TText.DecodeRuneBefore(_text[..index], out var rune, out length);
        return rune;
    }

    /// <summary>A letter, digit or mark; also what is invisible or broken, which must not part a name from its address.</summary>
    public static bool IsLetter(Rune rune) =>
        Rune.IsLetterOrDigit(rune)
        || rune == Rune.ReplacementChar
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.Format;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Outside(int index)
    {
        IsStarved |= index >= _text.Length && !_isComplete;
        return 0;
    }
}
