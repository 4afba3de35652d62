using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Abm.Privacy.Cryptography;

/// <summary>The rounds of <see cref="Ff1"/> for one caller at a time. After an exception an instance is not used again.</summary>
internal sealed class Ff1Instance(byte[] key) : IDisposable
{
    private const int Rounds = 10;

    private readonly ICryptoTransform _ecb = AesTransform.CreateEcb(key);
    private readonly byte[] _block = GC.AllocateUninitializedArray<byte>(AesTransform.BlockSize, pinned: true);

    public UInt128 EncryptBlock(UInt128 block)
    {
        BinaryPrimitives.WriteUInt128BigEndian(_block, block);
        _ecb.TransformBlock(_block, 0, AesTransform.BlockSize, _block, 0);
        return BinaryPrimitives.ReadUInt128BigEndian(_block);
    }

    public void Encrypt(Ff1Layout layout, Span<byte> numerals)
    {
        var left = Read(numerals[..layout.LeftLength], layout.Radix);
        var right = Read(numerals[layout.LeftLength..], layout.Radix);
        for (var round = 0; round < Rounds; round++)
        {
            var size = round % 2 == 0 ? layout.LeftSize : layout.RightSize;
            (left, right) = (right, (left + Function(layout, round, right) % size) % size);
        }

        Write(left, numerals[..layout.LeftLength], layout.Radix);
        Write(right, numerals[layout.LeftLength..], layout.Radix);
    }

    public void Decrypt(Ff1Layout layout, Span<byte> numerals)
    {
        var left = Read(numerals[..layout.LeftLength], layout.Radix);
        var right = Read(numerals[layout.LeftLength..], layout.Radix);
        for (var round = Rounds - 1; round >= 0; round--)
        {
            var size = round % 2 == 0 ? layout.LeftSize : layout.RightSize;
            (left, right) = ((right + size - Function(layout, round, left) % size) % size, left);
        }

        Write(left, numerals[..layout.LeftLength], layout.Radix);
        Write(right, numerals[layout.LeftLength..], layout.Radix);
    }

    public void Dispose()
    {
        _ecb.Dispose();
        CryptographicOperations.ZeroMemory(_block);
    }

    private UInt128 Function(Ff1Layout layout, int round, UInt128 half) =>
        EncryptBlock(layout.LastBlock ^ ((UInt128)(uint)round << (8 * layout.NumberBytes)) ^ half) >> (128 - layout.KeptBits);

    private static UInt128 Read(ReadOnlySpan<byte> numerals, int radix)
    {
        UInt128 number = 0;
        foreach (var numeral in numerals)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(numeral, radix);
            number = number * (uint)radix + numeral;
        }

        return number;
    }

    private static void Write(UInt128 number, Span<byte> numerals, int radix)
    {
        for (var i = numerals.Length - 1; i >= 0; i--)
        {
            var (rest, numeral) = UInt128.DivRem(number, (uint)radix);
            numerals[i] = (byte)numeral;
            number = rest;
        }
    }
}
