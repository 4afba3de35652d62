using System.Security.Cryptography;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>
/// Key wrap of format 1, suite 10: AES-256-GCM whose associated data binds header, tenant, owner, usage and the id of
/// the wrapped key, so that a wrapped key cannot be moved to another tenant, subject or usage.
/// </summary>
internal static class KeyWrap
{
    /// <summary>The size of a wrapped key: header, nonce, 32 bytes, tag.</summary>
    public const int WrappedSize = EnvelopeHeader.GcmOverhead + SecretKey.Size;

    private static ReadOnlySpan<byte> TenantKeyLabel => "abm.privacy/v1/kek"u8;

    private static ReadOnlySpan<byte> DataKeyLabel => "abm.privacy/v1/dek"u8;

    public static byte[] WrapTenantKey(WrappingKey root, TenantId tenant, SecretKey tenantKey, ReadOnlySpan<byte> nonce = default)
    {
        Span<byte> buffer = stackalloc byte[EnvelopeHeader.Size + ContextEncoding.GetMaxLength(TenantKeyLabel.Length, OpaqueId.MaxBytes, KeyId.Size)];
        return Wrap(root, tenantKey.Bytes, TenantKeyContext(buffer, root.Id, tenant, tenantKey.Id), nonce);
    }

    public static SecretKey UnwrapTenantKey(WrappingKey root, TenantId tenant, KeyId keyId, ReadOnlySpan<byte> wrapped)
    {
        Span<byte> buffer = stackalloc byte[EnvelopeHeader.Size + ContextEncoding.GetMaxLength(TenantKeyLabel.Length, OpaqueId.MaxBytes, KeyId.Size)];
        return Unwrap(root, keyId, TenantKeyContext(buffer, root.Id, tenant, keyId), wrapped);
    }

    public static byte[] WrapDataKey(
        WrappingKey tenantKey, TenantId tenant, DataKeyOwner owner, SecretKey dataKey, ReadOnlySpan<byte> nonce = default)
    {
        Span<byte> buffer = stackalloc byte[EnvelopeHeader.Size
            + ContextEncoding.GetMaxLength(DataKeyLabel.Length, OpaqueId.MaxBytes, OpaqueId.MaxBytes, OpaqueId.MaxBytes, KeyId.Size)];
        return Wrap(tenantKey, dataKey.Bytes, DataKeyContext(buffer, tenantKey.Id, tenant, owner, dataKey.Id), nonce);
    }

    public static SecretKey UnwrapDataKey(WrappingKey tenantKey, TenantId tenant, DataKeyOwner owner, KeyId keyId, ReadOnlySpan<byte> wrapped)
    {
        Span<byte> buffer = stackalloc byte[EnvelopeHeader.Size
            + ContextEncoding.GetMaxLength(DataKeyLabel.Length, OpaqueId.MaxBytes, OpaqueId.MaxBytes, OpaqueId.MaxBytes, KeyId.Size)];
        return Unwrap(tenantKey, keyId, DataKeyContext(buffer, tenantKey.Id, tenant, owner, keyId), wrapped);
    }

