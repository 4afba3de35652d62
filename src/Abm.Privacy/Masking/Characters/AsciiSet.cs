using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Abm.Privacy.Masking.Characters;

/// <summary>
/// A set of ASCII characters other than NUL that is looked up for 32 bytes at once: the low half of a byte selects a
/// table entry, in which each bit stands for one high half. A byte that is not ASCII is in no set.
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

    /// <summary>One bit for each of the bytes: whether the set does not hold it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Misses(Vector256<byte> text)
    {
        var half = Vector256.Create((byte)15);
        var rows = LookUp(RowBits, (text.AsUInt16() >>> 4).AsByte() & half);
        return Vector256.Equals(LookUp(_table, text & half) & rows, Vector256<byte>.Zero).ExtractMostSignificantBits();
    }

    public bool Contains(int value) => value < 128 && (_table.GetElement(value & 15) >> (value >> 4) & 1) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> LookUp(Vector128<byte> table, Vector256<byte> indexes) =>
        Avx2.IsSupported
            ? Avx2.Shuffle(Vector256.Create(table, table), indexes)
            : Vector256.Create(
                Vector128.ShuffleNative(table, indexes.GetLower()),
                Vector128.ShuffleNative(table, indexes.GetUpper()));
}
