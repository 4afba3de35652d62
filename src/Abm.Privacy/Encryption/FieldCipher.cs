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
    private const int FlagsOffset = 2;

    private readonly DerivingCipher _cipher;
    private readonly byte[] _associatedDataPrefix; // starts with the header

    private FieldCipher(DataKey key, TenantId tenant, in DerivedKeyName field)
    {
        _cipher = new DerivingCipher(key, tenant, field);
        Span<byte> header = stackalloc byte[EnvelopeHeader.Size];
        new EnvelopeHeader(EnvelopeHeader.SuiteAesGcm, 0, key.Id).Write(header);
        Span<byte> buffer = stackalloc byte[
            ContextEncoding.GetMaxLength(Label.Length, OpaqueId.MaxBytes, OpaqueId.MaxBytes, OpaqueId.MaxBytes, OpaqueId.MaxBytes)];
        var encoding = new ContextEncoding(buffer, Label, parts: 5);
        FieldKey.Add(ref encoding, tenant, field);
        _associatedDataPrefix = [.. header, .. encoding.WrittenBeforeLastPart()];
    }

    private static ReadOnlySpan<byte> Label => "abm.privacy/v1/aad"u8;

    /// <summary>The cipher of a field, kept with its data key.</summary>
    public static FieldCipher Of(DataKey key, FieldContext context)
    {
        var name = new DerivedKeyName("field-01", context.Scope, context.Entity, context.Field);
        return key.GetOrDerive(name, (context.Tenant, name), static (key, of) => new FieldCipher(key, of.Tenant, of.name));
    }

    /// <summary>Encrypts into an envelope whose length says how far a padded value is filled up.</summary>
    /// <param name="record">The record's key.</param>
    /// <param name="plaintext">The value.</param>
    /// <param name="envelope">Exactly as long as the envelope will be.</param>
    /// <param name="padded">Whether the value is padded.</param>
    /// <param name="givenNonce">A nonce that the caller answers for; only golden vectors have a reason to give one.</param>
    public void Encrypt(string record, ReadOnlySpan<byte> plaintext, Span<byte> envelope, bool padded, ReadOnlySpan<byte> givenNonce = default)
    {
        Span<byte> buffer = stackalloc byte[_associatedDataPrefix.Length + ContextEncoding.GetMaxPartLength(record.Length)];
        var associatedData = WriteAssociatedData(buffer, record, padded ? EnvelopeHeader.FlagPadded : (byte)0);
        associatedData[..EnvelopeHeader.Size].CopyTo(envelope);

        var nonce = envelope.Slice(EnvelopeHeader.Size, EnvelopeHeader.NonceSize);
        var ciphertext = envelope[(EnvelopeHeader.Size + EnvelopeHeader.NonceSize)..^EnvelopeHeader.TagSize];
        var tag = envelope[^EnvelopeHeader.TagSize..];
        if (padded)
        {
            EncryptPadded(associatedData, plaintext, nonce, ciphertext, tag, givenNonce);
        }
        else
        {
            Encrypt(associatedData, plaintext, nonce, ciphertext, tag, givenNonce);
        }
    }

    /// <summary>Decrypts into a destination of the content's length.</summary>
    /// <returns>The value's length without padding.</returns>
    public int Decrypt(string record, byte flags, ReadOnlySpan<byte> envelope, Span<byte> plaintext)
    {
        Span<byte> buffer = stackalloc byte[_associatedDataPrefix.Length + ContextEncoding.GetMaxPartLength(record.Length)];
        var opened = _cipher.TryDecrypt(
            WriteAssociatedData(buffer, record, flags),
            envelope.Slice(EnvelopeHeader.Size, EnvelopeHeader.NonceSize),
            envelope[(EnvelopeHeader.Size + EnvelopeHeader.NonceSize)..^EnvelopeHeader.TagSize],
            envelope[^EnvelopeHeader.TagSize..],
            plaintext);
        var length = !opened ? -1 : (flags & EnvelopeHeader.FlagPadded) == 0 ? plaintext.Length : Padding.Remove(plaintext);
        return length >= 0 ? length : throw EncryptionErrors.DecryptionFailed();
    }

    public void Dispose() => _cipher.Dispose();

    private void EncryptPadded(
        ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> plaintext, Span<byte> nonce, Span<byte> ciphertext, Span<byte> tag, ReadOnlySpan<byte> givenNonce)
    {
        var encrypted = false;
        Padding.Fill(plaintext, ciphertext);
        try
        {
            Encrypt(associatedData, ciphertext, nonce, ciphertext, tag, givenNonce); // in place
            encrypted = true;
        }
        finally
        {
            if (!encrypted)
            {
                CryptographicOperations.ZeroMemory(ciphertext); // it is still the clear value
            }
        }
    }

    private void Encrypt(
        ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> plaintext, Span<byte> nonce, Span<byte> ciphertext, Span<byte> tag, ReadOnlySpan<byte> givenNonce)
    {
        if (givenNonce.IsEmpty)
        {
            _cipher.Encrypt(associatedData, plaintext, nonce, ciphertext, tag);
            return;
        }

        givenNonce.CopyTo(nonce);
        _cipher.EncryptUnderNonce(associatedData, plaintext, nonce, ciphertext, tag);
    }

    private ReadOnlySpan<byte> WriteAssociatedData(Span<byte> buffer, string record, byte flags)
    {
        _associatedDataPrefix.CopyTo(buffer);
        buffer[FlagsOffset] = flags;
        var written = ContextEncoding.WritePart(buffer[_associatedDataPrefix.Length..], record);
        return buffer[..(_associatedDataPrefix.Length + written)];
    }

    /// <summary>
    /// Derives the field's key for each instance, of which one thread needs one: a subject's key is often used once for each
    /// field, and pinned memory for every derived key would cost more than the encryption.
    /// </summary>
    private sealed class DerivingCipher(DataKey key, TenantId tenant, DerivedKeyName field) : AesGcmCipher
    {
        protected override AesGcm Create()
        {
            Span<byte> derived = stackalloc byte[SecretKey.Size];
            FieldKey.Derive(key.Key, EnvelopeHeader.SuiteAesGcm, tenant, field, derived);
            try
            {
                return Create(derived);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(derived);
            }
        }
    }
}
