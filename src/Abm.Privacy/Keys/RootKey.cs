using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>A root key in memory. It is zeroed when it was disposed and no operation uses it any more.</summary>
internal sealed class RootKey(SecretKey key) : IDisposable
{
    private readonly Counted<WrappingKey> _key = new(new WrappingKey(key));
    private readonly KeyId _id = key.Id;
    private int _disposed;

    public byte[] Wrap(TenantId tenant, SecretKey tenantKey)
    {
        ObjectDisposedException.ThrowIf(!_key.TryHold(), this);
        try
        {
            return KeyWrap.WrapTenantKey(_key.Value, tenant, tenantKey);
        }
        finally
        {
            _key.Release();
        }
    }

    public SecretKey Unwrap(TenantId tenant, KeyId keyId, ReadOnlySpan<byte> wrapped)
    {
        ObjectDisposedException.ThrowIf(!_key.TryHold(), this);
        try
        {
            return KeyWrap.UnwrapTenantKey(_key.Value, tenant, keyId, wrapped);
        }
        finally
        {
            _key.Release();
        }
    }

    /// <summary>Whether this key made a wrapping, by its header.</summary>
    public bool IsWrapperOf(ReadOnlySpan<byte> wrapped) =>
        EnvelopeHeader.TryRead(wrapped, EnvelopeHeader.SuiteAesGcmKeyWrap, out var header) && header.KeyId == _id;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _key.Release();
        }
    }
}
