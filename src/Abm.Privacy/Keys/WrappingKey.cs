using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Keys;

/// <summary>A key that wraps keys: its id and a cipher over it.</summary>
internal sealed class WrappingKey(SecretKey key) : IDisposable
{
    public KeyId Id { get; } = key.Id;

    public AesGcmCipher Cipher { get; } = new(key.Bytes);

    public void Dispose()
    {
        Cipher.Dispose();
        key.Dispose();
    }
}
