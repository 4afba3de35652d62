using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>What the 64 units of a block are, one bit for each.</summary>
internal struct BlockBits
{
    /// <summary>Units in a block.</summary>
    public const int Length = 64;

    /// <summary>Units that are read: literals are looked up two units ahead.</summary>
    public const int ReadLength = Length + 2;

    public ulong Digits;
    public ulong Letters;
    public ulong Separators;
    public ulong Dots;
    public ulong Colons;
    public ulong Ats;
    public ulong Literals;

    /// <summary>Backslashes, behind which an escape of JSON may stand.</summary>
    public ulong Backslashes;

    /// <summary>Equals signs.</summary>
    public ulong Assignments;

    /// <summary>Units that are not ASCII.</summary>
    public ulong Others;

    // space ( ) - . / in the row of 2, and a no-break space: A0 in narrowed UTF-16, C2 A0 in UTF-8
    private static Vector256<byte> SeparatorLow => Vector256.Create(
        (byte)(1 | 2), 0, 4, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 1, 1, 1,
        1 | 2, 0, 4, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 1, 1, 1);

    private static Vector256<byte> SeparatorHigh => Vector256.Create(
        (byte)0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 4, 0, 0, 0,
        0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 4, 0, 0, 0);

    /// <summary>Reads the block at a place; what lies behind the text's end is NUL.</summary>
    public static BlockBits ReadAt<TUnit, TText>(ReadOnlySpan<TUnit> text, int start, LiteralSet literals)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        if (start >= text.Length)
        {
            return default;
        }

        if (start + ReadLength <= text.Length)
        {
            return Read<TUnit, TText>(in text[start], literals);
        }

        Span<TUnit> padded = stackalloc TUnit[ReadLength];
        padded.Clear();
        text[start..].CopyTo(padded);
        return Read<TUnit, TText>(in padded[0], literals);
    }

    /// <summary>Reads a block of which <see cref="ReadLength"/> units are there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockBits Read<TUnit, TText>(ref readonly TUnit start, LiteralSet literals)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit> =>
        Vector512.IsHardwareAccelerated
            ? Read(TText.Load64(in start, 0), TText.Load64(in start, 1), TText.Load64(in start, 2), literals)
            : Read(
                TText.Load32(in start, 0), TText.Load32(in start, 1), TText.Load32(in start, 2), literals,
                TText.Load32(in start, 32), TText.Load32(in start, 33), TText.Load32(in start, 34));

    /// <summary>The digits alone, of 64 units that are there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong FindDigits<TUnit, TText>(ref readonly TUnit start)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit> =>
        Join(InRange(TText.Load32(in start, 0), '0', 9), InRange(TText.Load32(in start, 32), '0', 9));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static BlockBits Read(Vector512<byte> units, Vector512<byte> second, Vector512<byte> third, LiteralSet literals) => new()
    {
        Digits = Vector512.LessThanOrEqual(units - Vector512.Create((byte)'0'), Vector512.Create((byte)9)).ExtractMostSignificantBits(),
        Letters = Vector512.LessThanOrEqual((units | Vector512.Create((byte)0x20)) - Vector512.Create((byte)'a'), Vector512.Create((byte)25)).ExtractMostSignificantBits(),
        Separators = ~Vector512.Equals(
            LiteralSet.LookUp(Vector512.Create(SeparatorLow, SeparatorLow), units & Vector512.Create((byte)15))
            & LiteralSet.LookUp(Vector512.Create(SeparatorHigh, SeparatorHigh), (units.AsUInt16() >>> 4).AsByte() & Vector512.Create((byte)15)),
            Vector512<byte>.Zero).ExtractMostSignificantBits(),
        Dots = Vector512.Equals(units, Vector512.Create((byte)'.')).ExtractMostSignificantBits(),
        Colons = Vector512.Equals(units, Vector512.Create((byte)':')).ExtractMostSignificantBits(),
        Ats = Vector512.Equals(units, Vector512.Create((byte)'@')).ExtractMostSignificantBits(),
        Literals = literals.Find(units, second, third),
        Backslashes = Vector512.Equals(units, Vector512.Create((byte)'\\')).ExtractMostSignificantBits(),
        Assignments = Vector512.Equals(units, Vector512.Create((byte)'=')).ExtractMostSignificantBits(),
        Others = units.ExtractMostSignificantBits(),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static BlockBits Read(
        Vector256<byte> low, Vector256<byte> lowSecond, Vector256<byte> lowThird, LiteralSet literals, Vector256<byte> high, Vector256<byte> highSecond, Vector256<byte> highThird) => new()
    {
        Digits = Join(InRange(low, '0', 9), InRange(high, '0', 9)),
        Letters = Join(InRange(low | Vector256.Create((byte)0x20), 'a', 25), InRange(high | Vector256.Create((byte)0x20), 'a', 25)),
        Separators = Join(AreSeparators(low), AreSeparators(high)),
        Dots = Join(Are(low, '.'), Are(high, '.')),
        Colons = Join(Are(low, ':'), Are(high, ':')),
        Ats = Join(Are(low, '@'), Are(high, '@')),
        Literals = Join(literals.Find(low, lowSecond, lowThird), literals.Find(high, highSecond, highThird)),
        Backslashes = Join(Are(low, '\\'), Are(high, '\\')),
        Assignments = Join(Are(low, '='), Are(high, '=')),
        Others = Join(low.ExtractMostSignificantBits(), high.ExtractMostSignificantBits()),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Join(uint low, uint high) => low | (ulong)high << 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Are(Vector256<byte> units, char value) => Vector256.Equals(units, Vector256.Create((byte)value)).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint InRange(Vector256<byte> units, char first, byte count) =>
        Vector256.LessThanOrEqual(units - Vector256.Create((byte)first), Vector256.Create(count)).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint AreSeparators(Vector256<byte> units)
    {
        var half = Vector256.Create((byte)15);
        var rows = LiteralSet.LookUp(SeparatorHigh, (units.AsUInt16() >>> 4).AsByte() & half);
        return ~Vector256.Equals(LiteralSet.LookUp(SeparatorLow, units & half) & rows, Vector256<byte>.Zero).ExtractMostSignificantBits();
    }
}
