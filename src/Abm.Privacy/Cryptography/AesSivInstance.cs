using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Abm.Privacy.Cryptography;

/// <summary>The two halves of <see cref="AesSiv"/> for one caller at a time: S2V over CMAC, and counter mode.</summary>
internal sealed class AesSivInstance(byte[] macKey, byte[] counterKey) : IDisposable
{
    private const int BlockSize = AesTransform.BlockSize;
    private const int ChunkSize = 64 * BlockSize;

    private readonly AesCmac _mac = new(macKey);
    private readonly ICryptoTransform _ecb = AesTransform.CreateEcb(counterKey);
    private readonly byte[] _stream = GC.AllocateUninitializedArray<byte>(ChunkSize, pinned: true);

    /// <summary>The bits of the synthetic IV that the counter starts without, so that 32-bit and 64-bit counters agree.</summary>
    private static UInt128 CounterMask => ~(((UInt128)1 << 63) | ((UInt128)1 << 31));

    /// <summary>S2V up to the plaintext.</summary>
    public UInt128 Absorb(ReadOnlySpan<byte> associatedData)
    {
        Span<byte> zeroes = stackalloc byte[BlockSize];
        zeroes.Clear();
        return AesCmac.Double(_mac.Compute(zeroes)) ^ _mac.Compute(associatedData);
    }

    /// <summary>The rest of S2V: the synthetic IV.</summary>
    public UInt128 GetIv(UInt128 associated, ReadOnlySpan<byte> plaintext)
    {
        // the last 16 bytes are combined with what was absorbed, and these may lie over two blocks
        Span<byte> tail = stackalloc byte[2 * BlockSize];
        var headLength = plaintext.Length < BlockSize ? 0 : (plaintext.Length - BlockSize) / BlockSize * BlockSize;
        var tailLength = plaintext.Length - headLength;
        plaintext[headLength..].CopyTo(tail);
        if (tailLength < BlockSize)
        {
            tail[tailLength] = 0x80;
            tail[(tailLength + 1)..BlockSize].Clear();
            tailLength = BlockSize;
            associated = AesCmac.Double(associated);
        }

        var last = tail.Slice(tailLength - BlockSize, BlockSize);
        BinaryPrimitives.WriteUInt128BigEndian(last, BinaryPrimitives.ReadUInt128BigEndian(last) ^ associated);
        var iv = _mac.Compute(plaintext[..headLength], tail[..tailLength]);
        CryptographicOperations.ZeroMemory(tail);
        return iv;
    }

    /// <summary>Counter mode from the synthetic IV: encrypts and decrypts. Source and destination may be the same memory.</summary>
    public void ApplyKeyStream(UInt128 iv, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        var counter = iv & CounterMask;
        var used = Math.Min(ChunkSize, source.Length + BlockSize - 1);
        while (!source.IsEmpty)
        {
            var length = Math.Min(ChunkSize, source.Length);
            var blocks = (length + BlockSize - 1) / BlockSize;
            for (var block = 0; block < blocks; block++)
            {
                BinaryPrimitives.WriteUInt128BigEndian(_stream.AsSpan(block * BlockSize), counter++);
            }

            _ecb.TransformBlock(_stream, 0, blocks * BlockSize, _stream, 0);
            Combine(source[..length], _stream, destination);
            source = source[length..];
            destination = destination[length..];
        }

        CryptographicOperations.ZeroMemory(_stream.AsSpan(0, used));
    }

    public void Dispose()
    {
        _mac.Dispose();
        _ecb.Dispose();
        CryptographicOperations.ZeroMemory(_stream);
    }

    private static void Combine(ReadOnlySpan<byte> source, ReadOnlySpan<byte> stream, Span<byte> destination)
    {
        var words = source.Length / sizeof(ulong);
        var from = MemoryMarshal.Cast<byte, ulong>(source)[..words];
        var with = MemoryMarshal.Cast<byte, ulong>(stream)[..words];
        var to = MemoryMarshal.Cast<byte, ulong>(destination)[..words];
        for (var i = 0; i < from.Length; i++)
        {
            to[i] = from[i] ^ with[i];
        }

        for (var i = words * sizeof(ulong); i < source.Length; i++)
        {
            destination[i] = (byte)(source[i] ^ stream[i]);
        }
    }
}
