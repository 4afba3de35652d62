using System.Collections.Frozen;
using System.Numerics;
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

    private readonly FrozenSet<int> _prefixes;

    /// <summary>A bit for the low five bits of each character: what is in no text is seldom looked up.</summary>
    private readonly ulong[] _filter = new ulong[1 << 15 >> 6];

    public LiteralSet(IEnumerable<string> literals)
    {
        var low = new ushort[Buckets, Prefix];
        var high = new ushort[Buckets, Prefix];
        string[] prefixes = [.. literals.Select(literal => literal[..Prefix]).Distinct().Order(StringComparer.Ordinal)];
        foreach (var prefix in prefixes)
        {
            var bucket = Enumerable.Range(0, Buckets).MinBy(bucket => Width(low, high, bucket, prefix) - Width(low, high, bucket, ""));
            for (var i = 0; i < Prefix; i++)
            {
                low[bucket, i] |= (ushort)(1 << (prefix[i] & 15));
                high[bucket, i] |= (ushort)(1 << (prefix[i] >> 4));
            }
        }

        for (var i = 0; i < Prefix; i++)
        {
            _low[i] = Table(low, i);
            _high[i] = Table(high, i);
        }

        _prefixes = prefixes.Select(prefix => Key(prefix[0], prefix[1], prefix[2])).ToFrozenSet();
        foreach (var prefix in prefixes)
        {
            var bit = Fold(prefix[0], prefix[1], prefix[2]);
            _filter[bit >> 6] |= 1UL << bit;
        }
    }

    /// <summary>Whether a text begins with these characters, as at a candidate it mostly does not.</summary>
    public bool Contains(int first, int second, int third)
    {
        var bit = Fold(first, second, third);
        return (_filter[bit >> 6] >> bit & 1) != 0 && (first | second | third) < 128 && _prefixes.Contains(Key(first, second, third));
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

    /// <summary>The same for 64 positions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Find(Vector512<byte> first, Vector512<byte> second, Vector512<byte> third)
    {
        var found = Select(first, _low[0], _high[0]) & Select(second, _low[1], _high[1]) & Select(third, _low[2], _high[2]);
        return ~Vector512.Equals(found, Vector512<byte>.Zero).ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<byte> LookUp(Vector512<byte> table, Vector512<byte> indexes) =>
        Avx512BW.IsSupported ? Avx512BW.Shuffle(table, indexes) : Vector512.Create(LookUp(table.GetLower(), indexes.GetLower()), LookUp(table.GetUpper(), indexes.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Select(Vector512<byte> text, Vector256<byte> low, Vector256<byte> high)
    {
        var half = Vector512.Create((byte)15);
        return LookUp(Vector512.Create(low, low), text & half) & LookUp(Vector512.Create(high, high), (text.AsUInt16() >>> 4).AsByte() & half);
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

    private static int Fold(int first, int second, int third) => (first & 31) << 10 | (second & 31) << 5 | third & 31;

    private static int Key(int first, int second, int third) => first | second << 8 | third << 16;

    /// <summary>How many texts a bucket would select with one more.</summary>
    private static double Width(ushort[,] low, ushort[,] high, int bucket, string prefix)
    {
        var width = 1.0;
        for (var i = 0; i < Prefix; i++)
        {
            var (more, higher) = prefix.Length == 0 ? (0, 0) : (1 << (prefix[i] & 15), 1 << (prefix[i] >> 4));
            width *= BitOperations.PopCount((uint)(low[bucket, i] | more)) * BitOperations.PopCount((uint)(high[bucket, i] | higher));
        }

        return width;
    }

    /// <summary>For each half of a byte, the buckets that it selects at a place.</summary>
    private static Vector256<byte> Table(ushort[,] halves, int place)
    {
        Span<byte> table = stackalloc byte[16];
        for (var half = 0; half < table.Length; half++)
        {
            table[half] = 0;
            for (var bucket = 0; bucket < Buckets; bucket++)
            {
                table[half] |= (byte)((halves[bucket, place] >> half & 1) << bucket);
            }
        }

        return Vector256.Create(Vector128.Create<byte>(table), Vector128.Create<byte>(table));
    }
}
