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

    /// <summary>Whether a letter, digit or mark begins at the index. An underscore parts words: names of files and fields have it.</summary>
    public bool IsWordAt(int index)
    {
        var value = this[index];
        return value < 128 ? Ascii.IsLetterOrDigit(value) : IsLetter(RuneAt(index, out _));
    }

    /// <summary>Whether a letter, digit or mark ends before the index.</summary>
    public bool IsWordBefore(int index)
    {
        var value = this[index - 1];
        return value < 128 ? Ascii.IsLetterOrDigit(value) : IsLetter(RuneBefore(index, out _));
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

    public static bool IsLetter(Rune rune) =>
        Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Outside(int index)
    {
        IsStarved |= index >= _text.Length && !_isComplete;
        return 0;
    }
}
