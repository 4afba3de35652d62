using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>A root key that lives as long as the process, for demonstrations and tests.</summary>
internal sealed class VolatileRootKeyProvider : IRootKeyProvider, IDisposable
{
    private readonly WrappingKey _root = new(SecretKey.Generate());

    public ValueTask<byte[]> WrapAsync(TenantId tenant, SecretKey tenantKey, CancellationToken cancellationToken) =>
        ValueTask.FromResult(KeyWrap.WrapTenantKey(_root, tenant, tenantKey));

    public ValueTask<SecretKey> UnwrapAsync(TenantId tenant, KeyId keyId, ReadOnlyMemory<byte> wrapped, CancellationToken cancellationToken) =>
        ValueTask.FromResult(KeyWrap.UnwrapTenantKey(_root, tenant, keyId, wrapped.Span));

    public void Dispose() => _root.Dispose();
}
