using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Abm.Privacy.Cryptography;

// Reference: NIST SP 800-38B (CMAC). Key 128, 192 or 256 bit, tag 128 bit. A CMAC is the last block of a CBC encryption
// from a zero IV whose last input block is combined with a subkey, so the platform's CBC does the work.

/// <summary>
/// AES-CMAC under one key. One caller at a time: <see cref="AesSiv"/> keeps instances in a pool. After an exception an
/// instance is not used again.
/// </summary>
internal sealed class AesCmac : IDisposable
{
    /// <summary>The size of a tag in bytes.</summary>
    public const int TagSize = AesTransform.BlockSize;

    private const int ChunkSize = 1024;
    private const int MaxTail = 2 * TagSize;

    private readonly ICryptoTransform _cbc;
    private readonly byte[] _chunk = GC.AllocateUninitializedArray<byte>(ChunkSize + MaxTail, pinned: true);
    private UInt128 _subkeyOfFullBlock;
    private UInt128 _subkeyOfPaddedBlock;

    // what the platform's CBC chains the next block to; combining a message's first block with it starts anew without a reset
    private UInt128 _chained;

    /// <summary>Creates an instance.</summary>
    /// <param name="key">16, 24 or 32 bytes; not kept.</param>
    public AesCmac(byte[] key)
    {
        _cbc = AesTransform.CreateCbc(key);
        _chunk.AsSpan(0, TagSize).Clear();
        Encrypt(TagSize);
        _chained = BinaryPrimitives.ReadUInt128BigEndian(_chunk);
        _subkeyOfFullBlock = Double(_chained);
        _subkeyOfPaddedBlock = Double(_subkeyOfFullBlock);
    }

    /// <summary>Multiplies by x in GF(2^128), without a branch on the value: the doubling of CMAC and SIV.</summary>
    public static UInt128 Double(UInt128 value) => (value << 1) ^ ((value >> 127) * 0x87);

    /// <summary>Computes the tag of a message.</summary>
    public UInt128 Compute(ReadOnlySpan<byte> message)
    {
        // the last block, whole or not, is the tail
        var head = message.IsEmpty ? 0 : (message.Length - 1) / TagSize * TagSize;
        return Compute(message[..head], message[head..]);
    }

    /// <summary>Computes the tag of a message in two parts.</summary>
    /// <param name="head">Whole blocks.</param>
    /// <param name="tail">At most two blocks; empty for the empty message alone.</param>
    public UInt128 Compute(ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail)
    {
        var startsAnew = true;
        while (head.Length > ChunkSize)
        {
            head[..ChunkSize].CopyTo(_chunk);
            Absorb(ChunkSize, ref startsAnew);
            head = head[ChunkSize..];
        }

        head.CopyTo(_chunk);
        tail.CopyTo(_chunk.AsSpan(head.Length));
        var length = head.Length + tail.Length;
        var wholeBlocks = length > 0 && length % TagSize == 0;
        if (!wholeBlocks)
        {
            _chunk[length++] = 0x80;
            var padded = (length + TagSize - 1) / TagSize * TagSize;
            _chunk.AsSpan(length, padded - length).Clear();
            length = padded;
        }

        Combine(length - TagSize, wholeBlocks ? _subkeyOfFullBlock : _subkeyOfPaddedBlock);
        Absorb(length, ref startsAnew);
        _chained = BinaryPrimitives.ReadUInt128BigEndian(_chunk.AsSpan(length - TagSize));
        return _chained;
    }

    public void Dispose()
    {
        _cbc.Dispose();
        CryptographicOperations.ZeroMemory(_chunk);
        (_subkeyOfFullBlock, _subkeyOfPaddedBlock, _chained) = (0, 0, 0);
    }

    private void Absorb(int length, ref bool startsAnew)
    {
        if (startsAnew)
        {
            Combine(0, _chained);
            startsAnew = false;
        }

        Encrypt(length);
    }

    // in place, so no clear text stays behind
    private void Encrypt(int length) => _cbc.TransformBlock(_chunk, 0, length, _chunk, 0);

    private void Combine(int offset, UInt128 value)
    {
        var block = _chunk.AsSpan(offset, TagSize);
        BinaryPrimitives.WriteUInt128BigEndian(block, BinaryPrimitives.ReadUInt128BigEndian(block) ^ value);
    }
}
