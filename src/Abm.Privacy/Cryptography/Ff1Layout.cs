using System.Buffers.Binary;

namespace Abm.Privacy.Cryptography;

/// <summary>What FF1 computes once for a radix, a length and a tweak: all but the last block of what a round authenticates.</summary>
internal sealed class Ff1Layout
{
    private const int BlockSize = AesTransform.BlockSize;
    private const int Rounds = 10;

    public Ff1Layout(int radix, int length, ReadOnlySpan<byte> tweak, Ff1Instance aes)
    {
        Radix = radix;
        LeftLength = length / 2;
        var rightLength = length - LeftLength;
        LeftSize = Power(radix, LeftLength);
        RightSize = Power(radix, rightLength);
        NumberBytes = (128 - (int)UInt128.LeadingZeroCount(RightSize - 1) + 7) / 8;
        KeptBits = 8 * (4 * ((NumberBytes + 3) / 4) + 4);

        // P || Q without the round and the number, which lie in the last block
        var padding = (BlockSize - (tweak.Length + NumberBytes + 1) % BlockSize) % BlockSize;
        var message = new byte[BlockSize + tweak.Length + padding + 1 + NumberBytes];
        message[0] = 1;
        message[1] = 2;
        message[2] = 1;
        message[3] = (byte)(radix >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(4), (ushort)radix);
        message[6] = Rounds;
        message[7] = (byte)LeftLength;
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(8), length);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(12), tweak.Length);
        tweak.CopyTo(message.AsSpan(BlockSize));
        UInt128 chained = 0;
        for (var start = 0; start < message.Length - BlockSize; start += BlockSize)
        {
            chained = aes.EncryptBlock(chained ^ BinaryPrimitives.ReadUInt128BigEndian(message.AsSpan(start)));
        }

        LastBlock = chained ^ BinaryPrimitives.ReadUInt128BigEndian(message.AsSpan(message.Length - BlockSize));
    }

    public int Radix { get; }

    public int LeftLength { get; }

    /// <summary>The number of texts of the left half.</summary>
    public UInt128 LeftSize { get; }

    public UInt128 RightSize { get; }

    /// <summary>The size of a half as a number: <c>b</c> of the standard.</summary>
    public int NumberBytes { get; }

    /// <summary>How many bits of a round's output are used: eight times <c>d</c> of the standard.</summary>
    public int KeptBits { get; }

    /// <summary>The last block as it goes into the cipher, with zeroes for the round and the number.</summary>
    public UInt128 LastBlock { get; }

    private static UInt128 Power(int radix, int exponent)
    {
        UInt128 power = 1;
        for (; exponent > 0; exponent--)
        {
            power *= (uint)radix;
        }

        return power;
    }
}
