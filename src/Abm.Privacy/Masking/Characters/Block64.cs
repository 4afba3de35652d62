using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Abm.Privacy.Masking.Characters;

/// <summary>64 bytes in a vector of 512 bits, which the runtime splits into smaller ones where the processor has none.</summary>
internal readonly struct Block64 : IBlock64<Block64>
{
    public const int Length = 64;

    private readonly Vector512<byte> _bytes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Block64(Vector512<byte> bytes) => _bytes = bytes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block64 Load(ref readonly byte start) => new(Vector512.LoadUnsafe(in start));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Equal(byte value) => Vector512.Equals(_bytes, Vector512.Create(value)).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong EqualWith(byte bits, byte value) =>
        Vector512.Equals(_bytes | Vector512.Create(bits), Vector512.Create(value)).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong InRange(byte first, byte last) =>
        Vector512.LessThanOrEqual(_bytes - Vector512.Create(first), Vector512.Create((byte)(last - first))).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong NotAscii() => _bytes.ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong In(in NibbleSet set) => Vector512.Equals(LookUp(set.Table, _bytes & Vector512.Create((byte)15)), _bytes).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong In(in AsciiSet64 set)
    {
        var half = Vector512.Create((byte)15);
        var rows = LookUp(set.RowBits, (_bytes.AsUInt16() >>> 4).AsByte() & half);
        return ~Vector512.Equals(LookUp(set.Table, _bytes & half) & rows, Vector512<byte>.Zero).ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<byte> LookUp(Vector512<byte> table, Vector512<byte> indexes) =>
        Avx512BW.IsSupported
            ? Avx512BW.Shuffle(table, indexes)
            : Vector512.Create(LookUp(table.GetLower(), indexes.GetLower()), LookUp(table.GetUpper(), indexes.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> LookUp(Vector256<byte> table, Vector256<byte> indexes) =>
        Avx2.IsSupported
            ? Avx2.Shuffle(table, indexes)
            : Vector256.Create(
                Vector128.ShuffleNative(table.GetLower(), indexes.GetLower()),
                Vector128.ShuffleNative(table.GetUpper(), indexes.GetUpper()));
}
