using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
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
    }

    public static NumberRun Read<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        Unsafe.SkipInit(out NumberRun run);
        if (window.Length - start >= BlockBits.Length)
        {
            run.ReadBlock<TUnit, TText>(in window.Text[start], start);
        }
        else
        {
            run.ReadUnits(ref window, start);
        }

        return run;
    }

    /// <summary>Reads the groups as bits: the greatest run is shorter than a block.</summary>
    private void ReadBlock<TUnit, TText>(ref readonly TUnit start, int offset)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        Unsafe.SkipInit(out Block block);
        ref var units = ref Unsafe.As<Block, byte>(ref block);
        TText.Load32(in start, 0).StoreUnsafe(ref units);
        TText.Load32(in start, 32).StoreUnsafe(ref units, 32);
        var digits = BlockBits.FindDigits<TUnit, TText>(in start);
        ref var written = ref Unsafe.As<Buffer, byte>(ref _digits);
        Count = 0;
        ulong shape = 0;
        int position = 0, total = 0, separator = 0;
        while (true)
        {
            var length = BitOperations.TrailingZeroCount(~(digits >> position));
            if (total + length > MaxDigits)
            {
                // a group of which the end is out of reach is none
                break;
            }

            for (var i = 0; i < length; i += 16)
            {
                Vector128.LoadUnsafe(ref units, (nuint)(position + i)).StoreUnsafe(ref written, (nuint)(total + i));
            }

            _starts[Count] = offset + position;
            _lengths[Count] = length;
            _separators[Count] = separator;
            shape |= (ulong)Math.Min(length, 15) << (4 * Count);
            total += length;
            position += length;
            Count++;
            var width = Measure<TUnit>(block[position], block[position + 1], digits >> position, out separator);
            if (width == 0 || Count == MaxGroups)
            {
                break;
            }

            position += width;
        }

        Shape = shape;
    }

    private void ReadUnits<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        Count = 0;
        ulong shape = 0;
        int position = start, digits = 0, separator = 0;
        while (true)
        {
            var group = position;
            for (; window.IsDigit(position); position++, digits++)
            {
                if (digits == MaxDigits)
                {
                    Shape = shape;
                    return;
                }

                _digits[digits] = (byte)window[position];
            }

            _starts[Count] = group;
            _lengths[Count] = position - group;
            _separators[Count] = separator;
            shape |= (ulong)Math.Min(position - group, 15) << (4 * Count);
            Count++;
            var next = (window.IsDigit(position + 1) ? 2UL : 0) | (window.IsDigit(position + 2) ? 4UL : 0);
            var width = Measure<TUnit>(window[position], window[position + 1], next, out separator);
            if (width == 0 || Count == MaxGroups)
            {
                Shape = shape;
                return;
            }

            position += width;
        }
    }

    /// <summary>The width of what stands between two groups; 0 if the groups end here.</summary>
    /// <param name="first">The unit behind a group.</param>
    /// <param name="second">The unit behind that.</param>
    /// <param name="digits">Whether these and the next unit are digits, one bit for each.</param>
    /// <param name="separator">What parts the groups.</param>
    private static int Measure<TUnit>(int first, int second, ulong digits, out int separator)
    {
        separator = One<TUnit>(first);
        if (separator == 0)
        {
            return 0;
        }

        if ((digits & 2) != 0)
        {
            return separator == NoBreakLead ? 0 : 1;
        }

        if ((digits & 4) == 0)
        {
            return 0;
        }

        if (separator == NoBreakLead)
        {
            separator = ' ';
            return second == NoBreak ? 2 : 0;
        }

        // a no-break space is two units in one encoding and one in the other: it stands alone
        if (One<TUnit>(second) is var other && other is not (0 or NoBreakLead) && first != NoBreak && second != NoBreak && (separator is '(' or ')' || other is '(' or ')'))
        {
            separator = separator is '(' or ')' ? separator : other;
            return 2;
        }

        return 0;
    }

    private const int NoBreak = 0xA0;
    private const int NoBreakLead = 0xC2;

    private static int One<TUnit>(int value) => value switch
    {
        ' ' or '-' or '.' or '/' or '(' or ')' => value,
        NoBreakLead when typeof(TUnit) == typeof(byte) => value,
        NoBreak when typeof(TUnit) == typeof(char) => ' ',
        _ => 0,
    };

    [InlineArray(MaxGroups)]
    private struct Groups
    {
        private int _first;
    }

    /// <summary>Digits are copied sixteen at a time.</summary>
    [InlineArray(MaxDigits + 16)]
    private struct Buffer
    {
        private byte _first;
    }

    /// <summary>A block, and what is read behind its end.</summary>
    [InlineArray(BlockBits.Length + 16)]
    private struct Block
    {
        private byte _first;
    }
}