    /// <summary>Wraps a wrapped data key under another tenant key; the key stays on the stack.</summary>
    public static byte[] RewrapDataKey(
        WrappingKey from, WrappingKey to, TenantId tenant, DataKeyOwner owner, KeyId keyId, ReadOnlySpan<byte> wrapped)
    {
        Span<byte> buffer = stackalloc byte[EnvelopeHeader.Size
            + ContextEncoding.GetMaxLength(DataKeyLabel.Length, OpaqueId.MaxBytes, OpaqueId.MaxBytes, OpaqueId.MaxBytes, KeyId.Size)];
        Span<byte> plain = stackalloc byte[SecretKey.Size];
        try
        {
            Open(from, DataKeyContext(buffer, from.Id, tenant, owner, keyId), wrapped, plain);
            if (!KeyDerivation.GetKeyId(plain).EqualsInFixedTime(keyId))
            {
                throw Altered();
            }

            return Wrap(to, plain, DataKeyContext(buffer, to.Id, tenant, owner, keyId), default);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private static ReadOnlySpan<byte> TenantKeyContext(Span<byte> buffer, KeyId rootId, TenantId tenant, KeyId keyId)
    {
        new EnvelopeHeader(EnvelopeHeader.SuiteAesGcmKeyWrap, 0, rootId).Write(buffer);
        var context = new ContextEncoding(buffer[EnvelopeHeader.Size..], TenantKeyLabel, parts: 2);
        context.Add(tenant.Value);
        context.Add(keyId);
        return buffer[..(EnvelopeHeader.Size + context.Written.Length)];
    }

    private static ReadOnlySpan<byte> DataKeyContext(Span<byte> buffer, KeyId tenantKeyId, TenantId tenant, DataKeyOwner owner, KeyId keyId)
    {
        new EnvelopeHeader(EnvelopeHeader.SuiteAesGcmKeyWrap, 0, tenantKeyId).Write(buffer);
        var context = new ContextEncoding(buffer[EnvelopeHeader.Size..], DataKeyLabel, parts: 4);
        context.Add(tenant.Value);
        context.Add(owner.Subject?.Value ?? "");
        context.Add(KeyUsageNames.NameOf(owner.Usage));
        context.Add(keyId);
        return buffer[..(EnvelopeHeader.Size + context.Written.Length)];
    }

    private static byte[] Wrap(WrappingKey wrapping, ReadOnlySpan<byte> key, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> givenNonce)
    {
        var wrapped = new byte[WrappedSize];
        new EnvelopeHeader(EnvelopeHeader.SuiteAesGcmKeyWrap, 0, wrapping.Id).Write(wrapped);
        var nonce = wrapped.AsSpan(EnvelopeHeader.Size, EnvelopeHeader.NonceSize);
        var ciphertext = wrapped.AsSpan(EnvelopeHeader.Size + EnvelopeHeader.NonceSize, SecretKey.Size);
        var tag = wrapped.AsSpan(WrappedSize - EnvelopeHeader.TagSize);
        if (givenNonce.IsEmpty)
        {
            wrapping.Cipher.Encrypt(associatedData, key, nonce, ciphertext, tag);
        }
        else
        {
            givenNonce.CopyTo(nonce);
            wrapping.Cipher.EncryptUnderNonce(associatedData, key, nonce, ciphertext, tag);
        }

        return wrapped;
    }

    private static SecretKey Unwrap(WrappingKey wrapping, KeyId keyId, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> wrapped)
    {
        Span<byte> plain = stackalloc byte[SecretKey.Size];
        try
        {
            Open(wrapping, associatedData, wrapped, plain);
            var key = SecretKey.FromBytes(plain);
            if (!key.Id.EqualsInFixedTime(keyId))
            {
                key.Dispose();
                throw Altered();
            }

            return key;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private static void Open(WrappingKey wrapping, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> wrapped, Span<byte> plain)
    {
        var header = EnvelopeHeader.Read(wrapped, EnvelopeHeader.SuiteAesGcmKeyWrap);
        if (header.KeyId != wrapping.Id)
        {
            throw new PrivacyException(
                PrivacyErrorCode.KeyUnavailable,
                $"The stored key was wrapped by another key ({header.KeyId}) than the one in use ({wrapping.Id}). Restore the root key or key store that belongs to it.");
        }

        if (wrapped.Length != WrappedSize || !wrapping.Cipher.TryDecrypt(
            associatedData,
            wrapped.Slice(EnvelopeHeader.Size, EnvelopeHeader.NonceSize),
            wrapped.Slice(EnvelopeHeader.Size + EnvelopeHeader.NonceSize, SecretKey.Size),
            wrapped[^EnvelopeHeader.TagSize..],
            plain))
        {
            throw Altered();
        }
    }

    private static PrivacyException Altered() => new(
        PrivacyErrorCode.DecryptionFailed,
        "A stored key does not unwrap: it was altered or belongs to another tenant, subject or usage. Restore the key store from a backup.");
}
