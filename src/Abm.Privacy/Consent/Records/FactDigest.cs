using System.Buffers;
using System.Buffers.Binary;

namespace Abm.Privacy.Consent.Records;

/// <summary>
/// A keyed digest of everything that a decision was made from. Facts are few bits, so without a key they could be guessed from a digest. A fact that has its
/// default value is left out: a later version with more facts gives the same digests for old rows.
/// </summary>
internal static class FactDigest
{
    private static readonly ConsentFacts Empty = new();

    private static readonly ConsentQuestion NoQuestion = new(Purposes.Marketing, Channel.Email);

    public static ulong Compute(DecisionKey key, DecisionSubject subject, ConsentQuestion question, DateTimeOffset asOf, ConsentFacts facts)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        WriteText(buffer, subject.Tenant.Value);
        buffer.Write(subject.ContactPoint.Value.ToByteArray(bigEndian: true));
        WriteText(buffer, subject.Purpose.Name);
        WriteText(buffer, Channels.NameOf(subject.Channel));
        WriteText(buffer, subject.Campaign ?? "");
        WriteNumber(buffer, (question.UsesSpecialCategory ? 1 : 0) | (question.ChildDirected ? 2 : 0));
        WriteNumber(buffer, asOf.ToUnixTimeMilliseconds());
        WriteText(buffer, facts.Jurisdiction ?? "");
        foreach (var fact in FactRegistry.Default.Facts)
        {
            if (fact.NullMeaning != NullMeaning.MessageConstant)
            {
                Write(buffer, fact, facts);
            }
        }

        return key.Digest(buffer.WrittenSpan);
    }

    private static void Write(ArrayBufferWriter<byte> buffer, FactDefinition fact, ConsentFacts facts)
    {
        if (fact.Type is FactType.Code or FactType.TimeZone)
        {
            if (fact.ReadText(facts, NoQuestion) is { } text && text != fact.ReadText(Empty, NoQuestion))
            {
                WriteText(buffer, fact.Name);
                WriteText(buffer, text);
            }
        }
        else if (fact.ReadNumber(facts, NoQuestion) is { } number && number != fact.ReadNumber(Empty, NoQuestion))
        {
            WriteText(buffer, fact.Name);
            WriteNumber(buffer, number);
        }
    }

    private static void WriteText(ArrayBufferWriter<byte> buffer, string text)
    {
        var length = StrictUtf8.Encoding.GetByteCount(text);
        WriteNumber(buffer, length);
        StrictUtf8.Encoding.GetBytes(text, buffer.GetSpan(length));
        buffer.Advance(length);
    }

    private static void WriteNumber(ArrayBufferWriter<byte> buffer, long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(buffer.GetSpan(sizeof(long)), number);
        buffer.Advance(sizeof(long));
    }
}
