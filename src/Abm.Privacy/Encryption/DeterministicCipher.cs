using System.Security.Cryptography;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Encryption;

/// <summary>Suite 02 for one field under one data key: the derived key and the associated data, which no record changes.</summary>
internal sealed class DeterministicCipher : IDisposable
{
    private readonly AesSiv _cipher;
    private readonly byte[] _header;

    private DeterministicCipher(DataKey key, TenantId tenant, in DerivedKeyName field)
    {
        _header = new byte[EnvelopeHeader.Size];
        new EnvelopeHeader(EnvelopeHeader.SuiteAesSiv, 0, key.Id).Write(_header);

        Span<byte> buffer = stackalloc byte[
            EnvelopeHeader.Size + ContextEncoding.GetMaxLength(Label.Length, OpaqueId.MaxBytes, OpaqueId.MaxBytes, OpaqueId.MaxBytes, OpaqueId.MaxBytes)];
        _header.CopyTo(buffer);
        var encoding = new ContextEncoding(buffer[EnvelopeHeader.Size..], Label, parts: 4);
        FieldKey.Add(ref encoding, tenant, field);

        Span<byte> derived = stackalloc byte[AesSiv.KeySize];
        FieldKey.Derive(key.Key, EnvelopeHeader.SuiteAesSiv, tenant, field, derived);
        _cipher = new AesSiv(derived, buffer[..(EnvelopeHeader.Size + encoding.Written.Length)]);
        CryptographicOperations.ZeroMemory(derived);
    }

    private static ReadOnlySpan<byte> Label => "abm.privacy/v1/aad-det"u8;

    /// <summary>The cipher of a field, kept with its data key.</summary>
    public static DeterministicCipher Of(DataKey key, TenantId tenant, in DerivedKeyName field) =>
        key.GetOrDerive(field, (tenant, field), static (key, of) => new DeterministicCipher(key, of.tenant, of.field));

    /// <summary>Encrypts into an envelope of exactly the right length.</summary>
    public void Encrypt<T>(T value, Span<byte> envelope)
    {
        _header.CopyTo(envelope);
        var ciphertext = envelope[EnvelopeHeader.SivOverhead..];
        var encrypted = false;
        DeterministicValue.Write(value, ciphertext);
        try
        {
            _cipher.Encrypt(ciphertext, envelope.Slice(EnvelopeHeader.Size, AesSiv.IvSize), ciphertext); // in place
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

    /// <summary>Decrypts into a destination of the content's length.</summary>
    public void Decrypt(ReadOnlySpan<byte> envelope, Span<byte> plaintext)
    {
        if (!_cipher.TryDecrypt(envelope.Slice(EnvelopeHeader.Size, AesSiv.IvSize), envelope[EnvelopeHeader.SivOverhead..], plaintext))
        {
            throw EncryptionErrors.DecryptionFailed();
        }
    }

    public void Dispose() => _cipher.Dispose();
}
