using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Abm.Privacy.Masking.Characters;

/// <summary>64 bytes that are looked at one by one: for a processor without vectors, and to compare <see cref="Block64"/> with.</summary>
internal readonly struct ScalarBlock64 : IBlock64<ScalarBlock64>
{
    private readonly Bytes _bytes;

    private ScalarBlock64(Bytes bytes) => _bytes = bytes;

    public static ScalarBlock64 Load(ref readonly byte start) => new(Unsafe.ReadUnaligned<Bytes>(in start));

    public ulong Equal(byte value) => Collect(value, static (b, value) => b == value);

    public ulong EqualWith(byte bits, byte value) => Collect((bits, value), static (b, wanted) => (b | wanted.bits) == wanted.value);

    public ulong InRange(byte first, byte last) => Collect((first, last), static (b, range) => b >= range.first && b <= range.last);

    public ulong NotAscii() => Collect(0, static (b, _) => b >= 128);

    public ulong In(in NibbleSet set) => Collect(set, static (b, set) => set.Contains(b));

    public ulong In(in AsciiSet64 set) => Collect(set, static (b, set) => set.Contains(b));

    private ulong Collect<TArgument>(TArgument argument, Func<byte, TArgument, bool> isWanted)
    {
        var bits = 0UL;
        ReadOnlySpan<byte> bytes = _bytes;
        for (var i = 0; i < bytes.Length; i++)
        {
            bits |= isWanted(bytes[i], argument) ? 1UL << i : 0;
        }

        return bits;
    }

    [InlineArray(Block64.Length)]
    [StructLayout(LayoutKind.Sequential)]
    private struct Bytes
    {
        private byte _first;
    }
}
