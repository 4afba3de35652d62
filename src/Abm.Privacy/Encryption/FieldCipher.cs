using System.Security.Cryptography;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Encryption;

/// <summary>
/// Suite 01 for one field under one data key: the derived field key and everything of the associated data that does not
/// change from record to record.
/// </summary>
internal sealed class FieldCipher : IDisposable
{
    private readonly AesGcmCipher _cipher;
    private readonly byte[] _header;
    private readonly byte[] _associatedDataPrefix;

    private FieldCipher(DataKey key, FieldContext context)
    {
        _header = new byte[EnvelopeHeader.Size];
        new EnvelopeHeader(EnvelopeHeader.SuiteAesGcm, 0, key.Id).Write(_header);

        Span<byte> derived = stackalloc byte[SecretKey.Size];
        DeriveKey(key.Key, context, derived);
        _cipher = new AesGcmCipher(derived);
        CryptographicOperations.ZeroMemory(derived);

        Span<byte> buffer = stackalloc byte[
            ContextEncoding.GetMaxLength(AssociatedDataLabel.Length, OpaqueId.MaxBytes, OpaqueId.MaxBytes, OpaqueId.MaxBytes, OpaqueId.MaxBytes)];
        var encoding = new ContextEncoding(buffer, AssociatedDataLabel, parts: 5);
        encoding.Add(context.Tenant.Value);
        encoding.Add(context.Scope);
        encoding.Add(context.Entity);
        encoding.Add(context.Field);
        _associatedDataPrefix = [.. _header, .. encoding.WrittenBeforeLastPart()];
    }

    private static ReadOnlySpan<byte> FieldKeyLabel => "abm.privacy/v1/field-key"u8;

    private static ReadOnlySpan<byte> AssociatedDataLabel => "abm.privacy/v1/aad"u8;

    /// <summary>The cipher of a field, kept with its data key.</summary>
    public static FieldCipher Of(DataKey key, FieldContext context) => key.GetOrDerive(
        new DerivedKeyName("field-01", context.Scope, context.Entity, context.Field),
        context,
        static (key, context) => new FieldCipher(key, context));

    public void Encrypt(string record, ReadOnlySpan<byte> plaintext, Span<byte> envelope)
    {
        _header.CopyTo(envelope);
        Span<byte> associatedData = stackalloc byte[_associatedDataPrefix.Length + ContextEncoding.GetMaxPartLength(record.Length)];
        _cipher.Encrypt(
            WriteAssociatedData(associatedData, record),
            plaintext,
            NonceOf(envelope),
            CiphertextOf(envelope),
            TagOf(envelope));
    }

    /// <summary>Encrypts under a given nonce; only golden vectors have a reason to.</summary>
    public void EncryptUnderNonce(string record, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, Span<byte> envelope)
    {
        _header.CopyTo(envelope);
        nonce.CopyTo(NonceOf(envelope));
        Span<byte> associatedData = stackalloc byte[_associatedDataPrefix.Length + ContextEncoding.GetMaxPartLength(record.Length)];
        _cipher.EncryptUnderNonce(WriteAssociatedData(associatedData, record), plaintext, nonce, CiphertextOf(envelope), TagOf(envelope));
    }

    public void Decrypt(string record, ReadOnlySpan<byte> envelope, Span<byte> plaintext)
    {
        Span<byte> associatedData = stackalloc byte[_associatedDataPrefix.Length + ContextEncoding.GetMaxPartLength(record.Length)];
        var opened = _cipher.TryDecrypt(
            WriteAssociatedData(associatedData, record),
            envelope.Slice(EnvelopeHeader.Size, EnvelopeHeader.NonceSize),
            envelope[(EnvelopeHeader.Size + EnvelopeHeader.NonceSize)..^EnvelopeHeader.TagSize],
            envelope[^EnvelopeHeader.TagSize..],
            plaintext);
        if (!opened)
        {
            throw new PrivacyException(
                PrivacyErrorCode.DecryptionFailed,
                "The envelope does not open in this context: it was altered, or belongs to another record or field. Restore the value from a backup.");
        }
    }

    public void Dispose() => _cipher.Dispose();

    internal static void DeriveKey(SecretKey key, FieldContext context, Span<byte> derived)
    {
        Span<byte> buffer = stackalloc byte[
            ContextEncoding.GetMaxLength(FieldKeyLabel.Length, 1, OpaqueId.MaxBytes, OpaqueId.MaxBytes, OpaqueId.MaxBytes, OpaqueId.MaxBytes)];
        var encoding = new ContextEncoding(buffer, FieldKeyLabel, parts: 5);
        encoding.Add([EnvelopeHeader.SuiteAesGcm]);
        encoding.Add(context.Tenant.Value);
        encoding.Add(context.Scope);
        encoding.Add(context.Entity);
        encoding.Add(context.Field);
        KeyDerivation.Derive(key, encoding.Written, derived);
    }

    private static Span<byte> NonceOf(Span<byte> envelope) => envelope.Slice(EnvelopeHeader.Size, EnvelopeHeader.NonceSize);

    private static Span<byte> CiphertextOf(Span<byte> envelope) =>
        envelope[(EnvelopeHeader.Size + EnvelopeHeader.NonceSize)..^EnvelopeHeader.TagSize];

    private static Span<byte> TagOf(Span<byte> envelope) => envelope[^EnvelopeHeader.TagSize..];

    private ReadOnlySpan<byte> WriteAssociatedData(Span<byte> buffer, string record)
    {
        _associatedDataPrefix.CopyTo(buffer);
        var written = ContextEncoding.WritePart(buffer[_associatedDataPrefix.Length..], record);
        return buffer[..(_associatedDataPrefix.Length + written)];
    }
}
