using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Encryption;

// Format 1, suite 01: AES-256-GCM (NIST SP 800-38D), 47 bytes over the plaintext; at most 2^32 messages for one field of
// one subject; a plaintext of at most 64 MiB, far below the mode's own limit.

/// <summary>The field encryptor of suite 01: randomized, so equal values give different envelopes.</summary>
public sealed class FieldEncryptor : IFieldEncryptor
{
    internal const int MaxPlaintextLength = 64 * 1024 * 1024; // stated in IFieldEncryptor

    private readonly KeyRing _keys;

    /// <summary>Creates an encryptor.</summary>
    /// <param name="keys">Opens the leases of the single-value operations.</param>
    public FieldEncryptor(KeyRing keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        _keys = keys;
    }

    /// <inheritdoc/>
    public int GetEnvelopeLength(int plaintextLength, Padding padding = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(plaintextLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(plaintextLength, MaxPlaintextLength);
        return EnvelopeHeader.GcmOverhead + padding.GetPaddedLength(plaintextLength);
    }

    /// <inheritdoc/>
    public int GetPlaintextLength(ReadOnlySpan<byte> envelope)
    {
        EnvelopeHeader.Read(envelope, EnvelopeHeader.SuiteAesGcm);
        return envelope.Length - EnvelopeHeader.GcmOverhead;
    }

    /// <inheritdoc/>
    public int Encrypt(KeyLease lease, SubjectId subject, FieldContext context, ReadOnlySpan<byte> plaintext, Span<byte> destination, Padding padding = default)
    {
        EncryptionErrors.ThrowIfOtherTenant(lease, context.Tenant);
        var length = GetEnvelopeLength(plaintext.Length, padding);
        EncryptionErrors.ThrowIfUnfit(plaintext, destination, length);
        var use = lease.Use();
        try
        {
            var key = lease.GetActive(DataKeyOwner.ForSubject(subject));
            lease.CountMessage(key, use);
            FieldCipher.Of(key, context).Encrypt(context.Record, plaintext, destination[..length], padding != Padding.None);
            return length;
        }
        finally
        {
            use.Release();
        }
    }

    /// <inheritdoc/>
    public int Decrypt(KeyLease lease, FieldContext context, ReadOnlySpan<byte> envelope, Span<byte> destination)
    {
        EncryptionErrors.ThrowIfOtherTenant(lease, context.Tenant);
        var header = EnvelopeHeader.Read(envelope, EnvelopeHeader.SuiteAesGcm);
        var length = envelope.Length - EnvelopeHeader.GcmOverhead;
        EncryptionErrors.ThrowIfUnfit(envelope, destination, length);
        var use = lease.Use();
        try
        {
            var key = lease.Get(header.KeyId);
            return FieldCipher.Of(key, context).Decrypt(context.Record, header.Flags, envelope, destination[..length]);
        }
        finally
        {
            use.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask<byte[]> EncryptAsync(
        SubjectId subject, FieldContext context, ReadOnlyMemory<byte> plaintext, Padding padding = default, CancellationToken cancellationToken = default)
    {
        var envelope = new byte[GetEnvelopeLength(plaintext.Length, padding)]; // refused before a key is made for it
        using var lease = await _keys.OpenAsync(context.Tenant, [subject], cancellationToken).ConfigureAwait(false);
        Encrypt(lease, subject, context, plaintext.Span, envelope, padding);
        return envelope;
    }

    /// <inheritdoc/>
    public async ValueTask<byte[]> DecryptAsync(
        SubjectId subject, FieldContext context, ReadOnlyMemory<byte> envelope, CancellationToken cancellationToken = default)
    {
        var plaintext = new byte[GetPlaintextLength(envelope.Span)];
        using var lease = await _keys.OpenReadOnlyAsync(context.Tenant, [subject], cancellationToken).ConfigureAwait(false);
        return Plaintext.Exactly(plaintext, Decrypt(lease, context, envelope.Span, plaintext));
    }
}
