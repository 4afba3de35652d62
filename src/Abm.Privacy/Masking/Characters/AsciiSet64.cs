using System.Runtime.Intrinsics;

namespace Abm.Privacy.Masking.Characters;

/// <summary>An <see cref="AsciiSet"/> that is looked up for 64 bytes at once, with its tables as wide as these.</summary>
internal readonly struct AsciiSet64
{
    /// <summary>For each low half a bit for each high half that the set holds with it.</summary>
    public readonly Vector512<byte> Table;

    /// <summary>The bit that stands for each high half; none for those beyond ASCII.</summary>
    public readonly Vector512<byte> RowBits;

    /// <param name="characters">ASCII characters other than NUL.</param>
    public AsciiSet64(ReadOnlySpan<char> characters)
    {
        Span<byte> table = stackalloc byte[16];
        table.Clear();
        foreach (var c in characters)
        {
            table[c & 15] |= (byte)(1 << (c >> 4));
        }

        Table = Wide(table);
        RowBits = Wide([1, 2, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, 0]);
    }

    public bool Contains(byte value) => value < 128 && (Table.GetElement(value & 15) >> (value >> 4) & 1) != 0;

    /// <summary>A table of 16 bytes beside itself, once for each 16 bytes that are looked up.</summary>
    public static Vector512<byte> Wide(ReadOnlySpan<byte> table)
    {
        var one = Vector128.Create(table);
        var two = Vector256.Create(one, one);
        return Vector512.Create(two, two);
    }
}
