using System.Runtime.Intrinsics;

namespace Abm.Privacy.Masking.Characters;

/// <summary>
/// Up to 16 ASCII bytes, no two with the same low half: a byte is in the set if it is the one that stands at its own low half.
/// </summary>
internal readonly struct NibbleSet
{
    /// <summary>The member at each low half, once for each 16 bytes that are looked up.</summary>
    public readonly Vector512<byte> Table;

    /// <exception cref="ArgumentException">A byte is not ASCII, or two have the same low half.</exception>
    public NibbleSet(ReadOnlySpan<byte> members)
    {
        Span<byte> table = stackalloc byte[16];
        for (var i = 0; i < table.Length; i++)
        {
            // what no byte with this low half is
            table[i] = (byte)(i == 0 ? 1 : 0);
        }

        var taken = 0;
        foreach (var member in members)
        {
            var bit = 1 << (member & 15);
            if (member >= 128 || (taken & bit) != 0)
            {
                throw new ArgumentException("The members must be ASCII with different low halves.", nameof(members));
            }

            taken |= bit;
            table[member & 15] = member;
        }

        Table = AsciiSet64.Wide(table);
    }

    public bool Contains(byte value) => Table.GetElement(value & 15) == value;
}
