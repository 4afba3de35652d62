using System.Security.Cryptography;

namespace Abm.Privacy.Cryptography;

// Reference: HMAC-SHA-256, RFC 2104.

/// <summary>HMAC-SHA-256 under one key, safe for concurrent use: every call works on an instance of its own.</summary>
internal sealed class HmacKey : InstancePool<IncrementalHash>
{
    private readonly byte[] _key;

    /// <summary>Creates a key.</summary>
    /// <param name="key">The key, copied; of any length.</param>
    public HmacKey(ReadOnlySpan<byte> key)
    {
        _key = GC.AllocateUninitializedArray<byte>(key.Length, pinned: true);
        key.CopyTo(_key);
    }

    /// <summary>Hashes a message.</summary>
    public void Compute(ReadOnlySpan<byte> message, Span<byte> hash)
    {
        var hmac = Rent();
        try
        {
            hmac.AppendData(message);
            hmac.GetHashAndReset(hash);
        }
        catch
        {
            hmac.Dispose(); // it may hold a part of the message
            throw;
        }

        Return(hmac);
    }

    protected override IncrementalHash Create() => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);

    protected override void ZeroKey() => CryptographicOperations.ZeroMemory(_key);
}
