using System.Security.Cryptography;

namespace Abm.Privacy.Consent.Records;

/// <summary>The bytes of <see cref="DecisionRecord"/>, as its remarks describe them. One record has one form.</summary>
internal static class DecisionRecordFormat
{
    public const int HashSize = 16;

    /// <summary>More obligations than this are not told apart in a record.</summary>
    public const int MaxObligations = 63;

    private const byte Version = 1;
    private const int DesiredSize = 97; // 3 of 100 bytes are left for counts of messages and the like, which are seldom above 127
    private const int FixedSize = 55;

    /// <summary>Whether the ids fit beside everything else; else their digest stands in the record.</summary>
    public static bool Fits(int evidence, int words, int obligations) => evidence == 0 || FixedSize + (8 * words) + ((obligations + 8) / 8) + (16 * evidence) <= DesiredSize;

    public static byte[] Write(DecisionRecord record)
    {
        Span<byte> buffer = stackalloc byte[DecisionRecord.MaxSize + 512];
        var writer = new RecordWriter(buffer);
        var isDigested = record.EvidenceCount > 0 && record.Evidence.Count == 0;
        writer.Byte(Version);
        writer.Byte((byte)((int)record.Outcome | (record.MaskOf.IsDigest ? 4 : 0) | (record.UsesSpecialCategory ? 8 : 0) | (record.ChildDirected ? 16 : 0)
            | (isDigested ? 32 : 0) | ((record.MaskOf.WordCount - 1) << 6)));
        writer.Bytes(Convert.FromHexString(record.PolicyHash));
        writer.Guid(record.DecisionId);
        writer.Moment(record.AsOf.ToUnixTimeMilliseconds());
        writer.Signed(record.KnownAt.ToUnixTimeMilliseconds() - record.AsOf.ToUnixTimeMilliseconds());
        writer.Number((ulong)record.KeyVersion);
        writer.Word(record.FactsDigest);
        writer.Number((uint)record.Sends.Contact);
        writer.Number((uint)record.Sends.Account);
        writer.Number((uint)record.OtherErrors);
        for (var i = 0; i < record.MaskOf.WordCount; i++)
        {
            writer.Word((ulong)record.MaskOf.Words[i]);
        }

        writer.Number((ulong)record.ObligationCount);
        WriteFulfilment(ref writer, record);
        writer.Number((ulong)record.EvidenceCount);
        foreach (var id in record.Evidence)
        {
            writer.Guid(id);
        }

        if (isDigested)
        {
            writer.Word(record.EvidenceDigest);
        }

        return buffer[..writer.Length].ToArray();
    }

    public static DecisionRecord Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new RecordReader(bytes);
        if (reader.Byte() != Version)
        {
            throw RecordReader.Invalid();
        }

        var flags = reader.Byte();
        var words = (flags >> 6) + 1;
        var policy = Convert.ToHexStringLower(reader.Bytes(HashSize));
        var id = reader.Guid();
        var asOf = reader.Moment();
        var knownAt = asOf + reader.Signed();
        var keyVersion = reader.Int();
        var digest = reader.Word();
        var sends = new SendCounts(reader.Bits(), reader.Bits());
        var errors = reader.Bits();
        Span<long> mask = stackalloc long[words];
        for (var i = 0; i < words; i++)
        {
            mask[i] = (long)reader.Word();
        }

        var obligations = reader.Int();
        var (fulfilled, wasSent) = ReadFulfilment(ref reader, obligations);
        var count = reader.Int();
        var isDigested = (flags & 32) != 0;
        var evidence = new List<Guid>();
        for (var i = 0; i < (isDigested ? 0 : count); i++)
        {
            evidence.Add(reader.Guid());
        }

        var record = new DecisionRecord
        {
            DecisionId = id,
            Outcome = (flags & 3) < 3 ? (ConsentOutcome)(flags & 3) : throw RecordReader.Invalid(),
            PolicyHash = policy,
            AsOf = RecordReader.Instant(asOf),
            KnownAt = RecordReader.Instant(knownAt),
            MaskOf = new DecisionMask(RuleMask.Of(mask), words, (flags & 4) != 0),
            UsesSpecialCategory = (flags & 8) != 0,
            ChildDirected = (flags & 16) != 0,
            KeyVersion = keyVersion,
            FactsDigest = digest,
            Sends = sends,
            OtherErrors = errors,
            ObligationCount = obligations,
            Fulfilled = fulfilled,
            WasSent = wasSent,
            EvidenceCount = count,
            Evidence = evidence,
            EvidenceDigest = isDigested ? reader.Word() : 0,
        };
        return reader.IsAtEnd && Write(record).AsSpan().SequenceEqual(bytes) ? record : throw RecordReader.Invalid();
    }

    public static ulong DigestOf(IEnumerable<Guid> evidence)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var id in evidence)
        {
            hash.AppendData(id.ToByteArray(bigEndian: true));
        }

        return System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(hash.GetHashAndReset());
    }

    /// <summary>A bit that the message was sent, then a bit for each obligation.</summary>
    private static void WriteFulfilment(ref RecordWriter writer, DecisionRecord record)
    {
        var bits = (record.Fulfilled << 1) | (record.WasSent ? 1UL : 0);
        for (var i = 0; i <= record.ObligationCount; i += 8)
        {
            writer.Byte((byte)(bits >> i));
        }
    }

    private static (ulong Fulfilled, bool WasSent) ReadFulfilment(ref RecordReader reader, int obligations)
    {
        if (obligations > MaxObligations)
        {
            throw RecordReader.Invalid();
        }

        ulong bits = 0;
        for (var i = 0; i <= obligations; i += 8)
        {
            bits |= (ulong)reader.Byte() << i;
        }

        return obligations < MaxObligations && bits >> (obligations + 1) != 0 ? throw RecordReader.Invalid() : (bits >> 1, (bits & 1) != 0);
    }
}
