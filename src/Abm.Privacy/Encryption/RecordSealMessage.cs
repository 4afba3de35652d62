using System.Buffers.Binary;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Encryption;

/// <summary>What a <see cref="RecordSeal"/> covers beside its own header; its bytes stand in the remarks there.</summary>
internal sealed class RecordSealMessage
{
    private const int LengthPrefix = sizeof(uint);

    private readonly List<(byte[] Name, ReadOnlyMemory<byte> Envelope)> _fields;
    private readonly byte[] _context;

    public RecordSealMessage(RecordContext context, long version, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> fields)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(version);
        ArgumentNullException.ThrowIfNull(fields);
        _fields = new(fields.Count);
        foreach (var (name, envelope) in fields)
        {
            OpaqueId.ThrowIfInvalid(name, nameof(fields));
            _fields.Add((StrictUtf8.Encoding.GetBytes(name), envelope));
        }

        // by bytes, which every language sorts alike, and not by UTF-16
        _fields.Sort(static (left, right) => left.Name.AsSpan().SequenceCompareTo(right.Name));
        _context = Encode(context, version);
    }

    private static ReadOnlySpan<byte> Label => "abm.privacy/v1/seal"u8;

    public void WriteTo(Action<ReadOnlySpan<byte>> append)
    {
        Span<byte> number = stackalloc byte[LengthPrefix];
        append(_context);
        AppendNumber(_fields.Count, number, append);
        foreach (var (name, envelope) in _fields)
        {
            AppendNumber(name.Length, number, append);
            append(name);
            AppendNumber(envelope.Length, number, append);
            append(envelope.Span);
        }
    }

    private static void AppendNumber(int value, Span<byte> number, Action<ReadOnlySpan<byte>> append)
    {
        BinaryPrimitives.WriteInt32BigEndian(number, value);
        append(number);
    }

    private static byte[] Encode(RecordContext context, long version)
    {
        var buffer = new byte[ContextEncoding.GetMaxLength(
            Label.Length, OpaqueId.MaxBytes, OpaqueId.MaxBytes, OpaqueId.MaxBytes, FieldContext.MaxRecordLength, sizeof(long))];
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(number, version);
        var encoding = new ContextEncoding(buffer, Label, parts: 5);
        encoding.Add(context.Tenant.Value);
        encoding.Add(context.Scope);
        encoding.Add(context.Entity);
        encoding.Add(context.Record);
        encoding.Add(number);
        return encoding.Written.ToArray();
    }
}
