using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>
/// Groups of digits with one separator between two of them, or a pair of which one is a parenthesis: how numbers are
/// written. At most ten groups and forty digits are read; what goes on is a row of several numbers.
/// </summary>
internal struct NumberRun
{
    public const int MaxGroups = 10;
    public const int MaxDigits = 40;

    private Groups _starts;
    private Groups _lengths;
    private Groups _separators;
    private Buffer _digits;

    /// <summary>The number of groups.</summary>
    public int Count { get; private set; }

    /// <summary>The lengths of the groups, a hexadecimal digit each, the first group lowest.</summary>
    public ulong Shape { get; private set; }

    /// <summary>Whether a further group follows that was not read.</summary>
    public bool GoesOn { get; private set; }

    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Digits => _digits;

    public readonly int Start(int group) => _starts[group];

    public readonly int Length(int group) => _lengths[group];

    public readonly int End(int group) => _starts[group] + _lengths[group];

    /// <summary>The separator before a group; for a pair its parenthesis, for a no-break space a space.</summary>
    public readonly int Separator(int group) => _separators[group];

    /// <summary>The digits of the first groups.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> DigitsOf(int groups) => Digits[..DigitCount(groups)];

    public readonly int DigitCount(int groups)
    {
        var count = 0;
        for (var i = 0; i < groups; i++)
        {
            count += _lengths[i];
        }

        return count;
    }

    /// <summary>The number a group stands for; of its last nine digits, if it has more.</summary>
    public readonly int Value(int group)
    {
        var value = 0;
        var start = DigitCount(group);
        foreach (var digit in Digits.Slice(start, Math.Min(_lengths[group], 9)))
        {
            value = value * 10 + digit - '0';
        }

        return value;
    }

    /// <summary>Whether every group after the first, of the first so many, has this separator before it.</summary>
    public readonly bool AreSeparatedBy(int groups, int separator)
    {
        for (var i = 1; i < groups; i++)
        {
            if (_separators[i] != separator)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the first groups have one separator, whatever it is.</summary>
    public readonly bool AreAlike(int groups) => groups < 3 || AreSeparatedBy(groups, _separators[1]);

    /// <summary>Leaves the groups from one on to somebody else.</summary>
    public void CutBefore(int group)
    {
        Count = group;
        Shape &= (1UL << 4 * group) - 1;
        GoesOn = true;
    }

    public static NumberRun Read<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        Unsafe.SkipInit(out NumberRun run);
        run.Count = 0;
        run.GoesOn = false;
        ulong shape = 0;
        int position = start, digits = 0, separator = 0;
        while (true)
        {
            var group = position;
            for (; window.IsDigit(position); position++, digits++)
            {
                if (digits == MaxDigits)
                {
                    // a group of which the end is out of reach is none
                    run.GoesOn = true;
                    run.Shape = shape;
                    return run;
                }

                run._digits[digits] = (byte)window[position];
            }

            run._starts[run.Count] = group;
            run._lengths[run.Count] = position - group;
            run._separators[run.Count] = separator;
            shape |= (ulong)Math.Min(position - group, 15) << (4 * run.Count);
            run.Count++;
            var width = ReadSeparator(ref window, position, out separator);
            if (width == 0 || run.Count == MaxGroups)
            {
                run.GoesOn = width != 0;
                run.Shape = shape;
                return run;
            }

            position += width;
        }
    }

    /// <summary>The width of what stands between two groups; 0 if the groups end here.</summary>
    private static int ReadSeparator<TUnit, TText>(ref TextWindow<TUnit, TText> window, int position, out int separator)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var first = window[position];
        separator = One(first);
        if (separator == 0)
        {
            return 0;
        }

        var next = window[position + 1];
        if (Ascii.IsDigit(next))
        {
            return separator == NoBreakLead ? 0 : 1;
        }

        if (!window.IsDigit(position + 2))
        {
            return 0;
        }

        var second = One(next);
        if (separator == NoBreakLead)
        {
            separator = ' ';
            return next == NoBreak ? 2 : 0;
        }

        // a no-break space is two units in one encoding and one in the other: it stands alone
        if (second != 0 && first != NoBreak && next is not (NoBreak or NoBreakLead) && (separator is '(' or ')' || second is '(' or ')'))
        {
            separator = separator is '(' or ')' ? separator : second;
            return 2;
        }

        return 0;
    }

    private const int NoBreak = 0xA0;
    private const int NoBreakLead = 0xC2;

    private static int One(int value) => value switch
    {
        ' ' or '-' or '.' or '/' or '(' or ')' or NoBreakLead => value,
        NoBreak => ' ',
        _ => 0,
    };

    [InlineArray(MaxGroups)]
    private struct Groups
    {
        private int _first;
    }

    [InlineArray(MaxDigits)]
    private struct Buffer
    {
        private byte _first;
    }
}
