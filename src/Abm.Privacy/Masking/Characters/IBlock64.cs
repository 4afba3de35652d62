namespace Abm.Privacy.Masking.Characters;

/// <summary>
/// 64 bytes that are compared at once: each comparison gives one bit a byte, the first byte in the lowest bit. Implemented
/// by vectors for use and by a loop for tests; all give the same bits.
/// </summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
internal interface IBlock64<TSelf>
    where TSelf : struct, IBlock64<TSelf>
{
    /// <summary>Loads 64 bytes; all of them must be readable.</summary>
    static abstract TSelf Load(ref readonly byte start);

    /// <summary>The bytes that are a value.</summary>
    ulong Equal(byte value);

    /// <summary>The bytes that are a value once some bits are set in them: two bytes that differ in one bit, in one step.</summary>
    ulong EqualWith(byte bits, byte value);

    /// <summary>The bytes from a first to a last value, both included.</summary>
    ulong InRange(byte first, byte last);

    /// <summary>The bytes from 128.</summary>
    ulong NotAscii();

    /// <summary>The bytes that a set holds.</summary>
    ulong In(in NibbleSet set);

    /// <summary>The bytes that a set holds.</summary>
    ulong In(in AsciiSet64 set);
}
