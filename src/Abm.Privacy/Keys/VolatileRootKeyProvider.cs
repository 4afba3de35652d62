using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>A root key that lives as long as the process, for demonstrations and tests.</summary>
internal sealed class VolatileRootKeyProvider : IRootKeyProvider, IDisposable
{
    private readonly RootKey _root = new(SecretKey.Generate());

    public ValueTask<byte[]> WrapAsync(TenantId tenant, SecretKey tenantKey, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_root.Wrap(tenant, tenantKey));

    public ValueTask<SecretKey> UnwrapAsync(TenantId tenant, KeyId keyId, ReadOnlyMemory<byte> wrapped, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_root.Unwrap(tenant, keyId, wrapped.Span));

    public ValueTask<bool> IsWrapperOfAsync(ReadOnlyMemory<byte> wrapped, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_root.IsWrapperOf(wrapped.Span));

    public void Dispose() => _root.Dispose();
}
