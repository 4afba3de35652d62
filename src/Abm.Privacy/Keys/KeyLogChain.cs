using System.Security.Cryptography;
using System.Text;

namespace Abm.Privacy.Keys;

/// <summary>
/// The lines of a key log: <c>checksum, space, record, line feed</c>. The checksum is the start of a SHA-256 over all
/// records so far, so an altered, missing or moved record shows at its own line.
/// </summary>
internal sealed class KeyLogChain
{
    public const int HashSize = SHA256.HashSizeInBytes;

    private const int ChecksumBytes = 16;
    private const int PrefixLength = (2 * ChecksumBytes) + 1;

    private static readonly byte[] Seed = SHA256.HashData("abm.privacy/v1/key-log"u8);

    public byte[] Value { get; private set; } = Seed;

    public KeyLogChain Copy() => new() { Value = Value };

    /// <summary>The lines of further records.</summary>
    public byte[] AppendAll(IEnumerable<byte[]> records)
    {
        using var lines = new MemoryStream();
        foreach (var record in records)
        {
            lines.Write(Append(record));
        }

        return lines.ToArray();
    }

    /// <summary>
    /// The line of further records that a crash shall leave whole or not at all: a JSON array, unless there is but one.
    /// </summary>
    public byte[] AppendTogether(IReadOnlyList<byte[]> records)
    {
        if (records is [var single])
        {
            return Append(single);
        }

        using var array = new MemoryStream();
        foreach (var record in records)
        {
            array.WriteByte(array.Length == 0 ? (byte)'[' : (byte)',');
            array.Write(record);
        }

        array.WriteByte((byte)']');
        return Append(array.ToArray());
    }

    /// <summary>The line of a further record.</summary>
    public byte[] Append(ReadOnlySpan<byte> record)
    {
        Advance(record);
        var line = new byte[PrefixLength + record.Length + 1];
        Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Value.AsSpan(0, ChecksumBytes)), line);
        line[PrefixLength - 1] = (byte)' ';
        record.CopyTo(line.AsSpan(PrefixLength));
        line[^1] = (byte)'\n';
        return line;
    }

    /// <summary>Takes a line without its line feed; false, and unchanged, if it does not continue the chain.</summary>
    public bool TryRead(ReadOnlyMemory<byte> line, out ReadOnlyMemory<byte> record)
    {
        record = default;
        if (line.Length < PrefixLength)
        {
            return false;
        }

        var before = Value;
        record = line[PrefixLength..];
        Advance(record.Span);
        if (Encoding.ASCII.GetString(line.Span[..PrefixLength]) == Convert.ToHexStringLower(Value.AsSpan(0, ChecksumBytes)) + ' ')
        {
            return true;
        }

        Value = before;
        return false;
    }

    private void Advance(ReadOnlySpan<byte> record)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Value);
        hash.AppendData(record);
        Value = hash.GetHashAndReset();
    }
}
