using System.Security.Cryptography;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.TestHost;

/// <summary>
/// A root key in a plain file, so that a process of a test starts without the key derivation of a PKCS#12 file. It wraps with
/// AES-256-CBC and no integrity: good for tests of processes and for nothing else.
/// </summary>
internal sealed class FileRoot(string path) : IRootKeyProvider, IDisposable
{
    private readonly Aes _aes = Open(path);

    public static void Create(string path) => File.WriteAllBytes(path, RandomNumberGenerator.GetBytes(32));

    public ValueTask<byte[]> WrapAsync(TenantId tenant, SecretKey tenantKey, CancellationToken cancellationToken)
    {
        var (plain, nonce) = (new byte[SecretKey.Size], RandomNumberGenerator.GetBytes(16));
        tenantKey.CopyTo(plain);
        return ValueTask.FromResult<byte[]>([.. nonce, .. _aes.EncryptCbc(plain, nonce)]);
    }

    public ValueTask<SecretKey> UnwrapAsync(TenantId tenant, KeyId keyId, ReadOnlyMemory<byte> wrapped, CancellationToken cancellationToken) =>
        ValueTask.FromResult(SecretKey.FromBytes(_aes.DecryptCbc(wrapped.Span[16..], wrapped.Span[..16])));

    public ValueTask<bool> IsWrapperOfAsync(ReadOnlyMemory<byte> wrapped, CancellationToken cancellationToken) => ValueTask.FromResult(true);

    public void Dispose() => _aes.Dispose();

    private static Aes Open(string path)
    {
#pragma warning disable RS0030 // no part of the library
        var aes = Aes.Create();
#pragma warning restore RS0030
        aes.Key = File.ReadAllBytes(path);
        return aes;
    }
}
