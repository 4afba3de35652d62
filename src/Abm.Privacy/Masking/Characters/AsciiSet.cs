using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Abm.Privacy.Masking.Characters;

/// <summary>
/// A set of ASCII characters that is looked up for sixteen bytes at once: the low half of a byte selects a table entry,
/// in which each bit stands for one high half. A byte that is not ASCII is in no set.
/// </summary>
internal readonly struct AsciiSet
{
    private static readonly Vector128<byte> RowBits = Vector128.Create(1, 2, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, 0);

    private readonly Vector128<byte> _table;

    public AsciiSet(ReadOnlySpan<char> characters)
    {
        Span<byte> table = stackalloc byte[16];
        table.Clear();
        foreach (var c in characters)
        {
            table[c & 15] |= (byte)(1 << (c >> 4));
        }

        _table = Vector128.Create<byte>(table);
    }

    /// <summary>For each byte the bit of its high half; shared by the look-ups of several sets.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Rows(Vector128<byte> text) =>
        Vector128.ShuffleNative(RowBits, (text.AsUInt16() >>> 4).AsByte() & Vector128.Create((byte)15));

    /// <summary>One bit for each of the sixteen bytes: whether the set holds it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Match(Vector128<byte> text, Vector128<byte> rows)
    {
        var bits = Vector128.ShuffleNative(_table, text & Vector128.Create((byte)15)) & rows;
        return ~Vector128.Equals(bits, Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xFFFF;
    }

    public bool Contains(int value) => value < 128 && (_table.GetElement(value & 15) >> (value >> 4) & 1) != 0;
}
