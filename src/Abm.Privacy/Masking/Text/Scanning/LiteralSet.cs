using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>
/// Finds where one of many texts may begin, by their first three characters, for 32 positions at once: each character
/// selects, by its two halves, the buckets that hold a text with it at this place; what all three select is a candidate.
/// </summary>
internal sealed class LiteralSet
{
    private const int Buckets = 8;
    private const int Prefix = 3;

    private readonly Vector256<byte>[] _low = new Vector256<byte>[Prefix];
    private readonly Vector256<byte>[] _high = new Vector256<byte>[Prefix];

    public LiteralSet(IEnumerable<string> literals)
    {
        var low = new byte[Prefix * 16];
        var high = new byte[Prefix * 16];
        foreach (var (literal, bucket) in literals.Select(literal => literal[..Prefix]).Distinct().Order(StringComparer.Ordinal).Select((literal, index) => (literal, index % Buckets)))
        {
            for (var i = 0; i < Prefix; i++)
            {
                low[i * 16 + (literal[i] & 15)] |= (byte)(1 << bucket);
                high[i * 16 + (literal[i] >> 4)] |= (byte)(1 << bucket);
            }
        }

        for (var i = 0; i < Prefix; i++)
        {
            _low[i] = Twice(low.AsSpan(i * 16, 16));
            _high[i] = Twice(high.AsSpan(i * 16, 16));
        }
    }

    /// <summary>One bit for each position at which a text may begin.</summary>
    /// <param name="first">The units at the positions.</param>
    /// <param name="second">The units one behind.</param>
    /// <param name="third">The units two behind.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Find(Vector256<byte> first, Vector256<byte> second, Vector256<byte> third)
    {
        var found = Select(first, _low[0], _high[0]) & Select(second, _low[1], _high[1]) & Select(third, _low[2], _high[2]);
        return ~Vector256.Equals(found, Vector256<byte>.Zero).ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Select(Vector256<byte> text, Vector256<byte> low, Vector256<byte> high)
    {
        var half = Vector256.Create((byte)15);
        return LookUp(low, text & half) & LookUp(high, (text.AsUInt16() >>> 4).AsByte() & half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<byte> LookUp(Vector256<byte> table, Vector256<byte> indexes) =>
        Avx2.IsSupported
            ? Avx2.Shuffle(table, indexes)
            : Vector256.Create(
                Vector128.ShuffleNative(table.GetLower(), indexes.GetLower()),
                Vector128.ShuffleNative(table.GetUpper(), indexes.GetUpper()));

    private static Vector256<byte> Twice(ReadOnlySpan<byte> table) =>
        Vector256.Create(Vector128.Create<byte>(table), Vector128.Create<byte>(table));
}
