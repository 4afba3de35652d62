using Abm.Privacy.Cryptography;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Encryption;

/// <summary>Reads envelopes, and finds those under another key than the active one.</summary>
internal sealed class EnvelopeRewrapReader(IFieldEncryptor encryptor) : IRewrapReader
{
    public bool NeedsRewrap(ReadOnlySpan<byte> stored, KeyId activeKey) => !EnvelopeInfo.TryRead(stored, out var info) || info.NeedsRewrap(activeKey);

    public ValueTask<byte[]> ReadAsync(KeyLease lease, FieldContext context, ReadOnlyMemory<byte> stored, CancellationToken cancellationToken)
    {
        var clear = new byte[encryptor.GetPlaintextLength(stored.Span)];
        var written = encryptor.Decrypt(lease, context, stored.Span, clear);
        return ValueTask.FromResult(written == clear.Length ? clear : clear[..written]);
    }
}
